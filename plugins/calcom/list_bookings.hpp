/// \file list_bookings.hpp
/// What webhooks would have told, fetched through the API.
#pragma once

#include <bookgate/translator.hpp>

#include "config.hpp"

namespace bookgate::calcom {

/// The bookings that were made or changed from `since` on, fifty a call: Cal.com lists by the time
/// of the last change. Ordered by when they were made, so that what changes meanwhile moves nothing
/// that is still to come out of the way.
Decision ListBookings(const StepInput& input, const Config& config);

}  // namespace bookgate::calcom
