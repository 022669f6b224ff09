/// \file booking.hpp
/// What a webhook of Square says by itself: everything but names. Customer, services, staff and
/// place are ids in it.
#pragma once

#include <bookgate/json.hpp>
#include <bookgate/translator.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "config.hpp"

namespace bookgate::square {

/// Where the booking object stands in a webhook.
inline constexpr std::string_view kBookingPointer = "/data/object/booking";

/// A booking of the webhook, with the ids that have to be looked up. Absent where Square sent none,
/// or where what stands behind the id would not be used.
struct WebhookBooking {
  Booking booking;
  std::optional<std::string> customer_id;
  std::optional<std::string> location_id;
  std::optional<std::string> team_member_id;
  std::vector<std::string> service_ids;  ///< Of catalogue variations, in the order of the visit.

  /// Cancelled or no-show: its id says enough. Everything else needs to know the customer.
  bool ended() const {
    return booking.action == Action::kCancelled || booking.action == Action::kNoShow;
  }
};

/// Reads `booking` of a booking.created, or of a booking.updated if `is_update`.
///
/// Square has no event for a reschedule: booking.updated brings the booking as it is now, and what
/// changed has to be told by comparing (Square, "booking.updated"). An accepted one is emitted as
/// rescheduled, because that takes over the time and, other than updated, says that the booking
/// stands; so undoing a no-show counts, and versions may come in any order.
std::variant<WebhookBooking, Ignore, Reject> ReadBooking(json::Value booking, bool is_update,
                                                         const Config& config);

}  // namespace bookgate::square
