/// \file names.hpp
/// What stands behind the ids of many bookings at once: customers, services, hosts and places. A
/// webhook's few are looked up one by one (lookups.hpp).
#pragma once

#include <bookgate/translator.hpp>

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "booking.hpp"

namespace bookgate::square {

/// One round of requests for a page of bookings, or a second one for members of the staff who have
/// no booking profile; nullopt once all are answered. A Reject if the customers cannot be had,
/// without whom there is no booking.
std::optional<Decision> AskForNames(const StepInput& input,
                                    const std::vector<WebhookBooking>& page);

/// Fills in the names that the replies hold; what is missing but not needed goes into `notes`.
/// Returns the bookings, without those that stand and have no customer.
std::vector<Booking> FillInNames(const StepInput& input, std::vector<WebhookBooking> page,
                                 std::vector<std::string>& notes);

}  // namespace bookgate::square
