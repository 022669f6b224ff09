/// \file list_bookings.hpp
/// What webhooks would have told, fetched through the API.
#pragma once

#include <bookgate/translator.hpp>

#include "config.hpp"

namespace bookgate::calendly {

/// The invitees that were made or changed from `since` on, as their webhooks would tell of them:
/// with the same ids, links and times.
///
/// Calendly lists scheduled events by their start alone, so all that start later than a month
/// before `since` are gone through, sixteen a call. An event that was not changed since is passed
/// over, unless its invitees may have been: those of group events come and go, and those of a
/// meeting that took place may be marked as no-shows.
Decision ListBookings(const StepInput& input, const Config& config);

}  // namespace bookgate::calendly
