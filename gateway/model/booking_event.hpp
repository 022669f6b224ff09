/// \file booking_event.hpp
/// A normalized booking event, checked: what every translator's output becomes before it is stored.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.hpp"

namespace bookgate::model {

enum class Action : std::uint8_t { kBooked, kRescheduled, kCancelled, kNoShow, kUpdated };
enum class AppointmentStatus : std::uint8_t { kBooked, kCancelled, kNoShow };

/// As in appointments.Status and in answers: "booked", "cancelled", "no_show".
std::string_view StatusName(AppointmentStatus status);
std::string_view ActionName(Action action);

struct Answer {
  std::string question;
  std::string answer;
};

/// One event of one booking. Every text is valid UTF-8, trimmed, within the limits of
/// schemas/booking-event.json; an empty string means that the event does not say it. Times are
/// resolved to UTC.
struct BookingEvent {
  Action action = Action::kBooked;
  std::string source;  ///< Never empty: the provider's id, or what a generic sender called itself.
  std::string
      external_id;  ///< Never empty: the provider's, or what identity.hpp made in its place.
  bool external_id_is_ours = false;  ///< It was made here, because the event has none of its own.
  std::string previous_external_id;
  std::string next_external_id;
  bool superseded = false;

  std::string customer_email;  ///< As sent.
  std::string email_key;       ///< Case-folded; what contacts are found by. Empty: no email.
  std::string customer_name;
  std::string customer_phone;  ///< As sent.
  std::string phone_key;       ///< Its digits; what contacts without an email are found by.

  std::optional<base::Instant> start_time;
  std::optional<std::int32_t> duration_minutes;
  std::string time_zone;
  std::string appointment_type;
  std::string notes;
  std::string location;
  std::string host_name;
  std::string host_email;
  std::string referred_by;
  std::string cancel_reason;
  std::vector<Answer> answers;

  std::optional<base::Instant> occurred_at;
  std::optional<std::int64_t> sequence;

  /// Says who the customer is, so that a row can be made of it alone.
  bool names_customer() const { return !email_key.empty() || !phone_key.empty(); }
};

}  // namespace bookgate::model
