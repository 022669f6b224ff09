#include "booking_bodies.hpp"

#include <algorithm>

namespace bookgate::bench {
namespace {

constexpr std::size_t kDigits = 10;
constexpr std::string_view kPlace = "##########";

constexpr std::string_view kNormalized =
    R"({"customer_email":"person-##########@example.com","customer_name":"Person ##########",)"
    R"("customer_phone":"+1 202 555 0142","start_time":"2031-03-04T15:30:00Z",)"
    R"("duration_minutes":45,"time_zone":"America/New_York","appointment_type":"First fitting",)"
    R"("notes":"Brings the old pair along.","location":"12 Mill Lane","host_name":"Robin Host",)"
    R"("external_id":"bench-##########"})";

constexpr std::string_view kCalendly =
    R"({"created_at":"2031-02-01T09:12:13.000000Z",)"
    R"("created_by":"https://api.calendly.com/users/BENCHUSER0000001","event":"invitee.created",)"
    R"("payload":{"cancel_url":"https://calendly.com/cancellations/bench-##########",)"
    R"("created_at":"2031-02-01T09:12:12.345678Z","email":"person-##########@example.com",)"
    R"("event":"https://api.calendly.com/scheduled_events/BENCHEVENT##########",)"
    R"("first_name":null,"last_name":null,"name":"Person ##########","new_invitee":null,)"
    R"("no_show":null,"old_invitee":null,"payment":null,"questions_and_answers":[)"
    R"({"answer":"First fitting","position":0,"question":"How can we help you?"},)"
    R"({"answer":"Brings the old pair along.","position":1,"question":"Anything we should know?"}],)"
    R"("reschedule_url":"https://calendly.com/reschedulings/bench-##########",)"
    R"("rescheduled":false,"routing_form_submission":null,"scheduled_event":{)"
    R"("created_at":"2031-02-01T09:12:12.300000Z","end_time":"2031-03-04T16:15:00.000000Z",)"
    R"("event_guests":[],"event_memberships":[{"user":"https://api.calendly.com/users/BENCHUSER0000001",)"
    R"("user_email":"robin@example.com","user_name":"Robin Host"}],)"
    R"("event_type":"https://api.calendly.com/event_types/BENCHTYPE0000001",)"
    R"("invitees_counter":{"active":1,"limit":1,"total":1},)"
    R"("location":{"location":"12 Mill Lane","type":"physical"},"name":"First fitting",)"
    R"("start_time":"2031-03-04T15:30:00.000000Z","status":"active",)"
    R"("updated_at":"2031-02-01T09:12:12.300000Z",)"
    R"("uri":"https://api.calendly.com/scheduled_events/BENCHEVENT##########"},"status":"active",)"
    R"("text_reminder_number":"+1 202-555-0142","timezone":"America/New_York","tracking":{},)"
    R"("updated_at":"2031-02-01T09:12:12.345678Z","uri":)"
    R"("https://api.calendly.com/scheduled_events/BENCHEVENT##########/invitees/bench-##########"}})";

std::string Digits(std::uint64_t number) {
  std::string digits = std::to_string(number);
  digits.insert(0, kDigits - std::min(kDigits, digits.size()), '0');
  return digits;
}

}  // namespace

BodyKind KindOf(std::uint64_t booking) {
  return booking % 2 == 0 ? BodyKind::kNormalized : BodyKind::kCalendly;
}

std::string ExternalId(std::uint64_t booking) {
  return "bench-" + Digits(booking);
}

std::string CustomerEmail(std::uint64_t booking) {
  return "person-" + Digits(booking) + "@example.com";
}

NumberedText::NumberedText(std::string text) : text_(std::move(text)) {
  for (std::size_t at = text_.find(kPlace); at != std::string::npos;
       at = text_.find(kPlace, at + kDigits)) {
    places_.push_back(at);
  }
}

std::string_view NumberedText::With(std::uint64_t number) {
  const std::string digits = Digits(number);
  for (const std::size_t at : places_) text_.replace(at, kDigits, digits, 0, kDigits);
  return text_;
}

std::string BodyTemplate(BodyKind kind) {
  return std::string(kind == BodyKind::kNormalized ? kNormalized : kCalendly);
}

}  // namespace bookgate::bench
