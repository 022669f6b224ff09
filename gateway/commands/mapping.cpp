#include <rapidjson/prettywriter.h>
#include <rapidjson/stringbuffer.h>
#include <bookgate/json.hpp>

#include <CLI/CLI.hpp>
#include <fstream>
#include <iterator>
#include <memory>
#include <ostream>

#include "base/json_writer.hpp"
#include "commands/database.hpp"
#include "commands/one_plugin.hpp"
#include "translate/field_mapping.hpp"

namespace bookgate::commands {
namespace {

/// What a mapping belongs to: bodies that no other plugin recognises.
constexpr const char* kProvider = "generic";

std::string Pretty(const std::string& json) {
  const std::optional<json::Document> document = json::Document::Parse(json);
  if (!document) return json;
  rapidjson::StringBuffer buffer;
  rapidjson::PrettyWriter<rapidjson::StringBuffer> writer(buffer);
  writer.SetIndent(' ', 2);
  document->root().raw()->Accept(writer);
  return {buffer.GetString(), buffer.GetSize()};
}

void Print(const Session& session, const std::string& org, const std::string& mapping) {
  if (!session.json) {
    session.streams.out << (mapping.empty() ? "No mapping." : Pretty(mapping)) << '\n';
    return;
  }
  base::JsonWriter json;
  json.Object().Member("org", org).Key("mapping");
  if (mapping.empty()) {
    json.Null();
  } else {
    json.Raw(mapping);
  }
  session.streams.out << json.EndObject().Text() << '\n';
}

/// Stores it, "" for none, and prints what counts now.
int Store(const Session& session, store::Pool& pool, const std::string& public_id,
          const std::string& mapping) {
  const base::Result<model::Org> org = RequireOrg(pool, public_id);
  if (!org.ok()) return session.Fail(org.failure());
  const base::Result<bool> stored = pool.Run([&](store::Connection& connection) {
    store::SetFieldMapping(connection, org->id, mapping);
    store::AddAuditEntry(
        connection, CommandEntry(org->id, mapping.empty() ? "mapping_cleared" : "mapping_set"));
    return true;
  });
  if (!stored.ok()) return session.Fail(stored.failure());
  Print(session, public_id, mapping);
  return kDone;
}

int Set(const Session& session, const std::string& org, const std::string& file_name) {
  std::ifstream file(file_name, std::ios::binary);
  if (!file) return session.Fail("cannot read " + file_name);
  const std::string mapping{std::istreambuf_iterator<char>(file), {}};
  return WithDatabase(session, [&](const config::Settings& settings, store::Pool& pool) {
    const translate::LoadedRegistry loaded = LoadOnePlugin(settings, kProvider);
    const translate::Plugin* plugin = RequirePlugin(session, loaded, kProvider);
    if (plugin == nullptr) return static_cast<int>(kWrongUsage);
    const base::Status checked = translate::CheckMapping(*plugin, mapping);
    if (!checked.ok()) {
      session.Fail(file_name + ": " + checked.failure().operator_text);
      return static_cast<int>(kWrongUsage);
    }
    return Store(session, pool, org, mapping);
  });
}

int Show(const Session& session, const std::string& public_id) {
  return WithDatabase(session, [&](const config::Settings&, store::Pool& pool) {
    const base::Result<model::Org> org = RequireOrg(pool, public_id);
    if (!org.ok()) return session.Fail(org.failure());
    Print(session, public_id, org->field_mapping);
    return static_cast<int>(kDone);
  });
}

int Clear(const Session& session, const std::string& org) {
  return WithDatabase(session, [&](const config::Settings&, store::Pool& pool) {
    return Store(session, pool, org, {});
  });
}

}  // namespace

void AddMapping(CLI::App& app, Session& session) {
  CLI::App* mapping = AddCommand(app, session, "mapping",
                                 "Where a tool with names of its own has an org's bookings", false);
  mapping->require_subcommand(1);
  struct Options {
    std::string org;
    std::string file;
  };
  const auto options = std::make_shared<Options>();
  const auto add = [&](const std::string& name, const std::string& help,
                       const std::function<int()>& run) {
    CLI::App* command = AddCommand(*mapping, session, name, help);
    command->add_option("org", options->org, "The org's public id")->required();
    command->callback([&session, run] { session.run = run; });
    return command;
  };
  add("set", "Take the mapping from a file",
      [&session, options] { return Set(session, options->org, options->file); })
      ->add_option("--file", options->file,
                   "JSON object: names of booking events to JSON pointers into the body")
      ->required();
  add("show", "Print the mapping", [&session, options] { return Show(session, options->org); });
  add("clear", "Go without a mapping",
      [&session, options] { return Clear(session, options->org); });
}

}  // namespace bookgate::commands
