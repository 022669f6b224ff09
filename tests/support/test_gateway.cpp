#include "support/test_gateway.hpp"

#include <signal.h>

#include <exception>
#include <iostream>
#include <sstream>
#include <stdexcept>
#include <utility>

namespace bookgate::tests {
namespace {

constexpr const char* kProgram = BOOKGATE_BINARY_DIR "/bookgate";
/// Nobody listens there: no test asks a provider's API by mistake.
constexpr const char* kNoProvider = "\"http://127.0.0.1:1\"";
constexpr std::size_t kShownLog = 8'000;

ConfigKeys DefaultKeys(const TestDatabase& database) {
  ConfigKeys keys = {
      {"server.listen", "\"127.0.0.1:0\""},
      {"server.ops_listen", "\"127.0.0.1:0\""},
      {"server.public_url", "\"https://hooks.example.com\""},
      {"database.url", "\"" + database.url() + "\""},
      {"security.master_key_file", "\"master.key\""},
      // Tests that try wrong secrets are not to stand in their own way.
      {"limits.auth_failures_per_minute", "100000"},
      {"plugins.directory", "\"" BOOKGATE_BINARY_DIR "/plugins\""},
      {"plugins.default_isolation", "\"in-process\""},
      {"plugins.calendly.lookup_hosts", "[\"api.calendly.com\"]"},
      {"plugins.calendly.lookup_base_url", kNoProvider},
      {"plugins.square.lookup_hosts", "[\"connect.squareup.com\"]"},
      {"plugins.square.lookup_base_url", kNoProvider},
  };
  for (const std::string provider : {"generic", "calendly", "calcom", "square"}) {
    keys["plugins." + provider + ".enabled"] = "true";
  }
  return keys;
}

std::string Url(std::uint16_t port, const std::string& path) {
  return "http://127.0.0.1:" + std::to_string(port) + path;
}

HttpReply GetFrom(std::uint16_t port, const std::string& path) {
  return Send({"GET", Url(port, path), {}, {}});
}

}  // namespace

TestGateway::TestGateway(const TestDatabase& database, ConfigKeys keys)
    : config_file_(folder_.Path("bookgate.toml")), keys_(std::move(keys)) {
  keys_.merge(DefaultKeys(database));
  folder_.Write("master.key", std::string(32, 'k'));
  WriteConfig();
  const ProgramResult migrated = Command({"migrate"});
  if (migrated.exit_status != 0) throw std::runtime_error("cannot migrate: " + migrated.err);
}

TestGateway::~TestGateway() {
  if (process_ == nullptr || std::uncaught_exceptions() == 0) return;
  const std::string log = Log();
  std::cerr << "The gateway's log ends with:\n"
            << log.substr(log.size() - std::min(log.size(), kShownLog)) << '\n';
}

void TestGateway::SetKey(const std::string& key, const std::string& value) {
  keys_[key] = value;
  WriteConfig();
}

void TestGateway::WriteConfig() const {
  std::string text;
  for (const auto& [key, value] : keys_) text.append(key).append(" = ").append(value) += '\n';
  folder_.Write("bookgate.toml", text);
}

ProgramResult TestGateway::Command(const std::vector<std::string>& arguments,
                                   const std::string& input) const {
  return RunProgram(WholeCommand(arguments), input);
}

std::unique_ptr<BackgroundProgram> TestGateway::CommandInBackground(
    const std::vector<std::string>& arguments) const {
  return std::make_unique<BackgroundProgram>(WholeCommand(arguments), folder_.Path("command.log"));
}

std::vector<std::string> TestGateway::WholeCommand(
    const std::vector<std::string>& arguments) const {
  std::vector<std::string> command = {kProgram, "--config", config_file_};
  command.insert(command.end(), arguments.begin(), arguments.end());
  return command;
}

json::Document TestGateway::JsonOf(std::vector<std::string> arguments,
                                   const std::string& input) const {
  arguments.emplace_back("--json");
  const ProgramResult result = Command(arguments, input);
  if (result.exit_status != 0) {
    throw std::runtime_error("bookgate " + arguments.front() + " failed: " + result.err);
  }
  return ParseJson(result.out);
}

TestOrg TestGateway::MakeOrg(const std::string& name, const std::string& time_zone) const {
  const json::Document made = JsonOf({"org", "create", "--name", name, "--timezone", time_zone});
  TestOrg org;
  org.id = made.root()["org"].Text().value();
  const json::Document generated = JsonOf({"secret", "generate", org.id});
  org.secret = generated.root()["secret"].Text().value();
  return org;
}

void TestGateway::Launch() {
  const std::string log_file = folder_.Path("log");
  std::size_t seen = process_ == nullptr ? 0 : Log().size();
  process_ = std::make_unique<BackgroundProgram>(
      std::vector<std::string>{kProgram, "--config", config_file_, "serve"}, log_file);
  const auto read_ports = [&] {
    const std::string log = Log();
    std::istringstream lines(log.substr(seen));
    for (std::string line; std::getline(lines, line);) {
      const auto record = json::Document::Parse(line);
      if (!record || record->root()["event"].Text() != "ready") continue;
      port_ = static_cast<std::uint16_t>(record->root()["port"].Integer().value());
      ops_port_ = static_cast<std::uint16_t>(record->root()["ops_port"].Integer().value());
      return true;
    }
    return false;
  };
  const bool serves = Eventually(
      [&] { return read_ports() || process_->Wait(std::chrono::milliseconds(0)) != -1; });
  if (!serves || process_->pid() < 0) {
    throw std::runtime_error("the gateway did not start: " + Log().substr(seen));
  }
}

void TestGateway::Start() {
  Launch();
  if (!Eventually([&] { return GetOps("/readyz").status == 200; })) {
    throw std::runtime_error("the gateway is not ready: " + Log());
  }
}

void TestGateway::StartWithoutDatabase() {
  Launch();
}

int TestGateway::Stop(std::chrono::milliseconds deadline) {
  Signal(SIGTERM);
  return Wait(deadline);
}

int TestGateway::Wait(std::chrono::milliseconds deadline) {
  return process_->Wait(deadline);
}

void TestGateway::Kill() {
  Signal(SIGKILL);
  process_->Wait(std::chrono::seconds(30));
}

void TestGateway::Signal(int signal) const {
  process_->Signal(signal);
}

std::string TestGateway::Log() const {
  return process_ == nullptr ? std::string() : process_->Log();
}

std::size_t TestGateway::CountLogged(const std::string& event) const {
  const std::string log = Log();
  const std::string sought = "\"event\":\"" + event + "\"";
  std::size_t count = 0;
  for (std::size_t at = log.find(sought); at != std::string::npos; at = log.find(sought, at + 1)) {
    ++count;
  }
  return count;
}

HttpReply TestGateway::Get(const std::string& path) const {
  return GetFrom(port_, path);
}

HttpReply TestGateway::GetOps(const std::string& path) const {
  return GetFrom(ops_port_, path);
}

HttpReply TestGateway::Post(const TestOrg& org, const std::string& body,
                            WebhookOptions options) const {
  HttpCall call;
  call.url = Url(port_, WebhookPath(org));
  if (!options.provider.empty()) call.url += "/" + options.provider;
  call.url += options.query;
  call.headers = std::move(options.headers);
  if (options.bearer) call.headers.push_back("Authorization: Bearer " + org.secret);
  call.body = body;
  return Send(call);
}

json::Document ParseJson(const std::string& text) {
  std::optional<json::Document> document = json::Document::Parse(text);
  if (!document) throw std::runtime_error("no JSON: " + text);
  return *std::move(document);
}

}  // namespace bookgate::tests
