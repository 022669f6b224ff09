// Webhooks registered, watched and removed at a provider, and bookings fetched that no webhook told
// of: `bookgate` against a fake of Calendly's API.
#include <doctest/doctest.h>

#include <algorithm>
#include <csignal>
#include <ctime>
#include <string>

#include "support/fake_api.hpp"
#include "support/signer.hpp"
#include "support/test_gateway.hpp"

namespace bookgate::tests {
namespace {

struct Salon {
  Salon() : running({{"plugins.calendly.lookup_base_url", api.toml_url()}}) {
    SetCredential("right-token");
  }

  void SetCredential(const std::string& token) const {
    REQUIRE(running.gateway.Command({"credential", "set", org(), "calendly"}, token).exit_status ==
            0);
  }

  const std::string& org() const { return running.org.id; }

  ProgramResult Webhook(const std::string& action) const {
    return running.gateway.Command({"webhook", action, org(), "calendly"});
  }
  json::Document WebhookJson(const std::string& action) const {
    return running.gateway.JsonOf({"webhook", action, org(), "calendly"});
  }
  std::string State() const { return WebhookJson("status").root()["state"].Text().value_or(""); }

  std::string KeyAtProvider() const {
    const json::Document all = api.Objects("webhook_subscriptions");
    REQUIRE(all.root().size() == 1);
    return all.root()[0]["signing_key"].Text().value_or("");
  }

  /// What the provider would send to the URL, signed, and without the org's secret.
  unsigned PostSigned(const std::string& key, const std::string& body) const {
    const std::string now = std::to_string(std::time(nullptr));
    WebhookOptions options;
    options.provider = "calendly";
    options.bearer = false;
    options.headers.push_back("Calendly-Webhook-Signature: t=" + now +
                              ",v1=" + Hex(HmacSha256(key, now + "." + body)));
    return static_cast<unsigned>(running.Post(body, options).status);
  }

  json::Document Backfill(const std::string& since, const std::string& until) const {
    return running.gateway.JsonOf(
        {"backfill", org(), "calendly", "--since", since, "--until", until});
  }

  FakeApi api{"calendly"};
  RunningGateway running;
};

std::string Webhook(const std::string& invitee) {
  return R"({"event":"invitee.created","created_at":"2026-05-06T09:30:01.000000Z","payload":{)"
         R"("uri":"https://api.calendly.com/scheduled_events/e9/invitees/)" +
         invitee +
         R"(","email":"mara.quinn@example.com","name":"Mara Quinn","status":"active",)"
         R"("timezone":"Europe/Lisbon","rescheduled":false,"questions_and_answers":[],)"
         R"("created_at":"2026-05-06T09:30:00.120000Z","updated_at":"2026-05-06T09:30:00.250001Z",)"
         R"("scheduled_event":{"uri":"https://api.calendly.com/scheduled_events/e9",)"
         R"("name":"Colour","status":"active","start_time":"2026-05-20T14:00:00.000000Z",)"
         R"("end_time":"2026-05-20T14:45:00.000000Z"}}})";
}

/// A scheduled event with one invitee, made at `made`.
std::string Meeting(const std::string& id, const std::string& start, const std::string& made) {
  return R"({"name":"Colour","status":"active","start_time":")" + start +
         R"(","end_time":"2026-06-20T14:45:00.000000Z","invitees_counter":{"total":1,"active":1,)"
         R"("limit":1},"event_memberships":[],"event_guests":[],"created_at":")" +
         made + R"(","updated_at":")" + made +
         R"(","invitees":[{"uri":"https://api.calendly.com/scheduled_events/)" + id +
         "/invitees/i-" + id + R"(","email":")" + id +
         R"(@example.com","name":"Guest","status":"active","timezone":"UTC","rescheduled":false,)"
         R"("questions_and_answers":[],"no_show":null,"created_at":")" +
         made + R"(","updated_at":")" + made + R"("}]})";
}

