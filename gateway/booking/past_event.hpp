/// \file past_event.hpp
/// An event as a booking remembers it: what it says, and what orders it among the others.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "base/uuid.hpp"
#include "model/booking_event.hpp"
#include "model/delivery.hpp"

namespace bookgate::booking {

/// What an event, or a row of `appointments`, says of an appointment. "" and nullopt: nothing.
struct AppointmentFields {
  std::optional<base::Instant> start_time;  ///< Whole milliseconds, as the tables keep it.
  std::optional<std::int32_t> duration_minutes;
  std::string time_zone;
  std::string appointment_type;
  std::string notes;
  std::string location;
  std::string host_name;
  std::string host_email;
  std::string cancel_reason;
  std::string answers;  ///< As JSON text.

  friend bool operator==(const AppointmentFields&, const AppointmentFields&) = default;
};

struct PastEvent : AppointmentFields {
  model::Action action = model::Action::kBooked;
  bool superseded = false;
  std::string external_id;
  std::string previous_external_id;  ///< "" unless it is another id than external_id.
  std::string next_external_id;      ///< Likewise, and only of a cancelled one.
  std::optional<std::int64_t> sequence;
  std::optional<base::Instant> occurred_at;

  /// When its facts were seen, in whole milliseconds: the arrival of the delivery, or of the API's
  /// answer that completed it. Orders what nothing else orders.
  base::Instant observed_at{};
  base::Uuid delivery_id;
  std::int32_t index = 0;  ///< Which event of the delivery.

  friend bool operator==(const PastEvent&, const PastEvent&) = default;
};

PastEvent Remember(const model::BookingEvent& event, const model::Delivery& delivery,
                   std::size_t index);

/// They say the same, whenever and however often it came.
bool SaysTheSame(const PastEvent& a, const PastEvent& b);

/// It came first, or is the first of two in one delivery.
bool CameBefore(const PastEvent& a, const PastEvent& b);

/// Half of a reschedule: another booking takes this one's place, which is no cancellation.
bool IsSuperseded(const PastEvent& event);

/// Every id that it names: its own, and those of the bookings before and after.
std::vector<std::string> IdsOf(const PastEvent& event);

/// Its row says all there is to say of it: nothing has to be written down beside the row.
bool IsPlain(const PastEvent& event);

}  // namespace bookgate::booking
