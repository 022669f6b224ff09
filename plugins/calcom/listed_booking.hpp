/// \file listed_booking.hpp
/// A booking as the API shows it, which names and nests things otherwise than webhooks do.
#pragma once

#include <bookgate/json.hpp>
#include <bookgate/translator.hpp>

#include <optional>
#include <string>
#include <vector>

#include "config.hpp"

namespace bookgate::calcom {

/// Adds the events that the booking's webhooks would have given; a line for the log if it has to be
/// left out.
///
/// There are two for each customer, because the API says some things less well than webhooks do (no
/// event title, no questions), and must not overwrite those where they have arrived. One tells all,
/// dated as the booking was made and so older than any webhook about it: it fills gaps, and brings
/// a booking that nobody has told of. The other tells what the booking is now, dated as it was last
/// changed, and only what the API says as well as a webhook: status, time, place, host and
/// customer. Neither has a sequence, for the API shows none.
std::optional<std::string> AddListedBooking(json::Value booking, const Config& config,
                                            std::vector<Booking>& events);

}  // namespace bookgate::calcom
