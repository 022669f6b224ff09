// The same booking again: at once, as retries, under the ids that senders give, or none. Whatever
// happens, it is one appointment, and exactly one answer says that it was created.
#include <doctest/doctest.h>

#include <algorithm>
#include <set>
#include <string>

#include "support/at_once.hpp"
#include "support/case_bodies.hpp"
#include "support/test_gateway.hpp"

namespace bookgate::tests {
namespace {

/// A body without any id, of that customer at that time.
std::string Anonymous(const std::string& email, const std::string& start) {
  return R"({"customer_email":")" + email + R"(","start_time":")" + start +
         R"(","appointment_type":"Haircut"})";
}

struct Ids {
  std::int64_t appointment = 0;
  bool created = false;
};

Ids IdsOf(const HttpReply& reply) {
  const json::Document answer = ParseJson(reply.body);
  return {answer.root()["appointment_id"].Integer().value_or(-1),
          answer.root()["created"].Bool().value_or(false)};
}

WebhookOptions WithHeader(const std::string& header) {
  WebhookOptions options;
  options.headers.push_back(header);
  return options;
}

/// What all answers about one booking have in common.
std::string Booking(json::Value answer) {
  return answer["appointment_id"].Text().value_or("none") + " " +
         answer["contact_id"].Text().value_or("none") + " " + answer["status"].Text().value_or("");
}

void CheckTenAtOnce(const std::string& body) {
  const RunningGateway running;
  const std::vector<HttpReply> replies =
      AtOnce(10, [&](std::size_t) { return running.Post(body); });
  int created = 0;
  int contact_created = 0;
  std::set<std::string> bookings;
  std::set<std::string> deliveries;
  for (const HttpReply& reply : replies) {
    REQUIRE(reply.status == 200);
    const json::Document answer = ParseJson(reply.body);
    created += answer.root()["created"].Bool().value() ? 1 : 0;
    contact_created += answer.root()["contact_created"].Bool().value() ? 1 : 0;
    bookings.insert(Booking(answer.root()));
    deliveries.insert(answer.root()["delivery_id"].Text().value());
  }
  CHECK(created == 1);
  CHECK(contact_created == 1);
  CHECK(bookings.size() == 1);
  CHECK(deliveries.size() == 10);
  CHECK(running.database.Number("SELECT COUNT(*) FROM appointments") == 1);
  CHECK(running.database.Number("SELECT COUNT(*) FROM contacts") == 1);
  CHECK(running.database.Text("SELECT Outcome, COUNT(*), COUNT(DISTINCT AppointmentID) "
                              "FROM deliveries GROUP BY Outcome ORDER BY Outcome") ==
        "stored | 1 | 1\nduplicate | 9 | 1");
}

TEST_CASE("ten times at once: one row, ten equal answers, one of which says created") {
  SUBCASE("normalized") {
    CheckTenAtOnce(CaseBody("generic", "documented-names-in-full"));
  }
  SUBCASE("Calendly") {
    CheckTenAtOnce(CaseBody("calendly", "invitee-created-with-everything-inline"));
  }
  SUBCASE("Cal.com") {
    CheckTenAtOnce(CaseBody("calcom", "created-with-its-members-in-another-order"));
  }
  SUBCASE("without an id") {
    CheckTenAtOnce(Anonymous("ann@example.com", "2026-06-15T14:00:00Z"));
  }
}

TEST_CASE("a repeat after other bookings gets the ids of the first") {
  const RunningGateway running;
  const std::string body = CaseBody("generic", "documented-names-in-full");
  const HttpReply first = running.Post(body);
  for (int i = 0; i < 3; ++i) {
    running.Post(R"({"customer_email":"other@example.com","external_id":)" + std::to_string(i) +
                 "}");
  }
  const HttpReply again = running.Post(body);
  CHECK(again.status == 200);
  CHECK(IdsOf(again).appointment == IdsOf(first).appointment);
  CHECK_FALSE(IdsOf(again).created);
  CHECK(ParseJson(again.body).root()["delivery_id"].Text() !=
        ParseJson(first.body).root()["delivery_id"].Text());
}

TEST_CASE("an id is one of its source and its org") {
  RunningGateway running;
  const TestOrg other = running.gateway.MakeOrg("Other shop");
  REQUIRE(
      Eventually([&] { return running.gateway.Post(other, R"({"type":"ping"})").status == 200; }));
  const std::string website =
      R"({"customer_email":"a@example.com","external_id":"7","source":"website"})";
  const std::string acuity =
      R"({"customer_email":"a@example.com","external_id":"7","source":"acuity"})";
  CHECK(IdsOf(running.Post(website)).created);
  CHECK(IdsOf(running.Post(acuity)).created);
  CHECK(IdsOf(running.gateway.Post(other, website)).created);
  CHECK_FALSE(IdsOf(running.Post(website)).created);
  CHECK(running.database.Text("SELECT Name, COUNT(*) FROM appointments "
                              "JOIN orgs USING (OrgID) GROUP BY OrgID ORDER BY OrgID") ==
        "Shop | 2\nOther shop | 1");
  CHECK(running.database.Number("SELECT COUNT(*) FROM contacts") == 2);
}

