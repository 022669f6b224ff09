// Signing in and out: what a session is, how it begins, and how it ends.
#include <doctest/doctest.h>

#include "support/admin_client.hpp"

namespace bookgate::tests {
namespace {

struct House : RunningGateway {
  explicit House(ConfigKeys keys = kOnThisMachine) : RunningGateway(std::move(keys)) {
    MakeAdmin(gateway, "boss@example.com");
  }
};

}  // namespace

TEST_CASE("a session's cookie is out of reach of scripts, other sites and other hosts' pages") {
  const House house;
  AdminClient admin(house.gateway);
  const HttpReply reply = admin.SignIn("boss@example.com");
  REQUIRE(reply.status == 200);
  const std::string cookie = reply.headers.at("set-cookie");
  CHECK(cookie.starts_with("bookgate="));
  for (const char* attribute : {"; Path=/", "; HttpOnly", "; SameSite=Strict", "; Max-Age="}) {
    CAPTURE(attribute);
    CHECK(cookie.find(attribute) != std::string::npos);
  }
  CHECK(cookie.find("Secure") == std::string::npos);
  CHECK(cookie.find("Domain") == std::string::npos);
}

TEST_CASE("over HTTPS the cookie has the name that browsers guard") {
  const House house(ConfigKeys{{"server.public_url", "\"https://hooks.example.com\""}});
  AdminClient admin(house.gateway);
  const HttpReply reply = admin.SignIn("boss@example.com");
  REQUIRE(reply.status == 200);
  CHECK(reply.headers.at("set-cookie").starts_with("__Host-bookgate="));
  CHECK(reply.headers.at("set-cookie").find("; Secure") != std::string::npos);
  CHECK(admin.Get("/session").status == 200);
  admin.UseCookie("bookgate=" + admin.cookie().substr(admin.cookie().find('=') + 1));
  CHECK(admin.Get("/session").status == 401);
}

TEST_CASE("the database tells nothing that one could sign in with") {
  const House house;
  AdminClient admin(house.gateway);
  REQUIRE(admin.SignIn("boss@example.com").status == 200);
  const std::string token = admin.cookie().substr(admin.cookie().find('=') + 1);
  CHECK(house.database.Number("SELECT COUNT(*) FROM admin_sessions") == 1);
  CHECK(house.database.Number("SELECT COUNT(*) FROM admin_sessions WHERE TokenHash = '" +
                              token.substr(0, 32) + "'") == 0);
  CHECK(house.database.Text("SELECT PasswordHash FROM admins").starts_with("$argon2id$"));
  CHECK(house.gateway.Log().find(token) == std::string::npos);
  CHECK(house.gateway.Log().find(kAdminPassword) == std::string::npos);
}

TEST_CASE("a wrong password and an unknown email get the same answer") {
  const House house;
  AdminClient admin(house.gateway);
  const HttpReply wrong = admin.SignIn("boss@example.com", "incorrect horse");
  const HttpReply unknown = admin.SignIn("nobody@example.com");
  CHECK(wrong.status == 401);
  CHECK(unknown.status == 401);
  CHECK(wrong.body == unknown.body);
  CHECK(wrong.headers.count("set-cookie") == 0);
  CHECK(house.database.Number("SELECT COUNT(*) FROM admin_sessions") == 0);
}

TEST_CASE("an email is the same in capitals") {
  const House house;
  AdminClient admin(house.gateway);
  CHECK(admin.SignIn(" Boss@EXAMPLE.com ").status == 200);
}

TEST_CASE("guessing passwords is slowed down, whoever's and wherever from") {
  const House house;
  MakeAdmin(house.gateway, "second@example.com");
  AdminClient admin(house.gateway);
  HttpReply last;
  for (int i = 0; i < 20 && last.status != 429; ++i) {
    last = admin.SignIn("boss@example.com", "guess number " + std::to_string(i));
  }
  CHECK(last.status == 429);
  CHECK(last.headers.count("retry-after") == 1);
  CHECK(admin.SignIn("boss@example.com").status == 429);
  // Another admin at the same address still gets in.
  CHECK(admin.SignIn("second@example.com").status == 200);
  for (int i = 0; i < 40; ++i) {
    last = admin.SignIn("guess" + std::to_string(i) + "@example.com");
    if (last.status == 429) break;
  }
  CHECK(last.status == 429);
}

TEST_CASE("signing in does not use up what guessing is allowed") {
  const House house;
  AdminClient admin(house.gateway);
  for (int i = 0; i < 12; ++i) CHECK(admin.SignIn("boss@example.com").status == 200);
}

TEST_CASE("signing out ends the session, for whoever has its cookie") {
  const House house;
  AdminClient admin(house.gateway);
  REQUIRE(admin.SignIn("boss@example.com").status == 200);
  const HttpReply out = admin.Send({"DELETE", "/session", {}, true, true, {}});
  CHECK(out.status == 204);
  CHECK(out.headers.at("set-cookie").find("Max-Age=0") != std::string::npos);
  CHECK(admin.Get("/session").status == 401);
  CHECK(house.database.Number("SELECT COUNT(*) FROM admin_sessions") == 0);
}

TEST_CASE("signing in again ends the session that the browser had") {
  const House house;
  AdminClient admin(house.gateway);
  REQUIRE(admin.SignIn("boss@example.com").status == 200);
  const std::string old = admin.cookie();
  REQUIRE(admin.SignIn("boss@example.com").status == 200);
  CHECK(admin.cookie() != old);
  CHECK(admin.Get("/session").status == 200);
  admin.UseCookie(old);
  CHECK(admin.Get("/session").status == 401);
}

TEST_CASE("a session ends when it is idle, and after a week in any case") {
  const House house;
  AdminClient admin(house.gateway);
  REQUIRE(admin.SignIn("boss@example.com").status == 200);
  house.database.Execute("UPDATE admin_sessions SET LastSeenAt = LastSeenAt - INTERVAL 11 HOUR");
  CHECK(admin.Get("/session").status == 200);
  // Having been used, it counts from now on again.
  house.database.Execute("UPDATE admin_sessions SET LastSeenAt = LastSeenAt - INTERVAL 11 HOUR");
  CHECK(admin.Get("/session").status == 200);
  house.database.Execute("UPDATE admin_sessions SET LastSeenAt = LastSeenAt - INTERVAL 13 HOUR");
  CHECK(admin.Get("/session").status == 401);
  REQUIRE(admin.SignIn("boss@example.com").status == 200);
  CHECK(house.database.Number("SELECT COUNT(*) FROM admin_sessions") == 1);
  house.database.Execute("UPDATE admin_sessions SET ExpiresAt = ExpiresAt - INTERVAL 7 DAY");
  CHECK(admin.Get("/session").status == 401);
}

TEST_CASE("a new password ends the sessions of the old one") {
  const House house;
  AdminClient admin(house.gateway);
  REQUIRE(admin.SignIn("boss@example.com").status == 200);
  MakeAdmin(house.gateway, "boss@example.com", {}, "another password");
  CHECK(admin.Get("/session").status == 401);
  CHECK(admin.SignIn("boss@example.com").status == 401);
  CHECK(admin.SignIn("boss@example.com", "another password").status == 200);
}

TEST_CASE("two cookies of the session's name are none") {
  const House house;
  AdminClient admin(house.gateway);
  REQUIRE(admin.SignIn("boss@example.com").status == 200);
  const std::string own = admin.cookie();
  admin.UseCookie("theme=dark; " + own + "; x=y");
  CHECK(admin.Get("/session").status == 200);
  admin.UseCookie("bookgate=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA; " + own);
  CHECK(admin.Get("/session").status == 401);
}

TEST_CASE("what is wrong with a sign-in is said member by member") {
  const House house;
  const AdminClient admin(house.gateway);
  const HttpReply empty = admin.Post("/session", "{}");
  CHECK(empty.status == 422);
  const json::Document problem = ParseJson(empty.body);
  CHECK(problem.root().At("/errors/0/pointer").Text() == "/email");
  CHECK(problem.root().At("/errors/1/pointer").Text() == "/password");
  CHECK(admin.Post("/session", "[]").status == 400);
  CHECK(admin.Post("/session", "{").status == 400);
  CHECK(admin.Post("/session", R"({"email":1,"password":"x"})").status == 422);
  CHECK(admin.Post("/session", R"({"email":"a@example.com","password":"x","more":1})").status ==
        422);
}

TEST_CASE(
    "without the database the page's calls say so, and webhooks are not kept waiting by them") {
  MariaDbServer server(MariaDbServer::Durability::kFull);
  const TestDatabase database(server);
  TestGateway gateway(database, kOnThisMachine);
  MakeAdmin(gateway, "boss@example.com");
  gateway.Start();
  AdminClient admin(gateway);
  REQUIRE(admin.SignIn("boss@example.com").status == 200);
  server.Stop();
  const HttpReply reply = admin.Get("/session");
  CHECK(reply.status == 503);
  CHECK(reply.headers.count("retry-after") == 1);
  CHECK(gateway.Get("/healthz").status == 200);
  server.Start();
  CHECK(Eventually([&] { return admin.Get("/session").status == 200; }));
}

}  // namespace bookgate::tests
