// What the page lists: orgs, appointments, deliveries, providers, plugins; and dry runs.
#include <doctest/doctest.h>
#include <signal.h>

#include "base/json_writer.hpp"
#include "support/admin_client.hpp"

namespace bookgate::tests {
namespace {

struct House : RunningGateway {
  House() : RunningGateway(kOnThisMachine) {
    MakeAdmin(gateway, "boss@example.com");
    CHECK(admin.SignIn("boss@example.com").status == 200);
  }

  std::string Path(const std::string& rest) const { return "/orgs/" + org.id + rest; }
  std::string Book(const std::string& id) const {
    return DeliveryOf(
        Post(R"({"customer_email":"ann@example.com","external_id":")" + id + R"("})"));
  }
  static std::string DeliveryOf(const HttpReply& reply) {
    return ParseJson(reply.body).root()["delivery_id"].Text().value();
  }
  json::Document Try(const std::string& body, const std::string& more = {}) const {
    base::JsonWriter text;
    text.Value(body);
    const HttpReply reply = admin.Post(Path("/try"), R"({"body":)" + text.Text() + more + "}");
    CAPTURE(reply.body);
    CHECK(reply.status == 200);
    return ParseJson(reply.body);
  }

  AdminClient admin{gateway};
};

}  // namespace

TEST_CASE("an org that is made through the page can be used at once") {
  const House house;
  const HttpReply made =
      house.admin.Post("/orgs", R"({"name":" Cut & Colour ","timezone":"Europe/Lisbon"})");
  CHECK(made.status == 201);
  const json::Document org = ParseJson(made.body);
  CHECK(org.root()["name"].Text() == "Cut & Colour");
  CHECK(org.root()["timezone"].Text() == "Europe/Lisbon");
  CHECK(org.root()["webhook"].Text() == "none");
  const std::string id = org.root()["org"].Text().value();
  const HttpReply generated = house.admin.Post("/orgs/" + id + "/webhook/generate");
  CHECK(generated.status == 200);
  const std::string secret = ParseJson(generated.body).root()["secret"].Text().value();
  CHECK(house.gateway.Post({id, secret}, R"({"customer_email":"a@example.com"})").status == 200);
  CHECK(house.admin.Post("/orgs", R"({"name":"x"})").status == 201);
}

TEST_CASE("what is wrong with a new org is said member by member") {
  const House house;
  const HttpReply reply = house.admin.Post("/orgs", R"({"name":"  ","timezone":"Mars/Olympus"})");
  CHECK(reply.status == 422);
  const json::Document problem = ParseJson(reply.body);
  CHECK(problem.root().At("/errors/0/pointer").Text() == "/name");
  CHECK(problem.root().At("/errors/1/pointer").Text() == "/timezone");
  CHECK(house.admin.Post("/orgs", "{}").status == 422);
  CHECK(house.database.Number("SELECT COUNT(*) FROM orgs") == 1);
}

TEST_CASE("appointments are listed, the newest received first") {
  const House house;
  house.Book("one");
  house.Post(
      R"({"customer_email":"bob@example.com","customer_name":"Bob","start_time":"2030-05-06T07:08:09Z",
          "duration_minutes":30,"appointment_type":"Trim","external_id":"two","source":"website"})");
  const json::Document list = house.admin.JsonOf(house.Path("/appointments"));
  REQUIRE(list.root()["appointments"].size() == 2);
  const json::Value newest = list.root().At("/appointments/0");
  CHECK(newest["customer_name"].Text() == "Bob");
  CHECK(newest["customer_email"].Text() == "bob@example.com");
  CHECK(newest["appointment_type"].Text() == "Trim");
  CHECK(newest["start_time"].Text() == "2030-05-06T07:08:09Z");
  CHECK(newest["duration_minutes"].Integer() == 30);
  CHECK(newest["status"].Text() == "booked");
  CHECK(newest["source"].Text() == "website");
  CHECK(newest["received_at"].is_string());
  CHECK(house.admin.JsonOf(house.Path("/appointments?limit=1")).root()["appointments"].size() == 1);
  for (const char* limit : {"0", "101", "x", "-1", ""}) {
    CAPTURE(limit);
    CHECK(house.admin.Get(house.Path("/appointments?limit=") + limit).status == 400);
  }
}

