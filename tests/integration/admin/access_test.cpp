// Whom each route lets in: every route that schemas/openapi.yaml describes (and it describes all:
// tests/unit/admin) is called without a session, by the admin of another org, in the wrong role,
// without the CSRF token, from a foreign page, and with the wrong method.
#include <doctest/doctest.h>

#include <algorithm>
#include <array>

#include "support/admin_client.hpp"
#include "support/described_routes.hpp"

namespace bookgate::tests {
namespace {

struct House : RunningGateway {
  House() : RunningGateway(kOnThisMachine), other(gateway.MakeOrg("Other shop")) {
    MakeAdmin(gateway, "boss@example.com");
    MakeAdmin(gateway, "owner@example.com", org.id);
    MakeAdmin(gateway, "neighbour@example.com", other.id);
    CHECK(boss.SignIn("boss@example.com").status == 200);
    CHECK(owner.SignIn("owner@example.com").status == 200);
    CHECK(neighbour.SignIn("neighbour@example.com").status == 200);
  }

  TestOrg other;
  AdminClient boss{gateway};
  AdminClient owner{gateway};
  AdminClient neighbour{gateway};
};

bool IsSigningIn(const DescribedRoute& route) {
  return route.method == "POST" && route.path == "/session";
}

bool IsOfOrg(const DescribedRoute& route) {
  return route.path.starts_with("/orgs/{org}");
}

bool IsOfInstallation(const DescribedRoute& route) {
  return route.path == "/plugins" || route.path == "/audit" ||
         (route.method == "POST" && route.path == "/orgs");
}

bool Changes(const DescribedRoute& route) {
  return route.method != "GET";
}

std::vector<DescribedRoute> AllRoutes() {
  return DescribedRoutes(BOOKGATE_SOURCE_DIR "/schemas/openapi.yaml");
}

/// A call of the route, about that org.
AdminCall CallOf(const DescribedRoute& route, const std::string& org) {
  AdminCall call;
  call.method = route.method;
  call.path = route.path;
  const auto fill = [&](const std::string& name, const std::string& value) {
    const std::size_t at = call.path.find(name);
    if (at != std::string::npos) call.path.replace(at, name.size(), value);
  };
  fill("{org}", org);
  fill("{id}", "01900000-0000-7000-8000-000000000000");
  fill("{p}", "calendly");
  if (Changes(route)) call.body = "{}";
  return call;
}

std::string NameOf(const DescribedRoute& route) {
  return route.method + " " + route.path;
}

/// What had to stay is still there: nothing that was refused had an effect.
void CheckNothingHappened(const House& house) {
  CHECK(house.database.Number("SELECT COUNT(*) FROM orgs") == 2);
  CHECK(house.database.Number("SELECT COUNT(*) FROM webhook_endpoints WHERE State = 'active'") ==
        2);
  CHECK(house.database.Number("SELECT COUNT(*) FROM audit_log WHERE Action <> 'signed_in' AND "
                              "Actor <> 'command line'") == 0);
  CHECK(house.database.Number("SELECT COUNT(*) FROM admin_sessions") == 3);
  CHECK(house.Post(R"({"triggerEvent":"PING"})").status == 200);
}

void CheckProblem(const HttpReply& reply, int status) {
  CHECK(reply.status == status);
  CHECK(reply.headers.at("content-type") == "application/problem+json; charset=utf-8");
  CHECK(reply.headers.at("cache-control") == "no-store");
  CHECK(reply.headers.at("x-content-type-options") == "nosniff");
  CHECK(ParseJson(reply.body).root()["status"].Integer() == status);
}

}  // namespace

TEST_CASE("no route but signing in lets anybody in without a session") {
  const House house;
  for (const DescribedRoute& route : AllRoutes()) {
    if (IsSigningIn(route)) continue;
    CAPTURE(NameOf(route));
    AdminCall call = CallOf(route, house.org.id);
    call.cookie = false;
    CheckProblem(house.boss.Send(call), 401);
    AdminClient stranger(house.gateway);
    stranger.UseCookie("bookgate=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA");
    CheckProblem(stranger.Send(CallOf(route, house.org.id)), 401);
    stranger.UseCookie("bookgate=nonsense");
    CheckProblem(stranger.Send(CallOf(route, house.org.id)), 401);
  }
  CheckNothingHappened(house);
}

TEST_CASE("for an org's admin, every other org is not there, as one that is really not there") {
  const House house;
  for (const DescribedRoute& route : AllRoutes()) {
    if (!IsOfOrg(route)) continue;
    CAPTURE(NameOf(route));
    const HttpReply others = house.neighbour.Send(CallOf(route, house.org.id));
    CheckProblem(others, 404);
    const HttpReply nobodys = house.neighbour.Send(CallOf(route, "aaaaaaaaaaaaaaaa"));
    CHECK(nobodys.status == 404);
    CHECK(nobodys.body == others.body);
    CheckProblem(house.boss.Send(CallOf(route, "aaaaaaaaaaaaaaaa")), 404);
  }
  CheckNothingHappened(house);
}

TEST_CASE("what concerns the installation is not for an org's admin") {
  const House house;
  std::size_t routes = 0;
  for (const DescribedRoute& route : AllRoutes()) {
    if (!IsOfInstallation(route)) continue;
    CAPTURE(NameOf(route));
    ++routes;
    CheckProblem(house.owner.Send(CallOf(route, house.org.id)), 403);
  }
  CHECK(routes == 3);
  CheckNothingHappened(house);
}

TEST_CASE("no route changes anything without the session's own CSRF token") {
  const House house;
  for (const DescribedRoute& route : AllRoutes()) {
    if (IsSigningIn(route) || !Changes(route)) continue;
    CAPTURE(NameOf(route));
    AdminCall call = CallOf(route, house.org.id);
    call.csrf = false;
    CheckProblem(house.boss.Send(call), 403);
    call.headers = {"X-Bookgate-Csrf: AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"};
    CheckProblem(house.boss.Send(call), 403);
    const auto others = house.owner.JsonOf("/session");
    call.headers = {"X-Bookgate-Csrf: " + others.root()["csrf_token"].Text().value()};
    CheckProblem(house.boss.Send(call), 403);
  }
  CheckNothingHappened(house);
}

TEST_CASE("no route answers a page of another site") {
  const House house;
  const std::string here = "127.0.0.1:" + std::to_string(house.gateway.port());
  for (const DescribedRoute& route : AllRoutes()) {
    CAPTURE(NameOf(route));
    AdminCall call = CallOf(route, house.org.id);
    for (const std::string& origin : std::vector<std::string>{
             "https://evil.example", "null", "http://127.0.0.1:1", "http://evil.example/" + here,
             "http://" + here + ".evil.example"}) {
      CAPTURE(origin);
      call.headers = {"Origin: " + origin};
      CheckProblem(house.boss.Send(call), 403);
    }
  }
  CheckNothingHappened(house);
  AdminCall call = CallOf({"GET", "/session"}, {});
  call.headers = {"Origin: http://" + here};
  CHECK(house.boss.Send(call).status == 200);
}

TEST_CASE("a method that a route does not have is 405, and says which there are") {
  const House house;
  const std::vector<DescribedRoute> routes = AllRoutes();
  for (const DescribedRoute& route : routes) {
    for (const std::string method : {"GET", "POST", "PUT", "DELETE", "PATCH", "OPTIONS"}) {
      if (std::count(routes.begin(), routes.end(), DescribedRoute{method, route.path}) > 0) {
        continue;
      }
      CAPTURE(method + " " + route.path);
      AdminCall call = CallOf(route, house.org.id);
      call.method = method;
      const HttpReply reply = house.boss.Send(call);
      CHECK(reply.status == 405);
      CHECK(reply.headers.at("allow").find(route.method) != std::string::npos);
    }
  }
  CheckNothingHappened(house);
}

TEST_CASE("a body that is not declared to be JSON is not read") {
  const House house;
  for (const DescribedRoute& route : AllRoutes()) {
    if (!Changes(route)) continue;
    CAPTURE(NameOf(route));
    HttpCall call;
    call.method = route.method;
    call.url = "http://127.0.0.1:" + std::to_string(house.gateway.port()) + "/api/admin/v1" +
               CallOf(route, house.org.id).path;
    call.headers = {"Content-Type: text/plain", "Cookie: " + house.boss.cookie()};
    call.body = R"({"email":"boss@example.com","password":"correct horse battery"})";
    CHECK(Send(call).status == 415);
  }
  CheckNothingHappened(house);
}

TEST_CASE("an org's admin sees that org, and the installation's admin sees all") {
  const House house;
  CHECK(house.owner.JsonOf("/orgs").root()["orgs"].size() == 1);
  CHECK(house.owner.JsonOf("/orgs").root().At("/orgs/0/org").Text() == house.org.id);
  CHECK(house.boss.JsonOf("/orgs").root()["orgs"].size() == 2);
  CHECK(house.owner.JsonOf("/session").root()["role"].Text() == "org");
  CHECK(house.owner.JsonOf("/session").root().At("/org/org").Text() == house.org.id);
  CHECK(house.boss.JsonOf("/session").root()["role"].Text() == "installation");
  CHECK(house.boss.Get("/orgs/" + house.org.id + "/webhook").status == 200);
  CHECK(house.boss.Get("/orgs/" + house.other.id + "/webhook").status == 200);
  CHECK(house.owner.Get("/orgs/" + house.org.id + "/webhook").status == 200);
}

}  // namespace bookgate::tests