TEST_CASE("a registered webhook is signed with a key that the gateway knows") {
  const Salon salon;
  const json::Document made = salon.WebhookJson("register");
  CHECK(made.root()["subscription"].Text() == "hook-1");
  CHECK(made.root()["state"].Text() == "active");
  const std::string url =
      "https://hooks.example.com/api/webhooks/appointment/" + salon.org() + "/calendly";
  CHECK(made.root()["url"].Text() == url);
  const std::string key = salon.KeyAtProvider();
  CHECK(key.size() == 43);
  CHECK(Eventually([&] { return salon.PostSigned(key, Webhook("i1")) / 100 == 2; }));
  CHECK(salon.running.database.Number("SELECT COUNT(*) FROM appointments") == 1);
  CHECK(salon.PostSigned(std::string(43, 'x'), Webhook("i2")) == 401);
  // The key is nowhere as it is.
  CHECK(salon.running.gateway.Log().find(key) == std::string::npos);
  CHECK(salon.running.database.Number(
            "SELECT COUNT(*) FROM provider_secrets WHERE INSTR(Sealed, '" + key + "') > 0") == 0);
}

TEST_CASE("to register twice leaves one subscription, with another key") {
  const Salon salon;
  salon.WebhookJson("register");
  const std::string first = salon.KeyAtProvider();
  CHECK(salon.WebhookJson("register").root()["subscription"].Text() == "hook-2");
  const std::string second = salon.KeyAtProvider();
  CHECK(first != second);
  CHECK(salon.running.database.Number("SELECT COUNT(*) FROM webhook_subscriptions") == 1);
  CHECK(Eventually([&] { return salon.PostSigned(second, Webhook("i1")) / 100 == 2; }));
  // What was signed before may still be on its way.
  CHECK(salon.PostSigned(first, Webhook("i2")) / 100 == 2);
}

TEST_CASE("to register at another address removes the subscription of the old one") {
  Salon salon;
  salon.WebhookJson("register");
  salon.running.gateway.SetKey("server.public_url", "\"https://moved.example.com\"");
  const json::Document made = salon.WebhookJson("register");
  CHECK(made.root()["url"].Text().value_or("").starts_with("https://moved.example.com/"));
  const json::Document all = salon.api.Objects("webhook_subscriptions");
  REQUIRE(all.root().size() == 1);
  CHECK(all.root()[0]["callback_url"].Text() == made.root()["url"].Text());
}

TEST_CASE("people are told in plain words what is registered") {
  const Salon salon;
  const ProgramResult result = salon.Webhook("register");
  CHECK(result.exit_status == 0);
  CHECK(result.out.starts_with("Subscription: hook-1\nState:        active, it sends webhooks\n"));
  CHECK(result.out.find("Events:       invitee.created invitee.canceled") != std::string::npos);
  CHECK(result.err.empty());
}

TEST_CASE("what stands in the way is said, and nothing is stored") {
  Salon salon;
  std::string expected;
  SUBCASE("a scope is missing") {
    salon.api.Script(R"({"status":403,"path":"/webhook_subscriptions"})");
    expected = "scope webhooks:read";
  }
  SUBCASE("the token is not valid") {
    salon.SetCredential("wrong-token");
    expected = "401";
  }
  SUBCASE("no token is set") {
    salon.running.gateway.Command({"credential", "clear", salon.org(), "calendly"});
    expected = "No token for Calendly is set; set one with bookgate credential set";
  }
  SUBCASE("the provider is away") {
    salon.api.Script(R"({"status":503,"path":"/webhook_subscriptions"})");
    expected = "status 503; try again later";
  }
  SUBCASE("gateway without a public address") {
    salon.running.gateway.SetKey("server.public_url", "\"http://hooks.example.com\"");
    expected = "server.public_url";
  }
  const ProgramResult result = salon.Webhook("register");
  CHECK(result.exit_status == (expected == "server.public_url" ? 2 : 1));
  CHECK_MESSAGE(result.err.find(expected) != std::string::npos, result.err);
  CHECK(salon.api.Objects("webhook_subscriptions").root().size() == 0);
  CHECK(salon.running.database.Number("SELECT COUNT(*) FROM webhook_subscriptions") == 0);
  CHECK(salon.running.database.Number(
            "SELECT COUNT(*) FROM provider_secrets WHERE Kind = 'signing_key'") == 0);
}