TEST_CASE("deliveries are listed by outcome and in pages") {
  const House house;
  const std::string first = house.Book("one");
  const std::string second = house.Book("two");
  const std::string repeated = house.Book("two");
  const std::string refused = House::DeliveryOf(house.Post("{}"));
  const std::string dead =
      House::DeliveryOf(house.Post(R"({"event":"invitee.created","payload":{"email":"x"}})"));
  const json::Document all = house.admin.JsonOf(house.Path("/deliveries"));
  REQUIRE(all.root()["deliveries"].size() == 5);
  CHECK(all.root().At("/deliveries/0/delivery_id").Text() == dead);
  CHECK(all.root().At("/deliveries/0/outcome").Text() == "dead");
  CHECK(all.root().At("/deliveries/1/outcome").Text() == "refused");
  CHECK(all.root().At("/deliveries/2/outcome").Text() == "duplicate");
  CHECK(all.root().At("/deliveries/4/outcome").Text() == "stored");
  CHECK(all.root().At("/counts/dead").Integer() == 1);
  CHECK(all.root().At("/counts/held").Integer() == 0);
  CHECK(all.root()["next_before"].is_null());

  const json::Document stored = house.admin.JsonOf(house.Path("/deliveries?outcome=stored"));
  CHECK(stored.root()["deliveries"].size() == 2);
  const json::Document page = house.admin.JsonOf(house.Path("/deliveries?limit=2"));
  CHECK(page.root()["deliveries"].size() == 2);
  CHECK(page.root()["next_before"].Text() == refused);
  const json::Document next =
      house.admin.JsonOf(house.Path("/deliveries?limit=2&before=" + refused));
  CHECK(next.root().At("/deliveries/0/delivery_id").Text() == repeated);
  CHECK(next.root().At("/deliveries/1/delivery_id").Text() == second);
  const json::Document rest =
      house.admin.JsonOf(house.Path("/deliveries?outcome=stored&before=" + second));
  REQUIRE(rest.root()["deliveries"].size() == 1);
  CHECK(rest.root().At("/deliveries/0/delivery_id").Text() == first);
  for (const char* query : {"outcome=lost", "before=x", "limit=0", "limit=101"}) {
    CAPTURE(query);
    CHECK(house.admin.Get(house.Path("/deliveries?") + query).status == 400);
  }
}

TEST_CASE("a delivery is shown as it came, without credentials, and to its own org alone") {
  const House house;
  const std::string body = R"({"customer_email":"ann","note":"<b>ü</b>"})";
  const std::string id = House::DeliveryOf(house.Post(body));
  const json::Document shown = house.admin.JsonOf(house.Path("/deliveries/" + id));
  CHECK(shown.root()["body"].RawString() == body);
  CHECK(shown.root()["outcome"].Text() == "refused");
  CHECK(shown.root().At("/problems/0/pointer").Text() == "/customer_email");
  CHECK(shown.root()["content_type"].Text() == "application/json");
  CHECK(shown.root().At("/history/0/action").Text() == "received");
  CHECK(house.admin.Get(house.Path("/deliveries/" + id)).body.find(house.org.secret) ==
        std::string::npos);
  const TestOrg other = house.gateway.MakeOrg("Other");
  CHECK(house.admin.Get("/orgs/" + other.id + "/deliveries/" + id).status == 404);
  CHECK(house.admin.Get(house.Path("/deliveries/nonsense")).status == 404);
}

TEST_CASE("a body that is no UTF-8 is shown all the same") {
  const House house;
  const std::string id = House::DeliveryOf(house.Post("{\"customer_email\":\"\xff\xfe\"}"));
  const json::Document shown = house.admin.JsonOf(house.Path("/deliveries/" + id));
  CHECK(shown.root()["body"].is_string());
}

