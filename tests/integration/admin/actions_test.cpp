// What the page does beside the webhook's secret: providers' secrets, replays, the field mapping.
#include <doctest/doctest.h>

#include "base/json_writer.hpp"
#include "support/admin_client.hpp"
#include "support/fake_api.hpp"

namespace bookgate::tests {
namespace {

struct House : RunningGateway {
  explicit House(const ConfigKeys& keys = kOnThisMachine) : RunningGateway(keys) {
    MakeAdmin(gateway, "owner@example.com", org.id);
    CHECK(admin.SignIn("owner@example.com").status == 200);
  }

  std::string Path(const std::string& rest) const { return "/orgs/" + org.id + rest; }
  HttpReply Put(const std::string& rest, const std::string& body) const {
    return admin.Send({"PUT", Path(rest), body, true, true, {}});
  }
  HttpReply Delete(const std::string& rest) const {
    return admin.Send({"DELETE", Path(rest), {}, true, true, {}});
  }
  std::string LastAction() const {
    const json::Document audit = admin.JsonOf(Path("/audit"));
    return audit.root().At("/entries/0/action").Text().value() + " " +
           audit.root().At("/entries/0/subject").Text().value_or("-");
  }

  AdminClient admin{gateway};
};

}  // namespace

TEST_CASE("a provider's secret is sealed, known by its end, and never told") {
  const House house;
  for (const std::string member : {"credential", "signing-key"}) {
    CAPTURE(member);
    const std::string key = member == "credential" ? "credential" : "signing_key";
    const std::string route = "/providers/calendly/" + member;
    const HttpReply set = house.Put(route, R"({"value":" a-secret-of-calendly-wxyz\n"})");
    CHECK(set.status == 200);
    CHECK(set.body.find("a-secret-of") == std::string::npos);
    const json::Document provider = ParseJson(set.body);
    CHECK(provider.root()["provider"].Text() == "calendly");
    CHECK(provider.root()[key]["set"].Bool() == true);
    CHECK(provider.root()[key]["hint"].Text() == "wxyz");
    CHECK(house.LastAction() == key + "_set calendly");
    CHECK(house.database.Number("SELECT COUNT(*) FROM provider_secrets WHERE Sealed LIKE "
                                "'%secret-of-calendly%'") == 0);
    CHECK(house.gateway.Log().find("secret-of-calendly") == std::string::npos);
    const HttpReply cleared = house.Delete(route);
    CHECK(cleared.status == 200);
    CHECK(ParseJson(cleared.body).root()[key]["set"].Bool() == false);
    CHECK(house.LastAction() == key + "_cleared calendly");
    // Nothing is there to forget: nothing is written down either.
    CHECK(house.Delete(route).status == 200);
    CHECK(house.database.Number("SELECT COUNT(*) FROM audit_log WHERE Action = '" + key +
                                "_cleared'") == 1);
  }
}

TEST_CASE(
    "what is wrong with a provider's secret is said, and providers that take none have no such "
    "route") {
  const House house;
  for (const char* body : {"{}", R"({"value":""})", R"({"value":"  "})", R"({"value":"a\nb"})",
                           R"({"value":7})", R"({"value":"good-enough","more":1})"}) {
    CAPTURE(body);
    CHECK(house.Put("/providers/calendly/credential", body).status == 422);
  }
  CHECK(
      house
          .Put("/providers/calendly/credential", R"({"value":")" + std::string(4097, 'a') + R"("})")
          .status == 422);
  CHECK(
      house.Put("/providers/calendly/signing-key", R"({"value":"k","grace_seconds":-1})").status ==
      422);
  CHECK(house.Put("/providers/generic/credential", R"({"value":"x"})").status == 404);
  CHECK(house.Put("/providers/nobody/signing-key", R"({"value":"x"})").status == 404);
  CHECK(house.Put("/providers/nobody/credential", R"({"value":"x"})").status == 404);
  CHECK(house.Delete("/providers/nobody/credential").status == 404);
  CHECK(house.database.Number("SELECT COUNT(*) FROM provider_secrets") == 0);
}

TEST_CASE("a signing key counts at once, and so does that it is required") {
  const House house;
  const std::string body = R"({"triggerEvent":"PING"})";
  WebhookOptions unsigned_one;
  unsigned_one.provider = "calcom";
  CHECK(house.Post(body, unsigned_one).status == 200);
  const HttpReply set =
      house.Put("/providers/calcom/signing-key", R"({"value":"a signing key","require":true})");
  CHECK(set.status == 200);
  CHECK(ParseJson(set.body).root().At("/signing_key/required").Bool() == true);
  CHECK(house.Post(body, unsigned_one).status == 401);
  CHECK(house.Delete("/providers/calcom/signing-key").status == 200);
  CHECK(house.Post(body, unsigned_one).status == 200);
}

TEST_CASE("a mapping counts from the next webhook on, and can be tried before") {
  const House house;
  const std::string theirs = R"({"who":{"mail":"ann@example.com"},"when":"2030-01-01T10:00:00Z"})";
  CHECK(house.Post(theirs).status == 422);
  const std::string mapping = R"({"customer_email":"/who/mail","start_time":"/when"})";
  const std::string quoted =
      R"("{\"who\":{\"mail\":\"ann@example.com\"},\"when\":\"2030-01-01T10:00:00Z\"}")";
  const HttpReply tried = house.admin.Post(
      house.Path("/try"), R"({"body":)" + quoted + R"(,"mapping":)" + mapping + "}");
  CHECK(ParseJson(tried.body).root()["outcome"].Text() == "stored");
  CHECK(house.Post(theirs).status == 422);

  CHECK(house.admin.JsonOf(house.Path("/mapping")).root()["mapping"].is_null());
  const HttpReply set = house.Put("/mapping", R"({"mapping":)" + mapping + "}");
  CHECK(set.status == 200);
  CHECK(house.LastAction() == "mapping_set -");
  CHECK(house.Post(theirs).status == 200);
  CHECK(house.admin.JsonOf(house.Path("/mapping")).root().At("/mapping/start_time").Text() ==
        "/when");
  const HttpReply own = house.admin.Post(house.Path("/try"), R"({"body":)" + quoted + "}");
  CHECK(ParseJson(own.body).root()["outcome"].Text() == "stored");
  const HttpReply none =
      house.admin.Post(house.Path("/try"), R"({"body":)" + quoted + R"(,"mapping":null})");
  CHECK(ParseJson(none.body).root()["outcome"].Text() == "refused");

  CHECK(house.Delete("/mapping").status == 200);
  CHECK(house.LastAction() == "mapping_cleared -");
  CHECK(house.Post(theirs).status == 422);
}

TEST_CASE("what is wrong with a mapping is said, and the old one stays") {
  const House house;
  CHECK(house.Put("/mapping", R"({"mapping":{"customer_email":"/who/mail"}})").status == 200);
  for (const char* mapping : {R"({"frobnicate":"/x"})", R"({"customer_email":"no pointer"})", "{}",
                              R"("x")", "[]", "null"}) {
    CAPTURE(mapping);
    const HttpReply reply = house.Put("/mapping", std::string(R"({"mapping":)") + mapping + "}");
    CHECK(reply.status == 422);
    CHECK(ParseJson(reply.body).root().At("/errors/0/pointer").Text() == "/mapping");
  }
  CHECK(house.admin.JsonOf(house.Path("/mapping")).root().At("/mapping/customer_email").Text() ==
        "/who/mail");
}

TEST_CASE(
    "a refused delivery is replayed once its mapping is there, and its history says by whom") {
  const House house;
  const HttpReply refused = house.Post(R"({"who":{"mail":"ann@example.com"},"id":"r1"})");
  REQUIRE(refused.status == 422);
  const std::string id = ParseJson(refused.body).root()["delivery_id"].Text().value();
  const std::string path = house.Path("/deliveries/" + id);
  const HttpReply still = house.admin.Post(path + "/replay");
  CHECK(still.status == 200);
  CHECK(ParseJson(still.body).root()["outcome"].Text() == "refused");
  CHECK(house.Put("/mapping", R"({"mapping":{"customer_email":"/who/mail"}})").status == 200);
  const HttpReply replayed = house.admin.Post(path + "/replay");
  CHECK(replayed.status == 200);
  CHECK(ParseJson(replayed.body).root()["before"].Text() == "refused");
  CHECK(ParseJson(replayed.body).root()["outcome"].Text() == "stored");
  CHECK(house.database.Number("SELECT COUNT(*) FROM appointments") == 1);
  CHECK(house.admin.Post(path + "/replay").status == 200);
  CHECK(house.database.Number("SELECT COUNT(*) FROM appointments") == 1);
  const json::Document shown = house.admin.JsonOf(path);
  CHECK(shown.root()["outcome"].Text() == "stored");
  CHECK(shown.root()["appointment_id"].Integer().has_value());
  REQUIRE(shown.root()["history"].size() == 4);
  CHECK(shown.root().At("/history/3/action").Text() == "delivery_replayed");
  CHECK(shown.root().At("/history/3/actor").Text() == "owner@example.com");
}

TEST_CASE("there is nothing to replay without a body, and nothing of another org") {
  const House house;
  const HttpReply refused = house.Post("{}");
  const std::string id = ParseJson(refused.body).root()["delivery_id"].Text().value();
  const TestOrg other = house.gateway.MakeOrg("Other");
  MakeAdmin(house.gateway, "boss@example.com");
  AdminClient boss(house.gateway);
  REQUIRE(boss.SignIn("boss@example.com").status == 200);
  CHECK(boss.Post("/orgs/" + other.id + "/deliveries/" + id + "/replay").status == 404);
  CHECK(house.admin.Post(house.Path("/deliveries/nonsense/replay")).status == 404);
  house.database.Execute("UPDATE deliveries SET Body = NULL");
  CHECK(house.admin.Post(house.Path("/deliveries/" + id + "/replay")).status == 409);
  CHECK(house.database.Number(
            "SELECT COUNT(*) FROM audit_log WHERE Action = 'delivery_replayed'") == 0);
}

TEST_CASE("the session names what this server can do") {
  const House house;
  const json::Document session = house.admin.JsonOf("/session");
  CHECK(session.root().At("/capabilities/0").Text() == "replay");
  CHECK(session.root().At("/capabilities/1").Text() == "mapping");
}

TEST_CASE("a webhook that is tried is looked up like a real one, and nothing is stored") {
  const FakeApi api("square");
  api.Put("customers", "C1", R"({"given_name":"Ann","email_address":"ann@example.com"})");
  ConfigKeys keys = kOnThisMachine;
  keys["plugins.square.lookup_base_url"] = api.toml_url();
  const House house(keys);
  const std::string booking =
      R"({"merchant_id":"M1","type":"booking.created","event_id":"e1","created_at":)"
      R"("2026-05-01T10:00:00Z","data":{"type":"booking","id":"b1:0","object":{"booking":{"id":"b1",)"
      R"("version":0,"status":"ACCEPTED","created_at":"2026-05-01T10:00:00Z",)"
      R"("updated_at":"2026-05-01T10:00:00Z","start_at":"2026-05-20T15:30:00Z",)"
      R"("customer_id":"C1","appointment_segments":[]}}}})";
  base::JsonWriter body;
  body.Object().Member("body", booking).EndObject();
  const auto try_it = [&] {
    const HttpReply reply = house.admin.Post(house.Path("/try"), body.Text());
    CHECK(reply.status == 200);
    return ParseJson(reply.body);
  };
  const json::Document without_token = try_it();
  CHECK(without_token.root()["outcome"].Text() == "held");
  CHECK(api.CountRequests() == 0);
  REQUIRE(house.Put("/providers/square/credential", R"({"value":"right-token"})").status == 200);
  const json::Document looked_up = try_it();
  CHECK(looked_up.root()["outcome"].Text() == "stored");
  CHECK(looked_up.root().At("/bookings/0/customer_email").Text() == "ann@example.com");
  api.Script(R"({"status":503})");
  const json::Document away = try_it();
  CHECK(away.root()["outcome"].Text() == "held");
  CHECK(away.root()["reason"].Text().value_or("").find("503") != std::string::npos);
  api.EndTrouble();
  REQUIRE(house.Put("/providers/square/credential", R"({"value":"wrong-token"})").status == 200);
  const json::Document refused = try_it();
  CHECK(refused.root()["reason"].Text().value_or("").find("401") != std::string::npos);
  CHECK(house.database.Number("SELECT COUNT(*) FROM deliveries") == 0);
  CHECK(house.database.Number("SELECT COUNT(*) FROM appointments") == 0);
}

}  // namespace bookgate::tests
