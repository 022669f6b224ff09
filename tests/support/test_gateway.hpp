/// \file test_gateway.hpp
/// `bookgate` as its users run it: a configuration file, commands, and a server in the background.
#pragma once

#include <bookgate/json.hpp>

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "support/http_client.hpp"
#include "support/program.hpp"
#include "support/temporary_folder.hpp"
#include "support/test_database.hpp"

namespace bookgate::tests {

/// Keys of bookgate.toml such as "limits.org_burst", with their values as TOML has them.
using ConfigKeys = std::map<std::string, std::string>;

/// An org with a secret, as `bookgate` printed them.
struct TestOrg {
  std::string id;
  std::string secret;
};

/// What belongs to a webhook request beside its body.
struct WebhookOptions {
  std::string provider;  ///< At the end of the URL; empty: none.
  std::string query;     ///< With its question mark.
  std::vector<std::string> headers = {"Content-Type: application/json"};
  bool bearer = true;  ///< Sends the org's secret as a bearer token.
};

/// A gateway with a folder of its own, on any free ports of 127.0.0.1. Its tables are there once it
/// is constructed; it serves from Start on. Used from one thread, but for requests: those may be
/// sent from any while it is not started or stopped. Whatever does not work as a test must be able
/// to take for granted is a std::runtime_error.
class TestGateway {
 public:
  /// `keys` replace and add to what there is by default.
  explicit TestGateway(const TestDatabase& database, ConfigKeys keys = {});
  /// Kills what runs. While an exception is thrown, shows the end of the log.
  ~TestGateway();

  const std::string& config_file() const { return config_file_; }
  const TemporaryFolder& folder() const { return folder_; }
  /// Writes the configuration anew. Nothing that runs is told.
  void SetKey(const std::string& key, const std::string& value);

  /// `bookgate --config FILE ARGUMENTS...`
  ProgramResult Command(const std::vector<std::string>& arguments,
                        const std::string& input = {}) const;
  /// The same, in the background. Its output goes into a file of the gateway's folder.
  std::unique_ptr<BackgroundProgram> CommandInBackground(
      const std::vector<std::string>& arguments) const;
  /// The same with --json; the command must succeed and print one JSON text.
  json::Document JsonOf(std::vector<std::string> arguments, const std::string& input = {}) const;
  /// An org with a secret. A gateway that serves already knows it within a second.
  TestOrg MakeOrg(const std::string& name = "Shop", const std::string& time_zone = "UTC") const;

  /// Serves, and is ready.
  void Start();
  /// Serves, ready or not: what it says while the database is away.
  void StartWithoutDatabase();
  /// SIGTERM, and the exit status; -1 if it did not end in time.
  int Stop(std::chrono::milliseconds deadline = std::chrono::seconds(30));
  void Kill();
  void Signal(int signal) const;
  /// The exit status; -1 if it still runs at the deadline.
  int Wait(std::chrono::milliseconds deadline);
  /// What it logged since it was started for the first time.
  std::string Log() const;
  /// The log has a line of that event; of how many lines there are.
  std::size_t CountLogged(const std::string& event) const;

  std::uint16_t port() const { return port_; }
  static std::string WebhookPath(const TestOrg& org) {
    return "/api/webhooks/appointment/" + org.id;
  }
  HttpReply Get(const std::string& path) const;
  HttpReply GetOps(const std::string& path) const;
  /// Posts a body to the org's webhook.
  HttpReply Post(const TestOrg& org, const std::string& body, WebhookOptions options = {}) const;

 private:
  std::vector<std::string> WholeCommand(const std::vector<std::string>& arguments) const;

  void WriteConfig() const;
  void Launch();

  TemporaryFolder folder_;
  const std::string config_file_;
  ConfigKeys keys_;
  std::unique_ptr<BackgroundProgram> process_;
  std::uint16_t port_ = 0;
  std::uint16_t ops_port_ = 0;
};

/// A database, a gateway on it that serves, and an org with a secret: what most tests start from.
struct RunningGateway {
  explicit RunningGateway(ConfigKeys keys = {}) : gateway(database, std::move(keys)) {
    org = gateway.MakeOrg();
    gateway.Start();
  }

  HttpReply Post(const std::string& body, WebhookOptions options = {}) const {
    return gateway.Post(org, body, std::move(options));
  }

  TestDatabase database;
  TestGateway gateway;
  TestOrg org;
};

/// The JSON of an answer or of a command's output; std::runtime_error if it is none.
json::Document ParseJson(const std::string& text);

}  // namespace bookgate::tests
