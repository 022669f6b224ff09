/// \file rules.hpp
/// What one booking event does to what is known of an appointment. Pure: no database in it, no
/// clock, no order of arrival but the one in which it is called.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "model/booking_event.hpp"

namespace bookgate::booking {

/// What a row of `appointments` says about a booking, but for its ids and its contact.
struct AppointmentFacts {
  model::AppointmentStatus status = model::AppointmentStatus::kBooked;
  std::optional<base::Instant> start_time;
  std::optional<std::int32_t> duration_minutes;
  std::string time_zone;
  std::string appointment_type;
  std::string notes;
  std::string location;
  std::string host_name;
  std::string host_email;
  std::string cancel_reason;
  std::string answers;  ///< As JSON text; "" for none.

  /// Of the newest event that was applied: what decides whether another one is older.
  std::optional<std::int64_t> sequence;
  std::optional<base::Instant> occurred_at;

  friend bool operator==(const AppointmentFacts&, const AppointmentFacts&) = default;
};

/// The facts that the first event of a booking makes.
AppointmentFacts FactsOfFirst(const model::BookingEvent& event);

/// The facts after `event`; equal to `known` if it changes nothing. An event that is older than
/// what was applied fills empty fields only. A `booked` that says nothing of its order never takes
/// back a cancellation or a no-show: it is the late first half of the story.
AppointmentFacts Apply(const AppointmentFacts& known, const model::BookingEvent& event);

/// The event moves the appointment from one id to another one (previous_external_id), so it cannot
/// be stored by inserting a row.
inline bool MovesAppointment(const model::BookingEvent& event) {
  return !event.previous_external_id.empty() && event.previous_external_id != event.external_id;
}

}  // namespace bookgate::booking
