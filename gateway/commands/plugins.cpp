#include <CLI/CLI.hpp>
#include <ostream>

#include "base/json_writer.hpp"
#include "commands/session.hpp"
#include "commands/table.hpp"
#include "translate/plugin_report.hpp"

namespace bookgate::commands {
namespace {

using translate::PluginReport;

/// The state, and why it is not another one.
std::string StateText(const PluginReport& report) {
  std::string text(translate::PluginStateName(report.state));
  for (std::size_t i = 0; i < report.problems.size(); ++i) {
    text += (i == 0 ? ": " : "; ") + report.problems[i];
  }
  return text;
}

void PrintJson(const std::vector<PluginReport>& reports, std::ostream& out) {
  base::JsonWriter json;
  json.Array();
  for (const PluginReport& report : reports) {
    json.Object().Member("provider", report.provider).TextOrNull("version", report.version);
    json.TextOrNull("abi", report.abi);
    json.Member("isolation", translate::IsolationName(report.isolation));
    json.Member("file", report.file).TextOrNull("sha256", report.sha256);
    json.Member("state", StateText(report)).EndObject();
  }
  out << json.EndArray().Text() << '\n';
}

int ListPlugins(const Session& session) {
  const std::optional<config::Settings> settings = session.LoadSettings();
  if (!settings) return kWrongUsage;
  const translate::LoadedRegistry loaded = translate::LoadRegistry(settings->plugins);
  const std::vector<PluginReport> reports =
      translate::ReportPlugins(settings->plugins, *loaded.registry, loaded.problems);
  if (session.json) {
    PrintJson(reports, session.streams.out);
  } else {
    Table table({"PROVIDER", "VERSION", "ABI", "ISOLATION", "STATE", "SHA-256", "FILE"});
    for (const PluginReport& report : reports) {
      table.Add({report.provider, report.version, report.abi,
                 std::string(translate::IsolationName(report.isolation)), StateText(report),
                 report.sha256, report.file});
    }
    table.Print(session.streams.out);
  }
  return loaded.problems.empty() ? kDone : kFailed;
}

}  // namespace

void AddPlugins(CLI::App& app, Session& session) {
  AddCommand(app, session, "plugins", "List the plugins that the configuration names")
      ->callback([&session] { session.run = [&session] { return ListPlugins(session); }; });
}

}  // namespace bookgate::commands
