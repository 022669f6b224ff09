/// \file rules.hpp
/// What one booking event does to what is known of a booking. Pure: no database in it and no clock.
///
/// A booking is the set of all events that are known of it, and its row is a function of that set.
/// So every order of arrival ends in the same row, and so does any number of repetitions.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "booking/past_event.hpp"

namespace bookgate::booking {

/// What a row of `appointments` says about a booking, but for its ids and its contact.
struct AppointmentFacts : AppointmentFields {
  model::AppointmentStatus status = model::AppointmentStatus::kBooked;
  /// Of the newest event that says it.
  std::optional<std::int64_t> sequence;
  std::optional<base::Instant> occurred_at;

  friend bool operator==(const AppointmentFacts&, const AppointmentFacts&) = default;
};

/// The row that a set of events makes.
struct Settled {
  AppointmentFacts facts;
  std::string external_id;  ///< The one that it has now: of the last move.

  friend bool operator==(const Settled&, const Settled&) = default;
};

/// `history` is not empty. Each field is what the newest event that mentions it says, so an older
/// event fills empty fields and changes nothing else. The old half of a reschedule only ever fills.
Settled Settle(const std::vector<PastEvent>& history);

/// What an event does to a booking.
struct Verdict {
  std::vector<PastEvent> history;  ///< With the event, in the order of arrival.
  Settled settled;
  bool duplicate = false;  ///< Nothing in it was new.
  bool changes_row = false;
  bool changes_history = false;
};

/// Adds `event` to what is known, which is nothing for an empty `known`. The same event of the same
/// delivery, as a replay reads it today, takes the place of what it said before; one that says the
/// same as another one is a duplicate.
Verdict Decide(const std::vector<PastEvent>& known, const PastEvent& event);

/// Two bookings turn out to be one: everything that is known of either.
std::vector<PastEvent> Merge(std::vector<PastEvent> one, const std::vector<PastEvent>& other);

}  // namespace bookgate::booking
