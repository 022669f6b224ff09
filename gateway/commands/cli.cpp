#include "commands/cli.hpp"

#include <sodium.h>

#include <CLI/CLI.hpp>
#include <cstdlib>
#include <exception>
#include <iostream>
#include <variant>

#include "commands/session.hpp"
#include "commands/table.hpp"
#include "config/load.hpp"

namespace bookgate::commands {
namespace {

constexpr const char* kDefaultConfig = "/etc/bookgate/bookgate.toml";

void AddOptions(CLI::App& app, Session& session) {
  app.add_option("--config", session.config_file,
                 "Configuration file; else $BOOKGATE_CONFIG, else " + std::string(kDefaultConfig))
      ->type_name("FILE");
  app.set_version_flag("--version", "bookgate " BOOKGATE_VERSION);
  app.require_subcommand(1);
  app.fallthrough();
}

void AddCommands(CLI::App& app, Session& session) {
  AddServe(app, session);
  AddCheckConfig(app, session);
  AddMigrate(app, session);
  AddOrg(app, session);
  AddSecret(app, session);
  AddMapping(app, session);
  AddCredential(app, session);
  AddSigningKey(app, session);
  AddWebhook(app, session);
  AddBackfill(app, session);
  AddAppointments(app, session);
  AddDeliveries(app, session);
  AddPlugins(app, session);
  AddTranslate(app, session);
  AddAdmin(app, session);
}

std::string ChosenConfig(const std::string& option) {
  if (!option.empty()) return option;
  const char* variable = std::getenv("BOOKGATE_CONFIG");
  return variable != nullptr && *variable != '\0' ? variable : kDefaultConfig;
}

}  // namespace

std::optional<config::Settings> Session::LoadSettings() const {
  config::LoadResult loaded = config::Load(config_file);
  if (auto* settings = std::get_if<config::Settings>(&loaded)) return std::move(*settings);
  for (const config::ConfigProblem& problem :
       std::get<std::vector<config::ConfigProblem>>(loaded)) {
    streams.err << problem.ToString() << '\n';
  }
  return std::nullopt;
}

int Session::Fail(const base::Failure& failure) const {
  return Fail(failure.operator_text);
}

int Session::Fail(const std::string& text) const {
  streams.err << "bookgate: " << text << '\n';
  return kFailed;
}

CLI::App* AddCommand(CLI::App& parent, Session& session, const std::string& name,
                     const std::string& help, bool prints_data) {
  CLI::App* command = parent.add_subcommand(name, help);
  if (prints_data) command->add_flag("--json", session.json, "Print JSON instead of text");
  return command;
}

int Run(int argc, char** argv, Streams streams) {
  if (sodium_init() < 0) {
    streams.err << "bookgate: libsodium cannot be initialised\n";
    return kFailed;
  }
  CLI::App app("Bookgate: calendar tools' webhooks become contacts and appointments in MySQL.",
               "bookgate");
  Session session{streams, {}, false, {}};
  AddOptions(app, session);
  AddCommands(app, session);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    const bool only_asked = error.get_exit_code() == 0;  // --help and --version
    // CLI11 says that a sub-command is required, but not which word is none.
    const std::vector<std::string> unknown = app.remaining(true);
    if (!only_asked && !unknown.empty()) {
      session.Fail("there is no \"" + Printable(unknown.front()) + "\" here");
    }
    app.exit(error, streams.out, streams.err);
    return only_asked ? kDone : kWrongUsage;
  }
  session.config_file = ChosenConfig(session.config_file);
  try {
    return session.run();
  } catch (const std::exception& error) {
    return session.Fail(std::string("unexpected: ") + error.what());
  }
}

}  // namespace bookgate::commands
