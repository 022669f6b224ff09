// Orgs and admins.
#include <doctest/doctest.h>

#include <algorithm>
#include <cctype>
#include <string>
#include <vector>

#include "support/test_gateway.hpp"

namespace bookgate::tests {
namespace {

TEST_CASE("org create and org list") {
  const TestDatabase database;
  const TestGateway gateway(database);
  CHECK(gateway.JsonOf({"org", "list"}).root().size() == 0);
  const json::Document first = gateway.JsonOf({"org", "create", "--name", "Demo shop"});
  const std::string id = first.root()["org"].Text().value();
  CHECK(id.size() == 16);
  CHECK(std::all_of(id.begin(), id.end(),
                    [](unsigned char c) { return std::islower(c) != 0 || std::isdigit(c) != 0; }));
  CHECK(first.root()["name"].Text() == "Demo shop");
  const json::Document second =
      gateway.JsonOf({"org", "create", "--name", "Salão da Rosa", "--timezone", "Europe/Lisbon"});
  CHECK(second.root()["org"].Text() != id);

  const json::Document listed = gateway.JsonOf({"org", "list"});
  REQUIRE(listed.root().size() == 2);
  CHECK(listed.root()[0]["org"].Text() == id);
  CHECK(listed.root()[0]["webhook"].Text() == "none");
  CHECK(listed.root()[1]["name"].Text() == "Salão da Rosa");
  CHECK(listed.root()[1]["timezone"].Text() == "Europe/Lisbon");
  const ProgramResult table = gateway.Command({"org", "list"});
  CHECK(table.out.find("Salão da Rosa") != std::string::npos);
  CHECK(database.Text("SELECT PublicID, Name, TimeZone FROM orgs ORDER BY OrgID LIMIT 1") ==
        id + " | Demo shop | UTC");
}

TEST_CASE("an org needs a name that fits and a time zone that exists") {
  const TestDatabase database;
  const TestGateway gateway(database);
  for (const std::vector<std::string>& arguments : std::vector<std::vector<std::string>>{
           {"org", "create"},
           {"org", "create", "--name", ""},
           {"org", "create", "--name", "  "},
           {"org", "create", "--name", std::string(191, 'x')},
           {"org", "create", "--name", "\xff\xfe"},
           {"org", "create", "--name", "Shop", "--timezone", "Mars/Olympus"},
           {"org", "create", "--name", "Shop", "--timezone", "../../etc/passwd"},
           {"org", "create", "--name", "Shop", "extra"},
           {"org"}}) {
    const ProgramResult result = gateway.Command(arguments);
    CHECK(result.exit_status == 2);
    CHECK(result.out.empty());
    CHECK_FALSE(result.err.empty());
  }
  CHECK(database.Number("SELECT COUNT(*) FROM orgs") == 0);
  CHECK(gateway.Command({"org", "create", "--name", std::string(190, 'x')}).exit_status == 0);
}

TEST_CASE("admin create reads the password from standard input and keeps its Argon2id hash") {
  const TestDatabase database;
  const TestGateway gateway(database);
  const std::string org =
      gateway.JsonOf({"org", "create", "--name", "Shop"}).root()["org"].Text().value();
  const std::string password = "correct horse battery";
  const json::Document all = gateway.JsonOf({"admin", "create", "Boss@Example.com"}, password);
  CHECK(all.root()["email"].Text() == "boss@example.com");
  CHECK(all.root()["org"].is_null());
  const ProgramResult one =
      gateway.Command({"admin", "create", "ann@example.com", "--org", org}, password + "\n");
  CHECK(one.exit_status == 0);
  CHECK((one.out + one.err).find(password) == std::string::npos);
  CHECK(database.Text("SELECT Email, PublicID, PasswordHash LIKE '$argon2id$%' FROM admins "
                      "LEFT JOIN orgs USING (OrgID) ORDER BY AdminID") ==
        "boss@example.com | NULL | 1\nann@example.com | " + org + " | 1");

  const std::string hash = database.Text("SELECT PasswordHash FROM admins LIMIT 1");
  CHECK(gateway.Command({"admin", "create", "BOSS@example.com"}, "another password").exit_status ==
        0);
  CHECK(database.Number("SELECT COUNT(*) FROM admins") == 2);
  CHECK(database.Text("SELECT PasswordHash FROM admins ORDER BY AdminID LIMIT 1") != hash);
}

TEST_CASE("admin create refuses short passwords, wrong addresses and unknown orgs") {
  const TestDatabase database;
  const TestGateway gateway(database);
  const std::string password = "correct horse battery";
  CHECK(gateway.Command({"admin", "create", "ann@example.com"}, "short").exit_status == 2);
  CHECK(gateway.Command({"admin", "create", "ann@example.com"}, "").exit_status == 2);
  CHECK(gateway.Command({"admin", "create", "ann"}, password).exit_status == 2);
  CHECK(gateway.Command({"admin", "create"}, password).exit_status == 2);
  CHECK(gateway.Command({"admin", "create", "ann@example.com", "--password", password}, password)
            .exit_status == 2);
  CHECK(gateway.Command({"admin", "create", "ann@example.com", "--org", "nosuch"}, password)
            .exit_status == 1);
  CHECK(database.Number("SELECT COUNT(*) FROM admins") == 0);
}

}  // namespace
}  // namespace bookgate::tests
