// What Calendly does one way, Square, Cal.com and Acuity do in ways of their own: who makes the
// key, where it stands, how many subscriptions there are, and what a list of bookings looks like.
#include <doctest/doctest.h>

#include <functional>
#include <string>
#include <vector>

#include "support/fake_api.hpp"
#include "support/signer.hpp"
#include "support/test_gateway.hpp"

namespace bookgate::tests {
namespace {

struct Provider {
  std::string name;
  std::string host;  ///< Of its API.
  std::string token;
  std::string hooks;       ///< The fake's collection of subscriptions.
  std::string url_member;  ///< Of one of them.
  /// The key that it signs with, by the fake's subscription.
  std::function<std::string(json::Value)> key;
  /// The signature's header over `body`, as it is sent to `url`.
  std::function<std::string(const std::string& key, const std::string& url,
                            const std::string& body)>
      header;
  std::string content_type;
  std::string body;                         ///< A webhook of a booking that is in the fake.
  std::string bookings;                     ///< The fake's collection of bookings.
  std::function<std::string(int)> booking;  ///< Number N, made in May 2026.
};

std::string TextOf(json::Value value) {
  return value.Text().value_or("");
}

std::string Number(int n) {
  return std::to_string(n);
}

Provider Square() {
  return {"square",
          "connect.squareup.com",
          "right-token",
          "subscriptions",
          "notification_url",
          [](json::Value hook) { return TextOf(hook["signature_key"]); },
          [](const std::string& key, const std::string& url, const std::string& body) {
            return "x-square-hmacsha256-signature: " + Base64(HmacSha256(key, url + body));
          },
          "application/json",
          R"({"merchant_id":"M1","type":"booking.created","event_id":"e1",
              "created_at":"2026-05-01T10:00:00Z","data":{"type":"booking","id":"b1:0","object":{
              "booking":{"id":"b1","version":0,"status":"ACCEPTED",
              "created_at":"2026-05-01T10:00:00Z","updated_at":"2026-05-01T10:00:00Z",
              "start_at":"2026-05-20T15:30:00Z","customer_id":"C1","appointment_segments":[]}}}})",
          "bookings",
          [](int n) {
            return R"({"version":0,"status":"ACCEPTED","created_at":"2026-05-01T10:00:00Z",
                "updated_at":"2026-05-01T10:00:00Z","start_at":"2026-05-2)" +
                   Number(n) + R"(T15:30:00Z","customer_id":"C)" + Number(n) +
                   R"(","appointment_segments":[{"duration_minutes":60,
                   "service_variation_id":"S1","team_member_id":"T1"}]})";
          }};
}

Provider Acuity() {
  return {"acuity",
          "acuityscheduling.com",
          "12345:the-api-key",
          "webhooks",
          "target",
          [](json::Value) { return std::string("the-api-key"); },
          [](const std::string& key, const std::string&, const std::string& body) {
            return "x-acuity-signature: " + Base64(HmacSha256(key, body));
          },
          "application/x-www-form-urlencoded",
          "action=scheduled&id=1&calendarID=1&appointmentTypeID=1",
          "appointments",
          [](int n) {
            return R"({"firstName":"Bob","lastName":"McTest","email":"bob)" + Number(n) +
                   R"(@example.com","phone":"","datetime":"2026-05-2)" + Number(n) +
                   R"(T10:15:00-0700","datetimeCreated":"2026-05-01T03:00:00-0700",
                   "duration":"60","type":"Regular Visit","calendar":"Room 2","canceled":false})";
          }};
}

Provider CalCom() {
  return {"calcom",
          "api.cal.com",
          "right-token",
          "webhooks",
          "subscriberUrl",
          [](json::Value hook) { return TextOf(hook["secret"]); },
          [](const std::string& key, const std::string&, const std::string& body) {
            return "x-cal-signature-256: " + Hex(HmacSha256(key, body));
          },
          "application/json",
          R"({"triggerEvent":"BOOKING_CREATED","createdAt":"2026-05-01T10:00:00.000Z","payload":{
              "uid":"b1","title":"Cut","startTime":"2026-05-20T15:30:00Z",
              "endTime":"2026-05-20T16:00:00Z","status":"ACCEPTED","type":"cut",
              "attendees":[{"name":"Ann","email":"guest1@example.com","timeZone":"UTC"}],
              "organizer":{"name":"Rosa","email":"rosa@example.com","timeZone":"UTC"}}})",
          "bookings",
          [](int n) {
            return R"({"id":)" + Number(n) + R"(,"title":"Cut","hosts":[],"status":"accepted",
                "start":"2026-05-2)" +
                   Number(n) + R"(T15:30:00.000Z","end":"2026-05-2)" + Number(n) +
                   R"(T16:00:00.000Z","duration":30,"eventType":{"id":7,"slug":"cut"},
                   "createdAt":"2026-05-01T10:00:00.000Z","updatedAt":"2026-05-01T10:00:00.000Z",
                   "attendees":[{"name":"Guest","email":"guest)" +
                   Number(n) +
                   R"(@example.com","timeZone":"UTC","language":"en","absent":false}],"guests":[],
                   "bookingFieldsResponses":{"name":"Guest"}})";
          }};
}

