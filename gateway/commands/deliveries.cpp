#include <bookgate/text.hpp>

#include <CLI/CLI.hpp>
#include <memory>
#include <ostream>

#include "base/json_writer.hpp"
#include "commands/database.hpp"
#include "commands/table.hpp"
#include "store/delivery_queries.hpp"

namespace bookgate::commands {
namespace {

void AddLine(base::JsonWriter& json, const store::DeliveryLine& line) {
  json.Member("delivery_id", line.id.ToString()).Member("provider", line.provider);
  json.TextOrNull("received_at", TimeText(line.received_at)).Member("outcome", line.outcome);
  json.TextOrNull("reason", line.reason).Member("appointment_id", line.appointment_id);
  json.Member("attempts", line.attempts);
}

void PrintLines(const Session& session, const std::vector<store::DeliveryLine>& lines) {
  if (session.json) {
    base::JsonWriter json;
    json.Array();
    for (const store::DeliveryLine& line : lines) {
      json.Object();
      AddLine(json, line);
      json.EndObject();
    }
    session.streams.out << json.EndArray().Text() << '\n';
    return;
  }
  if (lines.empty()) {
    session.streams.out << "No deliveries.\n";
    return;
  }
  Table table({"DELIVERY", "RECEIVED", "PROVIDER", "OUTCOME", "APPOINTMENT", "REASON"});
  for (const store::DeliveryLine& line : lines) {
    table.Add({line.id.ToString(), TimeText(line.received_at), line.provider, line.outcome,
               line.appointment_id ? std::to_string(*line.appointment_id) : "", line.reason});
  }
  table.Print(session.streams.out);
}

int List(const Session& session, const std::string& public_id, const std::string& outcome,
         std::int64_t limit) {
  return WithDatabase(session, [&](const config::Settings&, store::Pool& pool) {
    const base::Result<model::Org> org = RequireOrg(pool, public_id);
    if (!org.ok()) return session.Fail(org.failure());
    const auto lines = pool.Run([&](store::Connection& connection) {
      return store::ListDeliveries(connection, org->id, outcome, limit);
    });
    if (!lines.ok()) return session.Fail(lines.failure());
    PrintLines(session, *lines);
    return static_cast<int>(kDone);
  });
}

void PrintDetailsAsJson(const store::DeliveryDetails& details, std::ostream& out) {
  const auto raw_or_list = [](const std::string& json) { return json.empty() ? "[]" : json; };
  base::JsonWriter json;
  json.Object().Member("org", details.org);
  AddLine(json, details);
  json.TextOrNull("content_type", details.content_type);
  json.Key("headers").Raw(raw_or_list(details.headers));
  json.Key("query").Raw(raw_or_list(details.query));
  json.Key("problems").Raw(raw_or_list(details.problems)).Key("body");
  if (details.body) {
    json.Value(ToValidUtf8(*details.body));
  } else {
    json.Null();
  }
  out << json.EndObject().Text() << '\n';
}

void PrintDetails(const store::DeliveryDetails& details, std::ostream& out) {
  out << "Delivery:    " << details.id.ToString() << "\nOrg:         " << details.org
      << "\nReceived:    " << TimeText(details.received_at) << "\nProvider:    " << details.provider
      << "\nOutcome:     " << details.outcome << '\n';
  if (!details.reason.empty()) out << "Reason:      " << Printable(details.reason) << '\n';
  if (details.appointment_id) out << "Appointment: " << *details.appointment_id << '\n';
  out << "Attempts:    " << details.attempts << "\nContent:     " << Printable(details.content_type)
      << '\n';
  if (!details.problems.empty()) out << "Problems:    " << Printable(details.problems) << '\n';
  if (!details.headers.empty()) out << "Headers:     " << Printable(details.headers) << '\n';
  if (!details.body) {
    out << "The body is no longer kept.\n";
    return;
  }
  out << '\n' << PrintableLines(ToValidUtf8(*details.body)) << '\n';
}

int Show(const Session& session, const std::string& text) {
  const std::optional<base::Uuid> id = base::Uuid::Parse(text);
  if (!id) {
    session.Fail("\"" + Printable(text) + "\" is no delivery id");
    return kWrongUsage;
  }
  return WithDatabase(session, [&](const config::Settings&, store::Pool& pool) {
    const auto details = pool.Run(
        [&](store::Connection& connection) { return store::FindDelivery(connection, *id); });
    if (!details.ok()) return session.Fail(details.failure());
    if (!*details) return session.Fail("there is no delivery " + id->ToString());
    if (session.json) {
      PrintDetailsAsJson(**details, session.streams.out);
    } else {
      PrintDetails(**details, session.streams.out);
    }
    return static_cast<int>(kDone);
  });
}

}  // namespace

void AddDeliveries(CLI::App& app, Session& session) {
  CLI::App* deliveries =
      AddCommand(app, session, "deliveries", "What came, and what became of it", false);
  deliveries->require_subcommand(1);
  struct Options {
    std::string org;
    std::string outcome;
    std::string id;
    std::int64_t limit = 50;
  };
  const auto options = std::make_shared<Options>();

  CLI::App* list = AddCommand(*deliveries, session, "list", "An org's deliveries, newest first");
  list->add_option("org", options->org, "The org's public id")->required();
  list->add_option("--outcome", options->outcome, "Only those")
      ->check(CLI::IsMember({"stored", "duplicate", "ignored", "held", "dead", "refused"}));
  list->add_option("--limit", options->limit, "How many")->check(CLI::Range(1, 100'000));
  list->callback([&session, options] {
    session.run = [&session, options] {
      return List(session, options->org, options->outcome, options->limit);
    };
  });

  CLI::App* show = AddCommand(*deliveries, session, "show", "One delivery with its body");
  show->add_option("id", options->id, "Its delivery_id")->required();
  show->callback([&session, options] {
    session.run = [&session, options] { return Show(session, options->id); };
  });
  AddReplay(*deliveries, session);
}

}  // namespace bookgate::commands
