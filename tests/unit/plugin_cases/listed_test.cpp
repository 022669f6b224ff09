// A backfill doubles nothing: what list_bookings tells of a booking is what the webhook of the same
// state would have told, or adds nothing to it. The bookings are those of the plugins' own cases,
// made into the webhooks that the provider would send of them.
#include <doctest/doctest.h>

#include <rapidjson/document.h>
#include <rapidjson/pointer.h>

#include <algorithm>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "booking/event_reader.hpp"
#include "booking/rules.hpp"
#include "unit/plugin_cases/case_folder.hpp"
#include "unit/plugin_cases/driver.hpp"

namespace bookgate::plugin_cases {
namespace {

using json::Value;

/// A loaded plugin that runs cases of its own folder.
class Provider {
 public:
  explicit Provider(const std::string& name) : plugin_(*FindPlugin(name)) {
    auto loaded = Load(plugin_, "{}");
    REQUIRE(std::holds_alternative<translate::Plugin>(loaded));
    loaded_ = std::get<translate::Plugin>(std::move(loaded));
  }

  Case ReadCase(const std::string& name) const {
    CaseFolder read = ReadCaseFolder(plugin_.CasesFolder() / name);
    REQUIRE(read.problems.empty());
    return std::move(read.content);
  }

  /// The events of that case, each as JSON text.
  std::vector<std::string> EventsOf(const Case& content) const {
    const DriveResult result = Drive(*loaded_.runner, content);
    REQUIRE_MESSAGE(std::holds_alternative<translate::Bookings>(result.outcome.result),
                    content.name);
    std::vector<std::string> events;
    for (const Value event : std::get<translate::Bookings>(result.outcome.result).events) {
      events.push_back(JsonText(event));
    }
    return events;
  }

  std::vector<std::string> EventsOf(const std::string& webhook,
                                    const std::filesystem::path& replies = {}) const {
    Case content;
    content.name = "webhook";
    content.body = webhook;
    content.replies = replies;
    content.content_type =
        webhook.starts_with('{') ? "application/json" : "application/x-www-form-urlencoded";
    return EventsOf(content);
  }

 private:
  const PluginUnderTest plugin_;
  translate::Plugin loaded_;
};

/// The body of a case's canned reply.
rapidjson::Document ReplyOf(const Case& content, const std::string& id) {
  const auto text = ReadFile(content.replies / (id + ".json"));
  rapidjson::Document file;
  file.Parse(text.value_or("").c_str());
  REQUIRE_FALSE(file.HasParseError());
  rapidjson::Document body;
  body.CopyFrom(file["body"], body.GetAllocator());
  return body;
}

std::string TextOf(const rapidjson::Value& value) {
  return JsonText(Value(&value));
}

/// The webhooks that Calendly sends of an invitee: the invitee, with the event inside.
std::string CalendlyWebhook(const rapidjson::Value& event, const rapidjson::Value& invitee) {
  rapidjson::Document webhook;
  auto& allocator = webhook.GetAllocator();
  const bool cancelled = std::string(invitee["status"].GetString()) == "canceled";
  rapidjson::Pointer("/event").Set(webhook, cancelled ? "invitee.canceled" : "invitee.created");
  rapidjson::Pointer("/created_at").Set(webhook, "2026-05-08T00:00:00.000000Z");
  rapidjson::Pointer("/payload").Set(webhook, rapidjson::Value(invitee, allocator));
  rapidjson::Pointer("/payload/scheduled_event").Set(webhook, rapidjson::Value(event, allocator));
  return TextOf(webhook);
}

TEST_CASE("calendly: an invitee is told of as its webhook would") {
  const Provider calendly("calendly");
  for (const char* name : {"list-booked-as-the-webhook-would-tell-it", "list-cancelled",
                           "list-rescheduled-gives-both-halves"}) {
    const Case listed = calendly.ReadCase(name);
    const rapidjson::Document events = ReplyOf(listed, "events");
    std::vector<std::string> told;
    for (rapidjson::SizeType i = 0; i < events["collection"].Size(); ++i) {
      const auto invitees = ReplyOf(listed, "invitees-" + std::to_string(i));
      for (const auto& invitee : invitees["collection"].GetArray()) {
        const auto of_one = calendly.EventsOf(CalendlyWebhook(events["collection"][i], invitee));
        told.insert(told.end(), of_one.begin(), of_one.end());
      }
    }
    CHECK_MESSAGE(calendly.EventsOf(listed) == told, name);
  }
}

TEST_CASE("square: a booking is told of as the webhook of its version would") {
  const Provider square("square");
  // The same booking as webhook, with the same names behind its ids.
  const Case webhook = square.ReadCase("created-completed-by-the-api");
  Case listed = square.ReadCase("list-booked-as-the-webhook-would-tell-it");
  std::vector<std::string> told = square.EventsOf(webhook);
  REQUIRE(told.size() == 1);
  const std::string note = R"("notes":"Window seat, please.",)";
  REQUIRE(told.front().find(note) != std::string::npos);
  told.front().erase(told.front().find(note), note.size());
  CHECK(square.EventsOf(listed) == told);
  CHECK(square.EventsOf(square.ReadCase("list-moved-as-the-update-would-tell-it")).size() == 1);
}

TEST_CASE("acuity: an appointment is told of as changed would") {
  const Provider acuity("acuity");
  const Case listed = acuity.ReadCase("list-as-changed-would-tell-it");
  const rapidjson::Document appointments = ReplyOf(listed, "appointments-32");
  std::vector<std::string> told;
  for (const auto& appointment : appointments.GetArray()) {
    // n8n hands on the appointment itself, which takes the same way as the answer of a look-up.
    const auto of_one = acuity.EventsOf(TextOf(appointment));
    told.insert(told.end(), of_one.begin(), of_one.end());
  }
  CHECK(acuity.EventsOf(listed) == told);
}

/// What the events make of a booking, in that order of arrival.
booking::Verdict Decide(const std::vector<std::string>& events) {
  booking::Verdict verdict;
  for (std::size_t i = 0; i < events.size(); ++i) {
    model::Delivery delivery;
    delivery.provider = "calcom";
    delivery.org.time_zone = "UTC";
    delivery.received_at = base::Instant(std::chrono::minutes(30'000'000 + i));
    delivery.id = base::Uuid::Version7(delivery.received_at);
    const auto document = json::Document::Parse(events[i]);
    const auto read = booking::ReadBookingEvents({document->root()}, delivery);
    REQUIRE(std::holds_alternative<std::vector<model::BookingEvent>>(read));
    const auto& event = std::get<std::vector<model::BookingEvent>>(read).front();
    verdict = booking::Decide(verdict.history, booking::Remember(event, delivery, 0));
  }
  return verdict;
}

/// The row without the time of the newest event, which a later look at the same booking moves.
booking::Settled RowOf(const std::vector<std::string>& events) {
  booking::Settled settled = Decide(events).settled;
  settled.facts.occurred_at.reset();
  return settled;
}

constexpr char kCalcomCreated[] = R"({"triggerEvent": "BOOKING_CREATED",
  "createdAt": "2026-05-06T09:30:01.000Z", "payload": {"uid": "h2Kq7xNp4vTzR9wLm3Bc1d",
  "type": "colour-consultation", "eventTitle": "Colour consultation",
  "startTime": "2026-05-20T14:00:00Z", "endTime": "2026-05-20T14:45:00Z", "status": "ACCEPTED",
  "iCalSequence": 0, "location": "12 Harbour Lane, Porto",
  "organizer": {"name": "Rosa Lima", "email": "rosa@salon.example.com"},
  "attendees": [{"name": "Mara Quinn", "email": "mara.quinn@example.com",
                 "timeZone": "Europe/Lisbon", "phoneNumber": "+351210000042"}],
  "responses": {"notes": {"label": "additional_notes", "value": "First visit."},
                "hair-length": {"label": "How long is your hair?", "value": "Long"}}}})";

