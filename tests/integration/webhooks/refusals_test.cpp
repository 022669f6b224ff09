// Requests whose body is no booking: told to who is just building an automation, kept quietly for
// who would switch the webhook off. Either way the delivery is kept, and says what was wrong.
#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "support/case_bodies.hpp"
#include "support/test_gateway.hpp"

namespace bookgate::tests {
namespace {

/// Stands in bodies, and must not be in any answer to them.
constexpr const char* kMark = "Xq7Marker";

struct Refused {
  std::string body;
  std::string pointer;
  std::string code;
};

TEST_CASE("what is no booking yet is told with pointers, and kept as refused") {
  const RunningGateway running;
  const std::vector<Refused> cases = {
      {R"({"customer_email":"Xq7Marker)", "", "not_json"},
      {"Xq7Marker", "", "not_json"},
      {"", "", "empty_body"},
      {R"({"customer_name":"Xq7Marker"})", "/customer_email", "missing"},
      {R"({"customer_email":"Xq7Marker"})", "/customer_email", "bad_email"},
      {R"({"customer_email":"a@example.com","start_time":"Xq7Marker"})", "/start_time",
       "bad_timestamp"},
      {R"({"email":"a@example.com","startTime":"Xq7Marker"})", "/startTime", "bad_timestamp"},
      {R"({"customer_email":"a@example.com","duration_minutes":"Xq7Marker"})", "/duration_minutes",
       "bad_duration"},
      {R"({"customer_email":"a@example.com","duration_minutes":14401})", "/duration_minutes",
       "bad_duration"},
      {R"({"customer_email":"a@example.com","action":"Xq7Marker"})", "/action", "bad_action"},
  };
  for (const Refused& refused : cases) {
    CAPTURE(refused.body);
    const HttpReply reply = running.Post(refused.body);
    CHECK(reply.status == 422);
    CHECK(reply.headers.at("content-type") == "application/problem+json; charset=utf-8");
    CHECK(reply.body.find(kMark) == std::string::npos);
    const json::Document problem = ParseJson(reply.body);
    CHECK(problem.root()["type"].Text().value().starts_with("urn:bookgate:problem:"));
    CHECK(problem.root()["status"].Integer() == 422);
    CHECK(problem.root()["title"].Text().has_value());
    const json::Value error = problem.root()["errors"][0];
    CHECK(error["pointer"].RawString() == refused.pointer);
    CHECK(error["code"].Text() == refused.code);
    CHECK(error["message"].Text().has_value());

    const std::string id = problem.root()["delivery_id"].Text().value();
    const json::Document kept = running.gateway.JsonOf({"deliveries", "show", id});
    CHECK(kept.root()["outcome"].Text() == "refused");
    CHECK(kept.root()["body"].RawString() == refused.body);
    CHECK(kept.root()["reason"].Text().has_value());
    CHECK(kept.root().At("/problems/0/pointer").RawString() == refused.pointer);
    CHECK(kept.root().At("/problems/0/code").Text() == refused.code);
  }
  CHECK(running.database.Text("SELECT Outcome, COUNT(*), MAX(AppointmentID IS NULL) "
                              "FROM deliveries GROUP BY Outcome") ==
        "refused | " + std::to_string(cases.size()) + " | 1");
  CHECK(running.database.Number("SELECT COUNT(*) FROM contacts") == 0);
}

TEST_CASE("everything that is wrong is told at once") {
  const RunningGateway running;
  const HttpReply reply = running.Post(
      R"({"customer_email":"nobody","start_time":"soon","duration_minutes":"an hour"})");
  REQUIRE(reply.status == 422);
  CHECK(ParseJson(reply.body).root()["errors"].size() == 3);
}

TEST_CASE("native providers' nonsense is kept as a dead letter and acknowledged") {
  const RunningGateway running;
  struct Nonsense {
    std::string provider;
    std::string body;
  };
  const std::vector<Nonsense> cases = {
      {"calendly", "not JSON at all"},
      {"calendly", ""},
      {"calendly", "[]"},
      {"calendly", CaseBody("calendly", "email-missing")},
      {"calendly", CaseBody("calendly", "start-time-invalid")},
      {"calcom", "{}"},
      {"calcom", CaseBody("calcom", "email-invalid")},
      {"square", R"({"type":"booking.created","merchant_id":"M","data":{}})"},
      {"square", std::string("\xff\xfe\x00\x01", 4)},
  };
  for (const Nonsense& nonsense : cases) {
    CAPTURE(nonsense.provider);
    CAPTURE(nonsense.body);
    WebhookOptions options;
    options.provider = nonsense.provider;
    const HttpReply reply = running.Post(nonsense.body, options);
    CHECK(reply.status == 202);
    const json::Document answer = ParseJson(reply.body);
    CHECK(answer.root()["held"].Bool() == true);
    CHECK(answer.root()["reason"].Text() == "not_understood");
    CHECK(running.database.Text("SELECT Provider, Outcome, Reason <> '', Problems <> '', "
                                "LENGTH(Body) FROM deliveries ORDER BY DeliveryID DESC LIMIT 1") ==
          nonsense.provider + " | dead | 1 | 1 | " + std::to_string(nonsense.body.size()));
  }
  const json::Document dead =
      running.gateway.JsonOf({"deliveries", "list", running.org.id, "--outcome", "dead"});
  CHECK(dead.root().size() == cases.size());
}

TEST_CASE("a plugin at fault costs its delivery and nothing else") {
  const RunningGateway running(ConfigKeys{
      {"plugins.bad.enabled", "true"},
      {"plugins.bad.library", "\"" BOOKGATE_BINARY_DIR "/bad_plugins/throws.so\""},
      {"plugins.bad.lookup_hosts", "[\"api.example.com\"]"},
  });
  WebhookOptions options;
  options.provider = "bad";
  const std::string body = R"({"customer_email":"ann@example.com","external_id":"1"})";
  const HttpReply reply = running.Post(body, options);
  CHECK(reply.status == 202);
  CHECK(ParseJson(reply.body).root()["reason"].Text() == "plugin_failed");
  CHECK(running.database.Text("SELECT Provider, Outcome FROM deliveries") == "bad | dead");
  CHECK(running.Post(body).status == 200);
}

TEST_CASE("an event about a booking that never came needs an id, and then no customer") {
  const RunningGateway running;
  const HttpReply known = running.Post(R"({"action":"cancelled","external_id":"later"})");
  CHECK(known.status == 200);
  CHECK(ParseJson(known.body).root()["appointment_id"].is_null());
  CHECK(running.Post(R"({"action":"cancelled"})").status == 422);
  CHECK(running.database.Number("SELECT COUNT(*) FROM appointments") == 0);
  const HttpReply booked =
      running.Post(R"({"customer_email":"ann@example.com","external_id":"later"})");
  CHECK(booked.status == 200);
  CHECK(ParseJson(booked.body).root()["status"].Text() == "cancelled");
  CHECK(ParseJson(booked.body).root()["created"].Bool() == true);
}

}  // namespace
}  // namespace bookgate::tests
