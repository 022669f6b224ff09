/// \file scheduled_event.hpp
/// The meeting that an invitee booked: when, what, with whom and where.
#pragma once

#include <bookgate/json.hpp>
#include <bookgate/translator.hpp>

#include <string_view>
#include <vector>

namespace bookgate::calendly {

/// Fills what `event` says into the members of `booking` that are still empty. `event` is the
/// `scheduled_event` of a webhook, the `resource` that the API answers with, or the `event` object
/// of API v1. `pointer` is where it stands; what is wrong with it goes into `problems`.
void ReadScheduledEvent(json::Value event, std::string_view pointer, Booking& booking,
                        std::vector<Problem>& problems);

}  // namespace bookgate::calendly