TEST_CASE("calcom: what is listed changes nothing that a webhook has told, in any order") {
  const Provider calcom("calcom");
  const std::vector<std::string> webhook = calcom.EventsOf(kCalcomCreated);
  const booking::Settled told = RowOf(webhook);
  CHECK(told.facts.appointment_type == "Colour consultation");
  std::vector<std::string> both =
      calcom.EventsOf(calcom.ReadCase("list-booked-as-made-and-as-it-is-now"));
  REQUIRE(both.size() == 2);
  both.push_back(webhook.front());
  std::sort(both.begin(), both.end());
  do {
    CHECK(RowOf(both) == told);
  } while (std::next_permutation(both.begin(), both.end()));
}

TEST_CASE("calcom: a listed cancellation counts, whether or not the booking was told of") {
  const Provider calcom("calcom");
  std::vector<std::string> events = calcom.EventsOf(calcom.ReadCase("list-cancelled"));
  const auto status = [](const std::vector<std::string>& of) {
    return Decide(of).settled.facts.status;
  };
  CHECK(status(events) == model::AppointmentStatus::kCancelled);
  events.push_back(calcom.EventsOf(kCalcomCreated).front());
  std::sort(events.begin(), events.end());
  do {
    CHECK(status(events) == model::AppointmentStatus::kCancelled);
    CHECK(Decide(events).settled.facts.appointment_type == "Colour consultation");
  } while (std::next_permutation(events.begin(), events.end()));
}

TEST_CASE("a second backfill says nothing new") {
  constexpr std::pair<const char*, const char*> kCases[] = {
      {"calendly", "list-booked-as-the-webhook-would-tell-it"},
      {"calcom", "list-cancelled"},
      {"square", "list-booked-as-the-webhook-would-tell-it"},
      {"acuity", "list-no-show-is-a-canceled-one"}};
  for (const auto& listed : kCases) {
    const char* const name = listed.first;
    const Provider provider(name);
    const std::vector<std::string> once = provider.EventsOf(provider.ReadCase(listed.second));
    std::vector<std::string> twice = once;
    twice.insert(twice.end(), once.begin(), once.end());
    CHECK_MESSAGE(Decide(twice).duplicate, name);
    CHECK_MESSAGE(Decide(twice).settled == Decide(once).settled, name);
  }
}

}  // namespace
}  // namespace bookgate::plugin_cases
