/// \file no_show.hpp
/// Webhooks about who did not come. They hold no booking, only its ids.
#pragma once

#include <bookgate/translator.hpp>

#include "config.hpp"
#include "envelope.hpp"

namespace bookgate::calcom {

/// BOOKING_NO_SHOW_UPDATED: a mark that the host has set or taken back.
///
/// The event is about the booking's uid and names no customer, for the webhook does not tell the
/// booker from a guest, and an address alone must not make a contact. Where several attendees are
/// listed, the booking is a no-show only if all of them are absent: if one came, the party came. A
/// mark for one guest alone cannot be told from one for the booker.
///
/// Nor does the webhook tell of seats. With `seat_no_shows` each attendee's seat gets an event too;
/// for a booking without seats that one is about an id that nobody knows, and does nothing.
Decision TranslateNoShowMarks(const Webhook& webhook, const Config& config);

/// AFTER_GUESTS_CAL_VIDEO_NO_SHOW: nobody joined Cal.com's own video call in time. It lists all
/// attendees, the booker first.
Decision TranslateAbsentGuests(const Webhook& webhook, const Config& config);

}  // namespace bookgate::calcom
