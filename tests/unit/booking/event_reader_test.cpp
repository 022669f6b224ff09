// What translators emit, checked and made into booking events.
#include <doctest/doctest.h>

#include "booking/event_reader.hpp"
#include "booking/fold.hpp"
#include "booking/local_time.hpp"

namespace {

using namespace bookgate;
using model::BookingEvent;
using model::Problem;

model::Delivery TheDelivery() {
  model::Delivery delivery;
  delivery.id = *base::Uuid::Parse("01971234-5678-7abc-8def-0123456789ab");
  delivery.org = {1, "abcdefgh12345678", "Europe/Lisbon"};
  delivery.provider = "generic";
  return delivery;
}

booking::ReadEvents Read(std::string_view text, const model::Delivery& delivery = TheDelivery()) {
  const auto document = json::Document::Parse(text);
  REQUIRE(document);
  std::vector<json::Value> events;
  const json::Value root = document->root();
  if (root.is_array()) {
    for (std::size_t i = 0; i < root.size(); ++i) events.push_back(root[i]);
  } else {
    events.push_back(root);
  }
  return booking::ReadBookingEvents(events, delivery);
}

BookingEvent One(std::string_view text, const model::Delivery& delivery = TheDelivery()) {
  booking::ReadEvents read = Read(text, delivery);
  REQUIRE(std::holds_alternative<std::vector<BookingEvent>>(read));
  REQUIRE(std::get<std::vector<BookingEvent>>(read).size() == 1);
  return std::get<std::vector<BookingEvent>>(read).front();
}

/// The pointer and code of the only problem.
std::pair<std::string, std::string> ProblemOf(std::string_view text) {
  const booking::ReadEvents read = Read(text);
  REQUIRE(std::holds_alternative<std::vector<Problem>>(read));
  const auto& problems = std::get<std::vector<Problem>>(read);
  REQUIRE(problems.size() == 1);
  return {problems.front().pointer, problems.front().code};
}

base::Instant At(std::string_view text) {
  return base::Instant(std::chrono::microseconds(ParseTimestamp(text)->microseconds));
}

}  // namespace

TEST_CASE("a full event keeps everything, with keys made and times resolved") {
  const BookingEvent event = One(R"({"action":"rescheduled","external_id":"new","source":"website",
    "previous_external_id":"old","customer_email":" Ana.Sousa@Example.COM ","customer_name":"Ana",
    "customer_phone":"+351 912-345-678","start_time":"2026-06-15T14:00:00+01:00",
    "end_time":"2026-06-15T14:45:00+01:00","time_zone":"Europe/Lisbon","appointment_type":"Cut",
    "notes":"n","location":"l","host_name":"h","host_email":"h@example.com","referred_by":"r",
    "cancel_reason":"c","occurred_at":"2026-06-01T00:00:00.123456Z","sequence":7,
    "answers":[{"question":"q","answer":"a"},{"question":"","answer":""}]})");
  CHECK(event.action == model::Action::kRescheduled);
  CHECK(event.source == "website");
  CHECK(event.email_key == "ana.sousa@example.com");
  CHECK(event.customer_email == "Ana.Sousa@Example.COM");
  CHECK(event.phone_key == "351912345678");
  CHECK(event.start_time == At("2026-06-15T13:00:00Z"));
  CHECK(event.duration_minutes == 45);
  CHECK(event.occurred_at == At("2026-06-01T00:00:00.123456Z"));
  CHECK(event.sequence == 7);
  CHECK(event.answers.size() == 1);
  CHECK_FALSE(event.external_id_is_ours);
}

TEST_CASE("a time without an offset is read off the org's clock") {
  CHECK(
      One(R"({"customer_email":"a@example.com","start_time":"2026-06-15T14:00:00"})").start_time ==
      At("2026-06-15T13:00:00Z"));
  CHECK(
      One(R"({"customer_email":"a@example.com","start_time":"2026-12-15T14:00:00"})").start_time ==
      At("2026-12-15T14:00:00Z"));
  model::Delivery delivery = TheDelivery();
  delivery.org.time_zone = "Nowhere/Land";
  CHECK(std::holds_alternative<std::vector<Problem>>(
      Read(R"({"customer_email":"a@example.com","start_time":"2026-06-15T14:00:00"})", delivery)));
}

TEST_CASE("a skipped hour counts with the offset before it, a doubled one is the first") {
  // Europe/Lisbon: 2026-03-29 01:00 becomes 02:00; 2026-10-25 02:00 becomes 01:00.
  CHECK(booking::ToInstant(*ParseTimestamp("2026-03-29T01:30:00"), "Europe/Lisbon") ==
        At("2026-03-29T01:30:00Z"));
  CHECK(booking::ToInstant(*ParseTimestamp("2026-10-25T01:30:00"), "Europe/Lisbon") ==
        At("2026-10-25T00:30:00Z"));
}