TEST_CASE("an org without a secret takes what is signed; a disabled one registers nothing") {
  const Salon salon;
  const std::string bare = salon.running.gateway.JsonOf({"org", "create", "--name", "Bare"})
                               .root()["org"]
                               .Text()
                               .value();
  const auto run = [&](const std::vector<std::string>& command, const std::string& input = {}) {
    return salon.running.gateway.Command(command, input);
  };
  REQUIRE(run({"credential", "set", bare, "calendly"}, "right-token").exit_status == 0);
  CHECK(run({"webhook", "register", bare, "calendly"}).exit_status == 0);
  const std::string key = salon.KeyAtProvider();
  const std::string now = std::to_string(std::time(nullptr));
  WebhookOptions options;
  options.provider = "calendly";
  options.bearer = false;
  options.headers = {"Calendly-Webhook-Signature: t=" + now +
                     ",v1=" + Hex(HmacSha256(key, now + "." + Webhook("i1")))};
  CHECK(Eventually([&] {
    return salon.running.gateway.Post({bare, {}}, Webhook("i1"), options).status == 200;
  }));
  REQUIRE(run({"secret", "generate", bare}).exit_status == 0);
  REQUIRE(run({"secret", "disable", bare}).exit_status == 0);
  const ProgramResult refused = run({"webhook", "register", bare, "calendly"});
  CHECK(refused.exit_status == 2);
  CHECK(refused.err.find("the org's webhook is disabled") != std::string::npos);
}

TEST_CASE("a creation that was not answered is not sent again") {
  const Salon salon;
  // The two lists are answered; then the connection breaks.
  salon.api.Script(R"({"slow":0,"path":"/webhook_subscriptions","times":2})");
  salon.api.Script(R"({"drop":"before","path":"/webhook_subscriptions"})");
  const ProgramResult result = salon.Webhook("register");
  CHECK(result.exit_status == 1);
  CHECK_MESSAGE(result.err.find("try again later") != std::string::npos, result.err);
  const std::vector<ApiRequest> requests = salon.api.Requests();
  CHECK(std::count_if(requests.begin(), requests.end(),
                      [](const ApiRequest& request) { return request.method == "POST"; }) == 1);
}

TEST_CASE("the state of a subscription is told as the provider has it") {
  const Salon salon;
  CHECK(salon.Webhook("status").exit_status == 1);
  salon.WebhookJson("register");
  CHECK(salon.State() == "active");
  salon.api.Put("webhook_subscriptions", "hook-1", R"({"state":"disabled","events":[]})");
  CHECK(salon.State() == "disabled");
  // That the provider cannot be asked says nothing about it.
  salon.api.Script(R"({"status":503})");
  CHECK(salon.Webhook("status").exit_status == 1);
  CHECK(salon.running.database.Text("SELECT State FROM webhook_subscriptions") == "disabled");
  salon.api.EndTrouble();
  salon.api.Delete("webhook_subscriptions", "hook-1");
  CHECK(salon.State() == "missing");
}

TEST_CASE("a gateway notices by itself that the provider has switched a subscription off") {
  const Salon salon;
  salon.WebhookJson("register");
  salon.api.Put("webhook_subscriptions", "hook-1", R"({"state":"disabled","events":[]})");
  salon.running.database.Execute(
      "UPDATE webhook_subscriptions SET CheckedAt = CheckedAt - INTERVAL 16 MINUTE");
  CHECK(
      Eventually([&] { return salon.running.gateway.CountLogged("subscription_disabled") == 1; }));
  CHECK(salon.running.database.Text("SELECT State FROM webhook_subscriptions") == "disabled");
  CHECK(Eventually([&] {
    return salon.running.gateway.GetOps("/metrics")
               .body.find("bookgate_subscriptions{provider=\"calendly\",state=\"disabled\"} 1") !=
           std::string::npos;
  }));
}

TEST_CASE("to unregister removes the subscription and forgets the key") {
  const Salon salon;
  salon.WebhookJson("register");
  const std::string key = salon.KeyAtProvider();
  CHECK(salon.Webhook("unregister").exit_status == 0);
  CHECK(salon.api.Objects("webhook_subscriptions").root().size() == 0);
  CHECK(salon.running.database.Number("SELECT COUNT(*) FROM webhook_subscriptions") == 0);
  CHECK(Eventually([&] { return salon.PostSigned(key, Webhook("i1")) == 401; }));
  const ProgramResult again = salon.Webhook("unregister");
  CHECK(again.exit_status == 1);
  CHECK(again.err.find("no webhook of calendly is registered") != std::string::npos);
}

