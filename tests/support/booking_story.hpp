/// \file booking_story.hpp
/// Draws what can happen to bookings, as different providers tell it, with what is true in the end.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "model/booking_event.hpp"

namespace bookgate::tests {

/// What is true of one booking when all is over. Kept by the author of the story, so that it owes
/// nothing to the rules that are under test.
struct StoryEnd {
  std::string external_id;           ///< The last one.
  std::vector<std::string> all_ids;  ///< Sorted.
  model::AppointmentStatus status = model::AppointmentStatus::kBooked;
  std::optional<base::Instant> start_time;
};

struct Story {
  std::uint64_t seed = 0;
  std::vector<model::BookingEvent> events;  ///< In the order in which they happened.
  std::vector<StoryEnd> ends;               ///< One for each booking.
  /// Versions, times or links say of any two events of a booking which came first.
  bool ordered = false;

  std::string Describe() const;
};

/// The same seed is the same story. `prefix` begins every id and address.
Story DrawStory(std::uint64_t seed, const std::string& prefix);

}  // namespace bookgate::tests