ConfigKeys KeysFor(const Provider& provider, const FakeApi& api) {
  const std::string plugin = "plugins." + provider.name + ".";
  return {{plugin + "enabled", "true"},
          {plugin + "lookup_hosts", "[\"" + provider.host + "\"]"},
          {plugin + "lookup_base_url", api.toml_url()}};
}

struct Shop {
  explicit Shop(Provider of)
      : provider(std::move(of)), api(provider.name), running(KeysFor(provider, api)) {
    api.SetToken(provider.token);
    REQUIRE(Run({"credential", "set", running.org.id, provider.name}, provider.token) == 0);
    api.Put("customers", "C1", R"({"given_name":"Ann","email_address":"guest1@example.com"})");
    api.Put("customers", "C2", R"({"given_name":"Ben","email_address":"guest2@example.com"})");
    api.Put("customers", "C3", R"({"given_name":"Cid","email_address":"guest3@example.com"})");
    api.Put("catalog", "S1", R"({"item":"Haircut"})");
    api.Put("profiles", "T1", R"({"display_name":"Sam Stylist"})");
    api.Put(provider.bookings, "1", provider.booking(1));
  }

  int Run(const std::vector<std::string>& arguments, const std::string& input = {}) const {
    const ProgramResult result = running.gateway.Command(arguments, input);
    CAPTURE(result.err);
    CHECK(result.err.empty());
    return result.exit_status;
  }
  json::Document Webhook(const std::string& action) const {
    return running.gateway.JsonOf({"webhook", action, running.org.id, provider.name});
  }
  std::string Url() const {
    return "https://hooks.example.com/api/webhooks/appointment/" + running.org.id + "/" +
           provider.name;
  }
  std::string Key() const {
    const json::Document hooks = api.Objects(provider.hooks);
    REQUIRE(hooks.root().size() == 1);
    return provider.key(hooks.root()[0]);
  }
  /// Without the org's secret.
  int PostSigned(const std::string& key) const {
    WebhookOptions options;
    options.provider = provider.name;
    options.bearer = false;
    options.headers = {"Content-Type: " + provider.content_type,
                       provider.header(key, Url(), provider.body)};
    return running.Post(provider.body, options).status;
  }

  const Provider provider;
  FakeApi api;
  RunningGateway running;
};

void ForEachProvider(const std::function<void(const Shop&)>& work) {
  for (const Provider& provider : {Square(), Acuity(), CalCom()}) {
    CAPTURE(provider.name);
    work(Shop(provider));
  }
}

}  // namespace

TEST_CASE("registered, each provider's webhooks come in by their signatures alone") {
  ForEachProvider([](const Shop& shop) {
    const json::Document made = shop.Webhook("register");
    CHECK(made.root()["state"].Text() == "active");
    CHECK(made.root()["url"].Text() == shop.Url());
    CHECK(made.root()["events"].size() > 0);
    const json::Document hooks = shop.api.Objects(shop.provider.hooks);
    REQUIRE(hooks.root().size() == 1);
    CHECK(hooks.root()[0][shop.provider.url_member].Text() == shop.Url());
    CHECK(Eventually([&] { return shop.PostSigned(shop.Key()) == 200; }));
    CHECK(shop.PostSigned("another-key-of-the-same-kind") == 401);
    CHECK(shop.running.database.Number("SELECT COUNT(*) FROM appointments") == 1);
    CHECK(shop.running.database.Number("SELECT COUNT(*) FROM contacts WHERE Email IS NOT NULL") ==
          1);
  });
}

TEST_CASE("registered twice, each provider has one subscription, whose key is known") {
  ForEachProvider([](const Shop& shop) {
    shop.Webhook("register");
    shop.Webhook("register");
    CHECK(shop.api.Objects(shop.provider.hooks).root().size() == 1);
    CHECK(Eventually([&] { return shop.PostSigned(shop.Key()) == 200; }));
    CHECK(shop.Webhook("status").root()["state"].Text() == "active");
  });
}