TEST_CASE("without an external_id, what the request is retried under is the identity") {
  const RunningGateway running;
  for (const std::string header : {"Idempotency-Key", "webhook-id", "svix-id"}) {
    CAPTURE(header);
    const std::string body = R"({"customer_email":"ann@example.com"})";
    const WebhookOptions first = WithHeader(header + ": " + header + "-1");
    const WebhookOptions second = WithHeader(header + ": " + header + "-2");
    const Ids created = IdsOf(running.Post(body, first));
    CHECK(created.created);
    CHECK(IdsOf(running.Post(body, first)).appointment == created.appointment);
    CHECK_FALSE(IdsOf(running.Post(body, first)).created);
    CHECK(IdsOf(running.Post(body, second)).created);
  }
  CHECK(running.database.Number("SELECT COUNT(*) FROM appointments") == 6);
}

TEST_CASE("without any id, source, email, start time and type are the identity") {
  const RunningGateway running;
  const std::string body = Anonymous("Ann@Example.com", "2026-06-15T14:00:00Z");
  CHECK(IdsOf(running.Post(body)).created);
  CHECK_FALSE(IdsOf(running.Post(body)).created);
  // The same person and moment, written otherwise.
  CHECK_FALSE(
      IdsOf(running.Post(Anonymous("ann@example.com", "2026-06-15T16:00:00+02:00"))).created);
  CHECK(IdsOf(running.Post(Anonymous("ann@example.com", "2026-06-15T15:00:00Z"))).created);
  CHECK(IdsOf(running.Post(Anonymous("bob@example.com", "2026-06-15T14:00:00Z"))).created);
}

TEST_CASE("without id and start time, each delivery is an appointment of its own") {
  const RunningGateway running;
  const std::string body = R"({"customer_email":"ann@example.com"})";
  CHECK(IdsOf(running.Post(body)).created);
  CHECK(IdsOf(running.Post(body)).created);
  CHECK(running.database.Number("SELECT COUNT(*) FROM appointments") == 2);
  CHECK(running.database.Number("SELECT COUNT(*) FROM contacts") == 1);
}

TEST_CASE("an external_id of 190 bytes is taken, one of 191 is refused, and none is cut") {
  const RunningGateway running;
  const auto body = [](std::size_t size) {
    return R"({"customer_email":"ann@example.com","external_id":")" + std::string(size, 'x') +
           R"("})";
  };
  CHECK(running.Post(body(190)).status == 200);
  CHECK(running.Post(body(191)).status == 422);
  CHECK(running.database.Text("SELECT LENGTH(ExternalID) FROM appointments") == "190");
}

TEST_CASE("several bookings in one body are answered in its order") {
  const RunningGateway running;
  running.Post(R"({"customer_email":"bob@example.com","external_id":"2"})");
  const HttpReply reply =
      running.Post(R"([{"customer_email":"ann@example.com","external_id":"1"},)"
                   R"({"customer_email":"bob@example.com","external_id":"2"},)"
                   R"({"customer_email":"ann@example.com","external_id":"3"}])");
  REQUIRE(reply.status == 200);
  const json::Document answer = ParseJson(reply.body);
  const json::Value appointments = answer.root()["appointments"];
  REQUIRE(appointments.size() == 3);
  const std::vector<std::pair<std::string, bool>> expected = {
      {"1", true}, {"2", false}, {"3", true}};
  for (std::size_t i = 0; i < expected.size(); ++i) {
    CHECK(appointments[i]["created"].Bool() == expected[i].second);
    CHECK(appointments[i]["appointment_id"].Integer() ==
          running.database.Number("SELECT AppointmentID FROM appointments WHERE ExternalID = '" +
                                  expected[i].first + "'"));
  }
  CHECK(answer.root()["delivery_id"].Text().has_value());
  CHECK(running.database.Number("SELECT COUNT(*) FROM contacts") == 2);
  CHECK(running.database.Number("SELECT COUNT(*) FROM deliveries") == 2);
}

TEST_CASE("of several bookings in one body, all are stored or none") {
  const RunningGateway running;
  const HttpReply reply = running.Post(
      R"([{"customer_email":"ann@example.com","external_id":"1"},)"
      R"({"customer_email":"bob@example.com","external_id":"2","start_time":"soon"}])");
  CHECK(reply.status == 422);
  CHECK(ParseJson(reply.body).root().At("/errors/0/pointer").Text() == "/1/start_time");
  CHECK(running.database.Number("SELECT COUNT(*) FROM appointments") == 0);
  CHECK(running.database.Number("SELECT COUNT(*) FROM contacts") == 0);
  CHECK(running.database.Text("SELECT Outcome FROM deliveries") == "refused");
}

}  // namespace
}  // namespace bookgate::tests
