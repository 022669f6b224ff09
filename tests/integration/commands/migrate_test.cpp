// The schema: brought up to date once, never guessed at. A program that meets tables that it does
// not know must not write into them.
#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "support/at_once.hpp"
#include "support/test_gateway.hpp"

namespace bookgate::tests {
namespace {

/// Where the database is as it was created.
void Empty(const TestDatabase& database) {
  for (const std::vector<std::string>& row : database.Rows("SHOW TABLES")) {
    database.Execute("DROP TABLE `" + row[0] + "`");
  }
}

std::int64_t TableCount(const TestDatabase& database) {
  return static_cast<std::int64_t>(database.Rows("SHOW TABLES").size());
}

constexpr const char* kNewer =
    "INSERT INTO schema_migrations (Version, Name, Checksum, AppliedAt) "
    "VALUES (9999, '9999_from_tomorrow', REPEAT('0', 64), UTC_TIMESTAMP())";

TEST_CASE("--dry-run says what would be applied and applies nothing") {
  const TestDatabase database;
  const TestGateway gateway(database);
  Empty(database);
  const json::Document pending = gateway.JsonOf({"migrate", "--dry-run"});
  CHECK(pending.root()["pending"].size() >= 1);
  CHECK(pending.root().At("/pending/0").Text() == "0001_initial");
  CHECK(TableCount(database) == 0);
  const json::Document applied = gateway.JsonOf({"migrate"});
  CHECK(applied.root()["applied"].size() == pending.root()["pending"].size());
  CHECK(TableCount(database) > 5);
  CHECK(gateway.JsonOf({"migrate"}).root()["applied"].size() == 0);
  CHECK(gateway.JsonOf({"migrate", "--dry-run"}).root()["pending"].size() == 0);
}

TEST_CASE("every migration is recorded with its checksum") {
  const TestDatabase database;
  const TestGateway gateway(database);
  CHECK(database.Number("SELECT COUNT(*) FROM schema_migrations WHERE Checksum REGEXP "
                        "'^[0-9a-f]{64}$'") ==
        database.Number("SELECT COUNT(*) FROM schema_migrations"));
  CHECK(database.Number("SELECT COUNT(*) FROM schema_migrations") > 1);
}

TEST_CASE("several who migrate at once do not stand in each other's way") {
  const TestDatabase database;
  const TestGateway gateway(database);
  Empty(database);
  for (const ProgramResult& result :
       AtOnce(4, [&](std::size_t) { return gateway.Command({"migrate"}); })) {
    CHECK(result.err == "");
    CHECK(result.exit_status == 0);
  }
  CHECK(gateway.JsonOf({"migrate", "--dry-run"}).root()["pending"].size() == 0);
}

TEST_CASE("a schema from tomorrow is refused by migrate and by serve") {
  const TestDatabase database;
  const TestGateway gateway(database);
  database.Execute(kNewer);
  for (const std::vector<std::string>& command :
       std::vector<std::vector<std::string>>{{"migrate"}, {"migrate", "--dry-run"}, {"serve"}}) {
    const ProgramResult result = gateway.Command(command);
    CHECK(result.exit_status == 1);
    CHECK(result.err.find("9999_from_tomorrow") != std::string::npos);
  }
}

TEST_CASE("a migration that is not the one of this program is refused") {
  const TestDatabase database;
  const TestGateway gateway(database);
  database.Execute("UPDATE schema_migrations SET Checksum = REPEAT('a', 64) WHERE Version = 1");
  for (const std::string command : {"migrate", "serve"}) {
    const ProgramResult result = gateway.Command({command});
    CHECK(result.exit_status == 1);
    CHECK(result.err.find("0001_initial") != std::string::npos);
  }
}

TEST_CASE("serve migrates where it may, and says so where it may not") {
  const TestDatabase database;
  SUBCASE("it may") {
    TestGateway gateway(database);
    Empty(database);
    gateway.Start();
    CHECK(TableCount(database) > 5);
    CHECK(gateway.CountLogged("migrated") >= 1);
    CHECK(gateway.Stop() == 0);
  }
  SUBCASE("it may not") {
    const TestGateway gateway(database, {{"database.auto_migrate", "false"}});
    Empty(database);
    const ProgramResult result = gateway.Command({"serve"});
    CHECK(result.exit_status == 1);
    CHECK(result.err.find("bookgate migrate") != std::string::npos);
    CHECK(TableCount(database) == 0);
  }
}

TEST_CASE("data survives migrating again") {
  const TestDatabase database;
  TestGateway gateway(database);
  const TestOrg org = gateway.MakeOrg();
  gateway.JsonOf({"migrate"});
  gateway.Start();
  CHECK(gateway.Post(org, R"({"customer_email":"ann@example.com","external_id":"1"})").status ==
        200);
  CHECK(gateway.Stop() == 0);
  gateway.JsonOf({"migrate"});
  gateway.Start();
  const HttpReply again =
      gateway.Post(org, R"({"customer_email":"ann@example.com","external_id":"1"})");
  CHECK(ParseJson(again.body).root()["created"].Bool() == false);
}

}  // namespace
}  // namespace bookgate::tests
