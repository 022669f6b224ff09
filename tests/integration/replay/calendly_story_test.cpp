// What users of every comparable integration complain about most: a Calendly booking, rescheduled
// twice and cancelled, whose six webhooks arrive in reverse order and each one twice.
#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "support/test_gateway.hpp"

namespace {

using namespace bookgate::tests;

std::string Uri(const std::string& invitee) {
  return "https://api.calendly.com/scheduled_events/EV" + invitee + "/invitees/" + invitee;
}

/// A webhook of Calendly's about that invitee. `hour` is that of the start; `minute` says when it
/// was sent.
std::string Webhook(const std::string& event, const std::string& invitee, int hour, int minute,
                    const std::string& more) {
  const std::string start = "2026-12-01T" + std::to_string(hour);
  return R"({"event":")" + event + R"(","created_at":"2026-11-20T10:)" + std::to_string(minute) +
         R"(:00.000000Z","payload":{"uri":")" + Uri(invitee) +
         R"(","email":"ana@example.com","name":"Ana","timezone":"Europe/Lisbon",)" + more +
         R"("scheduled_event":{"uri":"https://api.calendly.com/scheduled_events/EV)" + invitee +
         R"(","name":"Consultation","start_time":")" + start + R"(:00:00.000000Z","end_time":")" +
         start + R"(:30:00.000000Z"}}})";
}

/// The old and the new half of moving from one invitee to the next.
std::string OldHalf(const std::string& from, const std::string& to, int hour, int minute) {
  return Webhook("invitee.canceled", from, hour, minute,
                 R"("status":"canceled","rescheduled":true,"old_invitee":null,"new_invitee":")" +
                     Uri(to) + R"(",)");
}

std::string NewHalf(const std::string& from, const std::string& to, int hour, int minute) {
  return Webhook("invitee.created", to, hour, minute,
                 R"("status":"active","rescheduled":false,"new_invitee":null,"old_invitee":")" +
                     Uri(from) + R"(",)");
}

std::vector<std::string> Story() {
  return {
      Webhook("invitee.created", "A", 10, 10, R"("status":"active","rescheduled":false,)"),
      OldHalf("A", "B", 10, 20),
      NewHalf("A", "B", 12, 20),
      OldHalf("B", "C", 12, 30),
      NewHalf("B", "C", 15, 30),
      Webhook("invitee.canceled", "C", 15, 40,
              R"("status":"canceled","rescheduled":false,"cancellation":{"reason":"ill"},)"),
  };
}

void CheckEnd(const RunningGateway& running) {
  CHECK(running.database.Text("SELECT Status, StartTime, RIGHT(ExternalID, 1) FROM appointments") ==
        "cancelled | 2026-12-01 15:00:00.000 | C");
  const auto listed = running.gateway.JsonOf({"appointments", running.org.id});
  REQUIRE(listed.root().size() == 1);
  CHECK(listed.root()[0]["status"].Text() == "cancelled");
  CHECK(running.database.Number("SELECT COUNT(*) FROM contacts") == 1);
}

}  // namespace

TEST_CASE("Calendly: six webhooks in reverse order, each one twice") {
  const RunningGateway running;
  std::vector<std::string> webhooks = Story();
  std::vector<std::string> ids;
  for (auto webhook = webhooks.rbegin(); webhook != webhooks.rend(); ++webhook) {
    for (int twice = 0; twice < 2; ++twice) {
      const HttpReply reply = running.Post(*webhook);
      REQUIRE(reply.status == 200);
    }
  }
  CheckEnd(running);
}

TEST_CASE("Calendly: the same in order") {
  const RunningGateway running;
  for (const std::string& webhook : Story()) REQUIRE(running.Post(webhook).status == 200);
  CheckEnd(running);
}
