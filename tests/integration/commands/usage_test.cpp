// Exit statuses: 0 done, 1 failed, 2 wrong usage or configuration. Scripts rest on them.
#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "support/test_gateway.hpp"

namespace bookgate::tests {
namespace {

const std::string kProgram = BOOKGATE_BINARY_DIR "/bookgate";

TEST_CASE("check-config: 0 and a word if all is right, 2 and every problem with its place if not") {
  const TestDatabase database;
  TestGateway gateway(database);
  const ProgramResult right = gateway.Command({"check-config"});
  CHECK(right.exit_status == 0);
  CHECK(right.out == gateway.config_file() + ": ok\n");

  gateway.SetKey("server.listem", "\"127.0.0.1:8080\"");
  gateway.SetKey("database.writers", "\"two\"");
  gateway.SetKey("security.master_key_file", "\"nowhere.key\"");
  gateway.SetKey("log.level", "\"loud\"");
  const ProgramResult wrong = gateway.Command({"check-config"});
  CHECK(wrong.exit_status == 2);
  CHECK(wrong.out.empty());
  for (const std::string key :
       {"server.listem", "database.writers", "security.master_key_file", "log.level"}) {
    CAPTURE(key);
    const std::size_t at = wrong.err.find(": " + key + ": ");
    REQUIRE(at != std::string::npos);
    // FILE:LINE:COLUMN stands in front.
    const std::size_t line = wrong.err.rfind('\n', at) + 1;
    CHECK(wrong.err.substr(line, at - line).starts_with(gateway.config_file() + ":"));
  }
  for (const std::string command : {"serve", "migrate", "plugins"}) {
    CHECK(gateway.Command({command}).exit_status == 2);
  }
}

TEST_CASE("files that others may write, or read where they hold secrets, are refused") {
  const TestDatabase database;
  TestGateway gateway(database);
  gateway.folder().Write("master.key", std::string(32, 'k'), 0644);
  CHECK(gateway.Command({"check-config"}).exit_status == 2);
  gateway.folder().Write("master.key", std::string(31, 'k'), 0600);
  CHECK(gateway.Command({"check-config"}).exit_status == 2);
  gateway.folder().Write("master.key", std::string(32, 'k'), 0600);
  CHECK(gateway.Command({"check-config"}).exit_status == 0);
}

TEST_CASE("--config, then $BOOKGATE_CONFIG") {
  const TestDatabase database;
  const TestGateway gateway(database);
  const std::string variable = "BOOKGATE_CONFIG=" + gateway.config_file();
  CHECK(RunProgram({"env", variable, kProgram, "check-config"}).exit_status == 0);
  CHECK(RunProgram({"env", "BOOKGATE_CONFIG=/nowhere/b.toml", kProgram, "check-config"})
            .exit_status == 2);
  CHECK(RunProgram({"env", "BOOKGATE_CONFIG=/nowhere/b.toml", kProgram, "--config",
                    gateway.config_file(), "check-config"})
            .exit_status == 0);
  const ProgramResult neither =
      RunProgram({kProgram, "--config", "/nowhere/b.toml", "org", "list"});
  CHECK(neither.exit_status == 2);
  CHECK(neither.err.find("/nowhere/b.toml") != std::string::npos);
}

TEST_CASE("--help and --version everywhere, and 2 for what is no command") {
  for (const std::vector<std::string>& arguments :
       std::vector<std::vector<std::string>>{{"--help"},
                                             {"org", "--help"},
                                             {"org", "create", "--help"},
                                             {"secret", "rotate", "--help"},
                                             {"deliveries", "show", "--help"},
                                             {"serve", "--help"},
                                             {"--version"}}) {
    std::vector<std::string> command = {kProgram};
    command.insert(command.end(), arguments.begin(), arguments.end());
    const ProgramResult result = RunProgram(command);
    CHECK(result.exit_status == 0);
    CHECK_FALSE(result.out.empty());
    CHECK(result.err.empty());
  }
  for (const std::vector<std::string>& arguments :
       std::vector<std::vector<std::string>>{{},
                                             {"frobnicate"},
                                             {"org", "frobnicate"},
                                             {"org", "list", "--frobnicate"},
                                             {"serve", "--json"},
                                             {"secret", "show"},
                                             {"--config"}}) {
    std::vector<std::string> command = {kProgram};
    command.insert(command.end(), arguments.begin(), arguments.end());
    const ProgramResult result = RunProgram(command);
    CHECK(result.exit_status == 2);
    CHECK(result.out.empty());
    CHECK_FALSE(result.err.empty());
  }
}

TEST_CASE("commands fail with 1 where the database is not there, and say where they looked") {
  const TestDatabase database;
  TestGateway gateway(database);
  gateway.SetKey("database.url", "\"mysql://root@/nothing?socket=/nowhere/socket\"");
  for (const std::vector<std::string>& command :
       std::vector<std::vector<std::string>>{{"migrate"},
                                             {"org", "list", "--json"},
                                             {"org", "create", "--name", "Shop", "--json"},
                                             {"secret", "show", "abcdefgh01234567"},
                                             {"deliveries", "list", "abcdefgh01234567"}}) {
    const ProgramResult result = gateway.Command(command);
    CHECK(result.exit_status == 1);
    CHECK(result.out.empty());
    CHECK(result.err.find("/nowhere/socket") != std::string::npos);
  }
}

TEST_CASE("serve fails where its port is taken") {
  RunningGateway running;
  TestGateway second(running.database);
  second.SetKey("server.listen", "\"127.0.0.1:" + std::to_string(running.gateway.port()) + "\"");
  const ProgramResult result = second.Command({"serve"});
  CHECK(result.exit_status == 1);
  CHECK(result.err.find(std::to_string(running.gateway.port())) != std::string::npos);
  CHECK(running.Post(R"({"type":"ping"})").status == 200);
}

}  // namespace
}  // namespace bookgate::tests
