#include "admin/booking_json.hpp"

#include "base/rfc3339.hpp"

namespace bookgate::admin {

void WriteBooking(base::JsonWriter& json, const model::BookingEvent& event) {
  json.Object().Member("action", model::ActionName(event.action)).Member("source", event.source);
  json.Member("external_id", event.external_id);
  json.Member("external_id_is_ours", event.external_id_is_ours);
  json.TextOrNull("previous_external_id", event.previous_external_id);
  json.TextOrNull("customer_email", event.customer_email);
  json.TextOrNull("customer_name", event.customer_name);
  json.TextOrNull("customer_phone", event.customer_phone);
  json.TextOrNull("start_time", base::Rfc3339(event.start_time));
  json.Member("duration_minutes", event.duration_minutes);
  json.TextOrNull("time_zone", event.time_zone);
  json.TextOrNull("appointment_type", event.appointment_type);
  json.TextOrNull("notes", event.notes).TextOrNull("location", event.location);
  json.TextOrNull("host_name", event.host_name).TextOrNull("host_email", event.host_email);
  json.TextOrNull("referred_by", event.referred_by);
  json.TextOrNull("cancel_reason", event.cancel_reason).Key("answers").Array();
  for (const model::Answer& answer : event.answers) {
    json.Object().Member("question", answer.question).Member("answer", answer.answer).EndObject();
  }
  json.EndArray().EndObject();
}

}  // namespace bookgate::admin
