/// \file booking.hpp
/// Webhooks that carry the whole booking.
#pragma once

#include <bookgate/translator.hpp>

#include "config.hpp"
#include "envelope.hpp"

namespace bookgate::calcom {

/// One event; where the event type has seats, one for each attendee in the webhook, for each is a
/// customer with a booking of their own.
///
/// A request that waits for the host's confirmation is ignored, unless the operator wants it
/// stored. If it is the request to move a booking, the two ids are linked all the same: Cal.com has
/// given up the old one already, and BOOKING_CREATED need not name it.
///
/// MEETING_STARTED and MEETING_ENDED fill in what is missing. Cal.com sends a webhook once, so a
/// BOOKING_CREATED may be lost; these come from the database and bring the booking back.
Decision TranslateBooking(const Webhook& webhook, const Config& config);

}  // namespace bookgate::calcom
