/// \file list_bookings.hpp
/// What webhooks would have told, fetched through the API.
#pragma once

#include <bookgate/translator.hpp>

namespace bookgate::acuity {

/// Every appointment from a month before `since` to 400 days after `until`, as `changed` would tell
/// of it. Acuity tells of no appointment when it was changed, so none can be left out but those
/// made later.
///
/// The API lists by day, without pages, and cuts off at a number without saying so. So a call asks
/// for a month, and where that number came, for half of it, down to a day. Days overlap where
/// windows meet: what is listed twice makes no difference.
Decision ListBookings(const StepInput& input);

}  // namespace bookgate::acuity
