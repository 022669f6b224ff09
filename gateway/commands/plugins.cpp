#include <CLI/CLI.hpp>
#include <ostream>

#include "base/json_writer.hpp"
#include "commands/session.hpp"
#include "commands/table.hpp"
#include "translate/registry.hpp"

namespace bookgate::commands {
namespace {

/// One line of the list, whatever became of the plugin.
struct PluginLine {
  std::string provider, version, abi, isolation, file, sha256, state;
};

std::string IsolationName(config::Isolation isolation) {
  return isolation == config::Isolation::kInProcess ? "in-process" : "process";
}

std::string StateOf(const config::PluginSettings& plugin,
                    const std::vector<translate::LoadProblem>& problems) {
  if (!plugin.enabled) return "disabled";
  std::string state;
  for (const translate::LoadProblem& problem : problems) {
    if (problem.provider != plugin.provider) continue;
    state += (state.empty() ? "refused: " : "; ") + problem.message;
  }
  return state.empty() ? "loaded" : state;
}

std::vector<PluginLine> LinesOf(const config::PluginsSettings& settings,
                                const translate::LoadedRegistry& loaded) {
  std::vector<PluginLine> lines;
  for (const config::PluginSettings& plugin : settings.plugins) {
    PluginLine line{plugin.provider,
                    {},
                    {},
                    IsolationName(plugin.isolation),
                    plugin.library,
                    {},
                    StateOf(plugin, loaded.problems)};
    if (const translate::Plugin* found = loaded.registry->Find(plugin.provider)) {
      line.version = found->manifest.version;
      line.abi = found->abi;
      line.sha256 = found->sha256;
    }
    lines.push_back(std::move(line));
  }
  return lines;
}

void PrintJson(const std::vector<PluginLine>& lines, std::ostream& out) {
  base::JsonWriter json;
  json.Array();
  for (const PluginLine& line : lines) {
    json.Object().Member("provider", line.provider).TextOrNull("version", line.version);
    json.TextOrNull("abi", line.abi).Member("isolation", line.isolation);
    json.Member("file", line.file).TextOrNull("sha256", line.sha256).Member("state", line.state);
    json.EndObject();
  }
  out << json.EndArray().Text() << '\n';
}

int ListPlugins(const Session& session) {
  const std::optional<config::Settings> settings = session.LoadSettings();
  if (!settings) return kWrongUsage;
  const translate::LoadedRegistry loaded = translate::LoadRegistry(settings->plugins);
  const std::vector<PluginLine> lines = LinesOf(settings->plugins, loaded);
  if (session.json) {
    PrintJson(lines, session.streams.out);
  } else {
    Table table({"PROVIDER", "VERSION", "ABI", "ISOLATION", "STATE", "SHA-256", "FILE"});
    for (const PluginLine& line : lines) {
      table.Add({line.provider, line.version, line.abi, line.isolation, line.state, line.sha256,
                 line.file});
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