TEST_CASE("a week that no webhook told of is stored once") {
  const Salon salon;
  const TestDatabase& database = salon.running.database;
  for (const std::string id : {"a", "b", "c", "d", "e"}) {
    salon.api.Put("scheduled_events", id,
                  Meeting(id, "2026-06-2" + std::to_string(id[0] - 'a') + "T14:00:00.000000Z",
                          "2026-05-06T09:30:00.000000Z"));
  }
  salon.api.Put("scheduled_events", "later",
                Meeting("later", "2026-06-21T15:00:00.000000Z", "2026-05-15T09:30:00.000000Z"));
  const json::Document first = salon.Backfill("2026-05-04T00:00:00Z", "2026-05-11T00:00:00Z");
  CHECK(first.root()["complete"].Bool() == true);
  CHECK(first.root()["pages"].Integer() == 3);
  CHECK(first.root()["created"].Integer() == 5);
  CHECK(first.root()["unusable"].Integer() == 0);
  CHECK(database.Number("SELECT COUNT(*) FROM appointments") == 5);
  CHECK(database.Number("SELECT COUNT(*) FROM contacts") == 5);
  CHECK(database.Text("SELECT DISTINCT Reason FROM deliveries").starts_with("Backfill: "));
  const std::string rows = database.Text("SELECT * FROM appointments ORDER BY 1");

  const json::Document second = salon.Backfill("2026-05-04T00:00:00Z", "2026-05-11T00:00:00Z");
  CHECK(second.root()["bookings"].Integer() == 5);
  CHECK(second.root()["created"].Integer() == 0);
  CHECK(second.root()["pages_with_changes"].Integer() == 0);
  CHECK(database.Text("SELECT * FROM appointments ORDER BY 1") == rows);
}

TEST_CASE("a backfill goes on where the provider was away for a moment") {
  const Salon salon;
  salon.api.Put("scheduled_events", "a",
                Meeting("a", "2026-06-20T14:00:00.000000Z", "2026-05-06T09:30:00.000000Z"));
  salon.api.Script(R"({"status":503,"path":"/scheduled_events","times":1})");
  CHECK(
      salon.Backfill("2026-05-04T00:00:00Z", "2026-05-11T00:00:00Z").root()["created"].Integer() ==
      1);
}

TEST_CASE("a backfill that is interrupted ends in good order, and the next one may begin at once") {
  const Salon salon;
  salon.api.Put("scheduled_events", "a",
                Meeting("a", "2026-06-20T14:00:00.000000Z", "2026-05-06T09:30:00.000000Z"));
  salon.api.Script(R"({"slow":3000,"path":"/scheduled_events","times":1})");
  const std::vector<std::string> command = {"backfill", salon.org(), "calendly", "--since",
                                            "2026-05-04T00:00:00Z"};
  const auto state = [&] { return salon.running.database.Text("SELECT State FROM backfills"); };
  {
    const auto backfill = salon.running.gateway.CommandInBackground(command);
    REQUIRE(Eventually([&] { return salon.api.CountRequests("/scheduled_events") > 0; }));
    CHECK(salon.running.gateway.Command(command).err.find("already") != std::string::npos);
    backfill->Signal(SIGINT);
    CHECK(backfill->Wait(std::chrono::seconds(60)) == 1);
  }
  CHECK(state() == "failed");
  CHECK(salon.running.gateway.JsonOf(command).root()["created"].Integer() == 1);
  CHECK(state() == "done");
}

TEST_CASE("wrong times of a backfill are named") {
  const Salon salon;
  const ProgramResult wrong =
      salon.running.gateway.Command({"backfill", salon.org(), "calendly", "--since", "yesterday"});
  CHECK(wrong.exit_status == 2);
  CHECK(wrong.err.find("--since takes a time") != std::string::npos);
  const ProgramResult reversed =
      salon.running.gateway.Command({"backfill", salon.org(), "calendly", "--since",
                                     "2026-05-04T00:00:00Z", "--until", "2026-05-03T00:00:00Z"});
  CHECK(reversed.exit_status == 2);
  CHECK(reversed.err.find("--until lies before --since") != std::string::npos);
}

}  // namespace
}  // namespace bookgate::tests
