/// \file ids.hpp
/// What a Cal.com booking is known by.
#pragma once

#include <bookgate/json.hpp>
#include <bookgate/translator.hpp>

#include <optional>
#include <string>
#include <string_view>

namespace bookgate::calcom {

/// The event type has seats: several customers share one booking and its uid.
bool HasSeats(json::Value booking);

/// The id of one customer's seat: "UID/address", the address in lower case. Cal.com's reference of
/// the seat is no choice, for webhooks leave it out for all seats but the first. nullopt if that
/// does not fit an id: it must not be cut, and the gateway then makes one of customer and time.
std::optional<std::string> SeatId(std::string_view uid, std::string_view attendee_email);

/// Sets the ids of a booking. `seat` is the attendee's address where the event type has seats, else
/// empty.
///
/// The id is the uid, also for the occurrences of a recurring booking: each has its own. Some
/// versions of Cal.com report every occurrence with the first one's data; those are the same
/// webhook over again and make one appointment, for nothing in them tells of the others.
void ReadIds(json::Value webhook_booking, std::string_view seat, Booking& booking);

}  // namespace bookgate::calcom
