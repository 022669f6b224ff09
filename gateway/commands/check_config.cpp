#include <CLI/CLI.hpp>
#include <ostream>

#include "commands/session.hpp"
#include "translate/registry.hpp"

namespace bookgate::commands {
namespace {

/// The file, the files that it names, and the plugins that it enables: what `serve` would refuse.
int CheckConfig(const Session& session) {
  const std::optional<config::Settings> settings = session.LoadSettings();
  if (!settings) return kWrongUsage;
  const translate::LoadedRegistry loaded = translate::LoadRegistry(settings->plugins);
  for (const translate::LoadProblem& problem : loaded.problems) {
    session.streams.err << session.config_file << ": plugins." << problem.provider << ": "
                        << problem.message << '\n';
  }
  if (!loaded.problems.empty()) return kWrongUsage;
  session.streams.out << session.config_file << ": ok\n";
  return kDone;
}

}  // namespace

void AddCheckConfig(CLI::App& app, Session& session) {
  AddCommand(app, session, "check-config", "Check the configuration and say everything at once",
             false)
      ->callback([&session] { session.run = [&session] { return CheckConfig(session); }; });
}

}  // namespace bookgate::commands