TEST_CASE("an event without an id gets one that its retry gets too") {
  const std::string body =
      R"({"customer_email":"a@example.com","start_time":"2026-06-15T14:00:00Z","appointment_type":"T"})";
  model::Delivery retry = TheDelivery();
  retry.id = base::Uuid::Version7(base::SystemNow());
  const BookingEvent first = One(body);
  CHECK(first.external_id_is_ours);
  CHECK(first.external_id == One(body, retry).external_id);
  CHECK(first.external_id.size() <= 190);

  SUBCASE("another start, customer or type is another booking") {
    CHECK(
        first.external_id !=
        One(R"({"customer_email":"a@example.com","start_time":"2026-06-15T14:30:00Z","appointment_type":"T"})")
            .external_id);
    CHECK(
        first.external_id !=
        One(R"({"customer_email":"b@example.com","start_time":"2026-06-15T14:00:00Z","appointment_type":"T"})")
            .external_id);
    CHECK(
        first.external_id !=
        One(R"({"customer_email":"a@example.com","start_time":"2026-06-15T14:00:00Z","appointment_type":"U"})")
            .external_id);
  }
  SUBCASE("the request's key comes before the fingerprint") {
    retry.headers.push_back({"idempotency-key", "abc"});
    CHECK(One(body, retry).external_id == "key:abc");
    retry.headers.front().value = std::string(500, 'x');
    CHECK(One(body, retry).external_id.starts_with("keyhash:"));
  }
  SUBCASE("without a start time each delivery is an appointment of its own") {
    CHECK(One(R"({"customer_email":"a@example.com"})").external_id !=
          One(R"({"customer_email":"a@example.com"})", retry).external_id);
  }
}

TEST_CASE("several events of one keyed request are told apart") {
  model::Delivery delivery = TheDelivery();
  delivery.headers.push_back({"webhook-id", "msg_1"});
  const booking::ReadEvents read =
      Read(R"([{"customer_email":"a@example.com"},{"customer_email":"b@example.com"}])", delivery);
  const auto& events = std::get<std::vector<BookingEvent>>(read);
  CHECK(events[0].external_id == "key:msg_1");
  CHECK(events[1].external_id == "key:msg_1#1");
}

TEST_CASE("numbers where text is meant are taken as their text") {
  CHECK(One(R"({"customer_email":"a@example.com","external_id":12345})").external_id == "12345");
}

TEST_CASE("what is wrong is said with its place") {
  using Pair = std::pair<std::string, std::string>;
  CHECK(ProblemOf(R"({"customer_email":"nobody"})") == Pair("/customer_email", "bad_email"));
  CHECK(ProblemOf(R"({"start_time":"tomorrow"})") == Pair("/start_time", "bad_timestamp"));
  CHECK(ProblemOf(R"({"duration_minutes":-1})") == Pair("/duration_minutes", "bad_duration"));
  CHECK(ProblemOf(R"({"duration_minutes":14401})") == Pair("/duration_minutes", "bad_duration"));
  CHECK(ProblemOf(R"({"start_time":"2026-01-02T00:00:00Z","end_time":"2026-01-01T00:00:00Z"})") ==
        Pair("/end_time", "bad_duration"));
  CHECK(ProblemOf(R"({"action":"vanished"})") == Pair("/action", "bad_action"));
  CHECK(ProblemOf(R"({"sequence":"seven"})") == Pair("/sequence", "bad_type"));
  CHECK(ProblemOf(R"({"customer_name":{"first":"A"}})") == Pair("/customer_name", "bad_type"));
  CHECK(ProblemOf(R"({"external_id":")" + std::string(191, 'x') + R"("})") ==
        Pair("/external_id", "too_long"));
  CHECK(ProblemOf(R"([{"customer_email":"a@example.com"},{"customer_email":"nobody"}])") ==
        Pair("/1/customer_email", "bad_email"));
}

TEST_CASE("an address that a provider made up is nobody's") {
  const BookingEvent event =
      One(R"({"customer_email":"351912345678@sms.cal.com","customer_phone":"+351912345678"})");
  CHECK(event.customer_email.empty());
  CHECK(event.email_key.empty());
  CHECK(event.names_customer());
}

TEST_CASE("case is folded as Unicode does, and nothing else is") {
  CHECK(booking::FoldCase("  JOSÉ@Example.COM ") == "josé@example.com");
  CHECK(booking::FoldCase("STRASSE@x.de") != booking::FoldCase("STRASE@x.de"));
  CHECK(booking::FoldCase("straße@x.de") == "strasse@x.de");
  CHECK(booking::FoldCase("jose@example.com") != booking::FoldCase("josé@example.com"));
  CHECK(booking::FoldCase("a.b+c@example.com") == "a.b+c@example.com");
  CHECK(booking::PhoneDigits("+1 (404) 555-1234") == "14045551234");
  CHECK(booking::PhoneDigits("n/a") == "");
}
