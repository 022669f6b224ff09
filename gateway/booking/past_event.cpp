#include "booking/past_event.hpp"

#include <chrono>
#include <tuple>

#include "base/json_writer.hpp"

namespace bookgate::booking {
namespace {

/// A finer value would be rounded by DATETIME(3), and then differ from itself when it is read
/// again.
base::Instant WholeMilliseconds(base::Instant instant) {
  return base::Instant(std::chrono::floor<std::chrono::milliseconds>(instant));
}

std::string AnswersAsJson(const std::vector<model::Answer>& answers) {
  if (answers.empty()) return {};
  base::JsonWriter out;
  out.Array();
  for (const model::Answer& answer : answers) {
    out.Object().Member("question", answer.question).Member("answer", answer.answer).EndObject();
  }
  return out.EndArray().Text();
}

}  // namespace

PastEvent Remember(const model::BookingEvent& event, const model::Delivery& delivery,
                   std::size_t index) {
  PastEvent past;
  if (event.start_time) past.start_time = WholeMilliseconds(*event.start_time);
  past.duration_minutes = event.duration_minutes;
  past.time_zone = event.time_zone;
  past.appointment_type = event.appointment_type;
  past.notes = event.notes;
  past.location = event.location;
  past.host_name = event.host_name;
  past.host_email = event.host_email;
  past.cancel_reason = event.cancel_reason;
  past.answers = AnswersAsJson(event.answers);
  past.action = event.action;
  past.superseded = event.superseded;
  past.external_id = event.external_id;
  if (event.previous_external_id != event.external_id) {
    past.previous_external_id = event.previous_external_id;
  }
  if (event.action == model::Action::kCancelled && event.next_external_id != event.external_id) {
    past.next_external_id = event.next_external_id;
  }
  past.sequence = event.sequence;
  past.occurred_at = event.occurred_at;
  past.observed_at = WholeMilliseconds(delivery.looked_up_at.value_or(delivery.received_at));
  past.delivery_id = delivery.id;
  past.index = static_cast<std::int32_t>(index);
  return past;
}

bool SaysTheSame(const PastEvent& a, const PastEvent& b) {
  PastEvent other = b;
  other.observed_at = a.observed_at;
  other.delivery_id = a.delivery_id;
  other.index = a.index;
  return other == a;
}

bool CameBefore(const PastEvent& a, const PastEvent& b) {
  return std::tie(a.observed_at, a.delivery_id, a.index) <
         std::tie(b.observed_at, b.delivery_id, b.index);
}

bool IsSuperseded(const PastEvent& event) {
  return event.action == model::Action::kCancelled &&
         (event.superseded || !event.next_external_id.empty());
}

std::vector<std::string> IdsOf(const PastEvent& event) {
  std::vector<std::string> ids = {event.external_id};
  if (!event.previous_external_id.empty()) ids.push_back(event.previous_external_id);
  if (!event.next_external_id.empty()) ids.push_back(event.next_external_id);
  return ids;
}

bool IsPlain(const PastEvent& event) {
  return event.action == model::Action::kBooked && !event.superseded && event.index == 0 &&
         event.previous_external_id.empty() && event.next_external_id.empty();
}

}  // namespace bookgate::booking