TEST_CASE("unregistered, each provider has none, and its signatures count no more") {
  ForEachProvider([](const Shop& shop) {
    shop.Webhook("register");
    const std::string key = shop.Key();
    CHECK(Eventually([&] { return shop.PostSigned(key) == 200; }));
    CHECK(shop.Webhook("unregister").root()["state"].Text() == "unregistered");
    CHECK(shop.api.Objects(shop.provider.hooks).root().size() == 0);
    CHECK(Eventually([&] { return shop.PostSigned(key) == 401; }));
  });
}

TEST_CASE("what no webhook told of is fetched from each provider once") {
  ForEachProvider([](const Shop& shop) {
    for (const int n : {2, 3}) {
      shop.api.Put(shop.provider.bookings, Number(n), shop.provider.booking(n));
    }
    const std::vector<std::string> backfill = {
        "backfill", shop.running.org.id,   shop.provider.name, "--since", "2026-04-28T00:00:00Z",
        "--until",  "2026-05-05T00:00:00Z"};
    const json::Document first = shop.running.gateway.JsonOf(backfill);
    CHECK(first.root()["complete"].Bool() == true);
    CHECK(first.root()["created"].Integer().value_or(-1) == 3);
    CHECK(first.root()["bookings"].Integer().value_or(-1) == 3);
    CHECK(first.root()["unusable"].Integer() == 0);
    const TestDatabase& database = shop.running.database;
    CHECK(database.Number("SELECT COUNT(*) FROM contacts") == 3);
    const std::string rows = database.Text("SELECT * FROM appointments ORDER BY 1");
    const json::Document second = shop.running.gateway.JsonOf(backfill);
    CHECK(second.root()["created"].Integer() == 0);
    CHECK(second.root()["pages_with_changes"].Integer() == 0);
    CHECK(database.Text("SELECT * FROM appointments ORDER BY 1") == rows);
    // Replayed, its deliveries stay what they are: the bookings are in the tables, not in them.
    const json::Document replayed = shop.running.gateway.JsonOf(
        {"deliveries", "replay", "--org", shop.running.org.id, "--since", "2020-01-01T00:00:00Z"});
    for (std::size_t i = 0; i < replayed.root().size(); ++i) {
      CHECK(replayed.root()[i]["changed"].Bool() == false);
    }
    CHECK(database.Text("SELECT * FROM appointments ORDER BY 1") == rows);
  });
}

TEST_CASE("a signing key that was set by hand outlives the subscription") {
  const Shop shop(CalCom());
  shop.Webhook("register");
  REQUIRE(shop.Run({"signing-key", "set", shop.running.org.id, "calcom"},
                   "a key that the owner chose") == 0);
  shop.Webhook("unregister");
  const json::Document key =
      shop.running.gateway.JsonOf({"signing-key", "show", shop.running.org.id, "calcom"});
  CHECK(key.root()["set"].Bool() == true);
  CHECK(key.root()["hint"].Text() == "hose");
}

TEST_CASE("Acuity's token of OAuth holds no key: that is said, and what to do") {
  Provider provider = Acuity();
  provider.token = "a-token-of-oauth";
  const Shop shop(provider);
  const ProgramResult result =
      shop.running.gateway.Command({"webhook", "register", shop.running.org.id, "acuity"});
  CHECK(result.exit_status == 0);
  CHECK(result.err.find("no key is known that it signs with") != std::string::npos);
}

TEST_CASE("since when bookings may be missing is known until they are fetched") {
  const Shop shop(CalCom());
  const auto missed_since = [&](const std::string& action) {
    return shop.Webhook(action).root()["missed_since"].Text();
  };
  CHECK(missed_since("register") == std::nullopt);
  CHECK(missed_since("status") == std::nullopt);
  const std::string registered = shop.running.database.Text(
      "SELECT DATE_FORMAT(LastActiveAt, '%Y-%m-%dT%H:%i:%s') FROM webhook_subscriptions");
  const json::Document hooks = shop.api.Objects("webhooks");
  shop.api.Put(
      "webhooks", "webhook-1",
      R"({"id":"webhook-1","active":false,"triggers":[],"subscriberUrl":")" + shop.Url() + "\"}");
  const std::optional<std::string> since = missed_since("register");
  REQUIRE(since);
  CHECK(since->starts_with(registered));
  const auto backfill = [&](const std::string& from, const std::string& to) {
    std::vector<std::string> command = {"backfill", shop.running.org.id, "calcom", "--since", from};
    if (!to.empty()) command.insert(command.end(), {"--until", to});
    return shop.running.gateway.JsonOf(command).root()["complete"].Bool();
  };
  // Another time has nothing to do with it.
  CHECK(backfill("2026-05-01T00:00:00Z", "2026-05-02T00:00:00Z") == true);
  CHECK(missed_since("status") == since);
  CHECK(backfill(*since, {}) == true);
  CHECK(missed_since("status") == std::nullopt);
}

}  // namespace bookgate::tests
