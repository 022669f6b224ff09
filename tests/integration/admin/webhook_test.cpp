// The secret's life through the API: it works, or no longer works, when the answer arrives.
#include <doctest/doctest.h>

#include "support/admin_client.hpp"

namespace bookgate::tests {
namespace {

constexpr const char* kPing = R"({"triggerEvent":"PING"})";

struct House {
  House() : gateway(database, kOnThisMachine) {
    const json::Document made = gateway.JsonOf({"org", "create", "--name", "Shop"});
    org.id = made.root()["org"].Text().value();
    MakeAdmin(gateway, "owner@example.com", org.id);
    gateway.Start();
    CHECK(admin.SignIn("owner@example.com").status == 200);
  }

  std::string Path(const std::string& rest = {}) const {
    return "/orgs/" + org.id + "/webhook" + rest;
  }
  /// The secret that the route shows.
  std::string SecretOf(const std::string& rest, const std::string& body = {}) const {
    const HttpReply reply = admin.Post(Path(rest), body);
    CHECK(reply.status == 200);
    CHECK(reply.headers.at("cache-control") == "no-store");
    return ParseJson(reply.body).root()["secret"].Text().value_or("");
  }
  int StatusWith(const std::string& secret) const {
    return gateway.Post({org.id, secret}, kPing).status;
  }
  std::string State() const { return admin.JsonOf(Path()).root()["state"].Text().value(); }