TEST_CASE("a dry run goes the way of a delivery and stores nothing") {
  const House house;
  const json::Document stored =
      house.Try(R"({"customer_email":"ann@example.com","start_time":"2030-05-06T07:08:09Z"})");
  CHECK(stored.root()["provider"].Text() == "generic");
  CHECK(stored.root()["outcome"].Text() == "stored");
  CHECK(stored.root()["status"].Integer() == 200);
  CHECK(stored.root().At("/bookings/0/customer_email").Text() == "ann@example.com");
  CHECK(stored.root().At("/bookings/0/start_time").Text() == "2030-05-06T07:08:09Z");

  const json::Document wrong = house.Try(R"({"customer_email":"ann"})");
  CHECK(wrong.root()["outcome"].Text() == "refused");
  CHECK(wrong.root()["status"].Integer() == 422);
  CHECK(wrong.root().At("/problems/0/pointer").Text() == "/customer_email");

  const json::Document ping = house.Try(R"({"triggerEvent":"PING"})");
  CHECK(ping.root()["provider"].Text() == "calcom");
  CHECK(ping.root()["outcome"].Text() == "ignored");

  const json::Document named =
      house.Try(R"({"customer_email":"a@example.com"})", R"(,"provider":"calendly")");
  CHECK(named.root()["provider"].Text() == "calendly");
  CHECK(named.root()["outcome"].Text() == "dead");

  const json::Document form = house.Try("customer_email=ann%40example.com",
                                        R"(,"content_type":"application/x-www-form-urlencoded")");
  CHECK(form.root()["outcome"].Text() == "stored");

  const json::Document by_header = house.Try(
      "{}", R"(,"headers":[{"name":"X-Cal-Signature-256","value":"no-secret-provided"}])");
  CHECK(by_header.root()["provider"].Text() == "calcom");

  CHECK(house.database.Number("SELECT COUNT(*) FROM deliveries") == 0);
  CHECK(house.database.Number("SELECT COUNT(*) FROM appointments") == 0);
  CHECK(house.database.Number("SELECT COUNT(*) FROM contacts") == 0);
}

TEST_CASE("what is wrong with a dry run itself is said member by member") {
  const House house;
  for (const auto& wrong : {std::pair{R"({})", "/body"}, std::pair{R"({"body":1})", "/body"},
                            std::pair{R"({"body":"","provider":"frobnicate"})", "/provider"},
                            std::pair{R"({"body":"","headers":"x"})", "/headers"},
                            std::pair{R"({"body":"","headers":[{"name":"x"}]})", "/headers"}}) {
    CAPTURE(wrong.first);
    const HttpReply reply = house.admin.Post(house.Path("/try"), wrong.first);
    CHECK(reply.status == 422);
    CHECK(ParseJson(reply.body).root().At("/errors/0/pointer").Text() == wrong.second);
  }
}

TEST_CASE("times of a dry run are in the org's zone where they have none") {
  const House house;
  const TestOrg lisbon = house.gateway.MakeOrg("Lisbon shop", "Europe/Lisbon");
  const HttpReply reply = house.admin.Post(
      "/orgs/" + lisbon.id + "/try",
      R"({"body":"{\"customer_email\":\"a@example.com\",\"start_time\":\"2030-07-01 10:00\"}"})");
  CHECK(ParseJson(reply.body).root().At("/bookings/0/start_time").Text() == "2030-07-01T09:00:00Z");
}

