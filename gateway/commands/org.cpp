#include <bookgate/text.hpp>

#include <CLI/CLI.hpp>
#include <memory>
#include <ostream>

#include "base/json_writer.hpp"
#include "booking/local_time.hpp"
#include "commands/database.hpp"
#include "commands/table.hpp"

namespace bookgate::commands {
namespace {

constexpr std::size_t kLongestName = 190;

int CreateOrg(const Session& session, const std::string& name, const std::string& zone) {
  const std::string trimmed(Trim(name));
  if (trimmed.empty() || trimmed.size() > kLongestName || !IsUtf8(trimmed)) {
    session.Fail("--name takes 1 to 190 bytes of text");
    return kWrongUsage;
  }
  if (!booking::IsTimeZone(zone)) {
    session.Fail("--timezone takes an IANA name such as Europe/Lisbon");
    return kWrongUsage;
  }
  return WithDatabase(session, [&](const config::Settings&, store::Pool& pool) {
    const base::Result<model::Org> org = pool.Run([&](store::Connection& connection) {
      model::Org created = store::CreateOrg(connection, trimmed, zone);
      store::AddAuditEntry(connection, CommandEntry(created.id, "org_created"));
      return created;
    });
    if (!org.ok()) return session.Fail(org.failure());
    if (session.json) {
      base::JsonWriter json;
      json.Object().Member("org", org->public_id).Member("name", org->name);
      json.Member("timezone", org->time_zone).EndObject();
      session.streams.out << json.Text() << '\n';
    } else {
      session.streams.out << org->public_id << "  " << Printable(org->name) << '\n';
    }
    return static_cast<int>(kDone);
  });
}

void PrintJson(const std::vector<model::Org>& orgs, std::ostream& out) {
  base::JsonWriter json;
  json.Array();
  for (const model::Org& org : orgs) {
    json.Object().Member("org", org.public_id).Member("name", org.name);
    json.Member("timezone", org.time_zone)
        .Member("webhook", model::EndpointStateName(org.endpoint))
        .EndObject();
  }
  out << json.EndArray().Text() << '\n';
}

int ListOrgs(const Session& session) {
  return WithDatabase(session, [&](const config::Settings&, store::Pool& pool) {
    const base::Result<std::vector<model::Org>> orgs = pool.Run(&store::ListOrgs);
    if (!orgs.ok()) return session.Fail(orgs.failure());
    if (session.json) {
      PrintJson(*orgs, session.streams.out);
      return static_cast<int>(kDone);
    }
    Table table({"ORG", "NAME", "TIME ZONE", "WEBHOOK"});
    for (const model::Org& org : *orgs) {
      table.Add({org.public_id, org.name, org.time_zone,
                 std::string(model::EndpointStateName(org.endpoint))});
    }
    if (table.empty()) {
      session.streams.out << "No orgs yet: make one with bookgate org create --name NAME\n";
    } else {
      table.Print(session.streams.out);
    }
    return static_cast<int>(kDone);
  });
}

}  // namespace

void AddOrg(CLI::App& app, Session& session) {
  CLI::App* org = AddCommand(app, session, "org", "Make and list orgs", false);
  org->require_subcommand(1);

  CLI::App* create = AddCommand(*org, session, "create", "Make an org");
  struct Options {
    std::string name;
    std::string zone = "UTC";
  };
  const auto options = std::make_shared<Options>();
  create->add_option("--name", options->name, "What its owner calls it")->required();
  create->add_option("--timezone", options->zone, "IANA name; times without an offset are in it");
  create->callback([&session, options] {
    session.run = [&session, options] { return CreateOrg(session, options->name, options->zone); };
  });

  AddCommand(*org, session, "list", "List all orgs")->callback([&session] {
    session.run = [&session] { return ListOrgs(session); };
  });
}

}  // namespace bookgate::commands