  TestDatabase database;
  TestGateway gateway;
  TestOrg org;
  AdminClient admin{gateway};
};

}  // namespace

TEST_CASE("a generated secret works at once, and is shown once") {
  const House house;
  CHECK(house.State() == "none");
  CHECK(house.StatusWith("bgs_any") == 404);
  const std::string secret = house.SecretOf("/generate");
  CHECK(secret.starts_with("bgs_"));
  CHECK(secret.size() == 47);
  CHECK(house.StatusWith(secret) == 200);
  const HttpReply shown = house.admin.Get(house.Path());
  CHECK(shown.body.find(secret) == std::string::npos);
  const json::Document webhook = ParseJson(shown.body);
  CHECK(webhook.root()["state"].Text() == "active");
  CHECK(webhook.root()["hint"].Text() == secret.substr(43));
  CHECK(webhook.root()["previous"].is_null());
  CHECK(house.admin.Post(house.Path("/generate")).status == 409);
  CHECK(house.StatusWith(secret) == 200);
  CHECK(house.gateway.Log().find(secret) == std::string::npos);
}

TEST_CASE("a secret's last use is shown") {
  const House house;
  const std::string secret = house.SecretOf("/generate");
  CHECK(house.admin.JsonOf(house.Path()).root()["last_used_at"].is_null());
  CHECK(house.StatusWith(secret) == 200);
  CHECK(Eventually(
      [&] { return house.admin.JsonOf(house.Path()).root()["last_used_at"].is_string(); }));
}

TEST_CASE("rotated at once, the old secret is refused at once") {
  const House house;
  const std::string old = house.SecretOf("/generate");
  const std::string fresh = house.SecretOf("/rotate", R"({"grace_seconds":0})");
  CHECK(house.StatusWith(fresh) == 200);
  CHECK(house.StatusWith(old) == 401);
  const std::string third = house.SecretOf("/rotate");
  CHECK(house.StatusWith(third) == 200);
  CHECK(house.StatusWith(fresh) == 401);
}

TEST_CASE("rotated with a grace, both work, and the old one's use is shown") {
  const House house;
  const std::string old = house.SecretOf("/generate");
  const std::string fresh = house.SecretOf("/rotate", R"({"grace_seconds":3600})");
  CHECK(house.StatusWith(fresh) == 200);
  CHECK(house.admin.JsonOf(house.Path()).root().At("/previous/expires_at").is_string());
  CHECK(house.StatusWith(old) == 200);
  CHECK(Eventually([&] {
    return house.admin.JsonOf(house.Path()).root().At("/previous/last_used_at").is_string();
  }));
  // A third one in a row: the grace is the second one's now.
  const std::string third = house.SecretOf("/rotate", R"({"grace_seconds":3600})");
  CHECK(house.StatusWith(third) == 200);
  CHECK(house.StatusWith(fresh) == 200);
  CHECK(house.StatusWith(old) == 401);
}

TEST_CASE("a grace has limits, and what is wrong with it is said") {
  const House house;
  const std::string secret = house.SecretOf("/generate");
  for (const char* body : {R"({"grace_seconds":604801})", R"({"grace_seconds":-1})",
                           R"({"grace_seconds":"60"})", R"({"grace_seconds":1.5})"}) {
    CAPTURE(body);
    const HttpReply reply = house.admin.Post(house.Path("/rotate"), body);
    CHECK(reply.status == 422);
    CHECK(ParseJson(reply.body).root().At("/errors/0/pointer").Text() == "/grace_seconds");
  }
  CHECK(house.admin.Post(house.Path("/rotate"), R"({"grace":60})").status == 422);
  CHECK(house.StatusWith(secret) == 200);
}

TEST_CASE("disabled, every request gets 404 at once; generating makes it live again") {
  const House house;
  const std::string old = house.SecretOf("/generate");
  const std::string fresh = house.SecretOf("/rotate", R"({"grace_seconds":3600})");
  const HttpReply disabled = house.admin.Post(house.Path("/disable"));
  CHECK(disabled.status == 200);
  CHECK(ParseJson(disabled.body).root()["state"].Text() == "disabled");
  CHECK(house.StatusWith(old) == 404);
  CHECK(house.StatusWith(fresh) == 404);
  CHECK(house.admin.Post(house.Path("/disable")).status == 409);
  CHECK(house.admin.Post(house.Path("/rotate")).status == 409);
  const std::string again = house.SecretOf("/generate");
  CHECK(house.StatusWith(again) == 200);
  CHECK(house.StatusWith(old) == 401);
  CHECK(house.StatusWith(fresh) == 401);
}

TEST_CASE("other gateways learn of it") {
  const House house;
  TestGateway second(house.database);
  // The same master key: else their hashes of one secret would differ.
  second.SetKey("security.master_key_file",
                "\"" + house.gateway.folder().Path("master.key") + "\"");
  second.Start();
  const std::string secret = house.SecretOf("/generate");
  const auto status = [&](const std::string& with) {
    return second.Post({house.org.id, with}, kPing).status;
  };
  CHECK(Eventually([&] { return status(secret) == 200; }));
  CHECK(house.admin.Post(house.Path("/disable")).status == 200);
  CHECK(Eventually([&] { return status(secret) == 404; }));
}

/// The gateway's own change must not make it pass over one that somebody else made just before.
TEST_CASE("changes of others are not passed over") {
  const House house;
  for (int i = 0; i < 5; ++i) {
    const TestOrg other = house.gateway.MakeOrg("Other");
    if (i == 0) {
      house.SecretOf("/generate");
    } else {
      house.SecretOf("/rotate");
    }
    CHECK(house.gateway.Post(other, kPing).status == 200);
  }
}

TEST_CASE("who did it is written down, and never the secret") {
  const House house;
  const std::string secret = house.SecretOf("/generate");
  house.SecretOf("/rotate", R"({"grace_seconds":60})");
  CHECK(house.admin.Post(house.Path("/disable")).status == 200);
  CHECK(house.admin.Post(house.Path("/disable")).status == 409);
  const HttpReply reply = house.admin.Get("/orgs/" + house.org.id + "/audit");
  const json::Document audit = ParseJson(reply.body);
  const json::Value entries = audit.root()["entries"];
  REQUIRE(entries.size() == 5);
  CHECK(entries[0]["action"].Text() == "webhook_disabled");
  CHECK(entries[1]["action"].Text() == "webhook_rotated");
  CHECK(entries[1].At("/details/grace_seconds").Integer() == 60);
  CHECK(entries[2]["action"].Text() == "webhook_generated");
  CHECK(entries[3]["action"].Text() == "signed_in");
  CHECK(entries[4]["action"].Text() == "org_created");
  CHECK(entries[4]["actor"].Text() == "command line");
  CHECK(entries[0]["actor"].Text() == "owner@example.com");
  CHECK(entries[0]["address"].Text() == "127.0.0.1");
  CHECK(reply.body.find(secret) == std::string::npos);
  CHECK(house.database.Text("SELECT GROUP_CONCAT(COALESCE(Details, '')) FROM audit_log")
            .find(secret) == std::string::npos);
}

TEST_CASE("the audit log comes in pages") {
  const House house;
  house.SecretOf("/generate");
  for (int i = 0; i < 3; ++i) house.SecretOf("/rotate");
  const std::string path = "/orgs/" + house.org.id + "/audit?limit=3";
  const json::Document first = house.admin.JsonOf(path);
  CHECK(first.root()["entries"].size() == 3);
  const std::string before = std::to_string(first.root()["next_before"].Integer().value());
  const json::Document second = house.admin.JsonOf(path + "&before=" + before);
  CHECK(second.root()["entries"].size() == 3);
  CHECK(second.root().At("/entries/2/action").Text() == "org_created");
  CHECK(second.root()["next_before"].is_null());
  CHECK(house.admin.Get(path + "0").status == 200);
  CHECK(house.admin.Get("/orgs/" + house.org.id + "/audit?limit=x").status == 400);
  CHECK(house.admin.Get("/orgs/" + house.org.id + "/audit?before=-1").status == 400);
}

}  // namespace bookgate::tests