TEST_CASE("providers and plugins are listed with what they can do and how they fare") {
  const House house;
  const json::Document providers = house.admin.JsonOf(house.Path("/providers"));
  REQUIRE(providers.root()["providers"].size() == 4);
  CHECK(providers.root().At("/providers/1/provider").Text() == "calendly");
  CHECK(providers.root()
            .At("/providers/1/webhook_url")
            .Text()
            .value()
            .ends_with("/api/webhooks/appointment/" + house.org.id + "/calendly"));
  CHECK(providers.root().At("/providers/1/credential/set").Bool() == false);
  CHECK(providers.root().At("/providers/1/signing_key/set").Bool() == false);
  CHECK(providers.root().At("/providers/2/credential").is_null());
  CHECK(providers.root().At("/providers/2/signing_key/set").Bool() == false);

  house.Book("one");
  const json::Document plugins = house.admin.JsonOf("/plugins");
  REQUIRE(plugins.root()["plugins"].size() == 4);
  for (std::size_t i = 0; i < 4; ++i) {
    const json::Value plugin = plugins.root()["plugins"][i];
    CHECK(plugin["state"].Text() == "loaded");
    CHECK(plugin["sha256"].Text().value().size() == 64);
    const bool is_generic = plugin["provider"].Text() == "generic";
    CHECK(plugin.At("/health/translated").Integer() == (is_generic ? 1 : 0));
    CHECK(plugin.At("/health/failed").Integer() == 0);
  }
}

TEST_CASE("why a plugin was refused at a reload is shown, and the old one works on") {
  House house;
  house.gateway.SetKey("plugins.generic.sha256", "\"" + std::string(64, '0') + "\"");
  house.gateway.Signal(SIGHUP);
  CHECK(Eventually([&] { return house.gateway.CountLogged("reload_refused") > 0; }));
  const json::Document plugins = house.admin.JsonOf("/plugins");
  bool seen = false;
  for (std::size_t i = 0; i < plugins.root()["plugins"].size(); ++i) {
    const json::Value plugin = plugins.root()["plugins"][i];
    if (plugin["provider"].Text() != "generic") continue;
    seen = true;
    CHECK(plugin["state"].Text() == "loaded");
    CHECK(plugin["problems"].size() == 1);
  }
  CHECK(seen);
  house.Book("one");
}

TEST_CASE("the page's files are served whole, typed, fenced in, and asked for again cheaply") {
  const House house;
  const HttpReply page = house.gateway.Get("/admin/");
  CHECK(page.status == 200);
  CHECK(page.headers.at("content-type") == "text/html; charset=utf-8");
  const std::string& policy = page.headers.at("content-security-policy");
  for (const char* rule : {"default-src 'none'", "script-src 'self'", "frame-ancestors 'none'",
                           "base-uri 'none'", "require-trusted-types-for 'script'"}) {
    CAPTURE(rule);
    CHECK(policy.find(rule) != std::string::npos);
  }
  CHECK(policy.find("unsafe") == std::string::npos);
  CHECK(page.headers.at("x-content-type-options") == "nosniff");
  CHECK(page.headers.at("x-frame-options") == "DENY");
  CHECK(page.headers.at("cache-control") == "no-cache");
  CHECK(house.gateway.Get("/admin/index.html").body == page.body);
  CHECK(house.gateway.Get("/admin/main.js").headers.at("content-type") ==
        "text/javascript; charset=utf-8");
  CHECK(house.gateway.Get("/admin/style/base.css").headers.at("content-type") ==
        "text/css; charset=utf-8");
  CHECK(house.gateway.Get("/admin/icon.svg").headers.at("content-type") ==
        "image/svg+xml; charset=utf-8");
  CHECK(house.gateway.Get("/admin/nothing.js").status == 404);
  CHECK(house.gateway.Get("/admin/../schemas/openapi.yaml").status == 404);
  CHECK(house.gateway.Get("/admin").headers.at("location") == "/admin/");

  HttpCall again;
  again.method = "GET";
  again.url = "http://127.0.0.1:" + std::to_string(house.gateway.port()) + "/admin/";
  again.headers = {"If-None-Match: " + page.headers.at("etag")};
  const HttpReply unchanged = Send(again);
  CHECK(unchanged.status == 304);
  CHECK(unchanged.body.empty());
  again.headers = {"If-None-Match: \"other\""};
  CHECK(Send(again).status == 200);
}

}  // namespace bookgate::tests
