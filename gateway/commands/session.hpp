/// \file session.hpp
/// What every command starts from: the options that all share, and the configuration.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "base/result.hpp"
#include "commands/cli.hpp"
#include "config/settings.hpp"

namespace CLI {
class App;
}

namespace bookgate::commands {

/// Of the whole command line. Commands set `run`; the last one parsed is the one that runs.
struct Session {
  Streams streams;
  std::string config_file;
  bool json = false;
  std::function<int()> run;

  /// The configuration; nullopt after its problems were printed (exit with kWrongUsage then).
  std::optional<config::Settings> LoadSettings() const;
  /// Prints the operator's text of a failure and gives kFailed.
  int Fail(const base::Failure& failure) const;
  int Fail(const std::string& text) const;
};

/// A sub-command with its help text and --json if it prints data.
CLI::App* AddCommand(CLI::App& parent, Session& session, const std::string& name,
                     const std::string& help, bool prints_data = true);

// One function a group of commands; each adds its commands to the command line.
void AddServe(CLI::App& app, Session& session);
void AddCheckConfig(CLI::App& app, Session& session);
void AddMigrate(CLI::App& app, Session& session);
void AddOrg(CLI::App& app, Session& session);
void AddSecret(CLI::App& app, Session& session);
void AddMapping(CLI::App& app, Session& session);
void AddCredential(CLI::App& app, Session& session);
void AddSigningKey(CLI::App& app, Session& session);
void AddWebhook(CLI::App& app, Session& session);
void AddBackfill(CLI::App& app, Session& session);
void AddAppointments(CLI::App& app, Session& session);
void AddDeliveries(CLI::App& app, Session& session);
/// `deliveries replay`; the first argument is `deliveries`.
void AddReplay(CLI::App& deliveries, Session& session);
void AddPlugins(CLI::App& app, Session& session);
void AddTranslate(CLI::App& app, Session& session);
void AddAdmin(CLI::App& app, Session& session);

}  // namespace bookgate::commands
