/// \file list_bookings.hpp
/// What webhooks would have told, fetched through the API.
#pragma once

#include <bookgate/translator.hpp>

#include "config.hpp"

namespace bookgate::square {

/// The bookings that were made or changed from `since` on, as the webhook of their version would
/// tell of them. Square lists by start alone, at most 31 days at once: every call goes through a
/// page of a month, from one before `since` to a year after `until`, and leaves out what was not
/// changed since.
Decision ListBookings(const StepInput& input, const Config& config);

}  // namespace bookgate::square
