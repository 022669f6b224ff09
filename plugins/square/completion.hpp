/// \file completion.hpp
/// Completes a booking by what Square's API answered.
#pragma once

#include <bookgate/translator.hpp>

#include <optional>
#include <string>
#include <vector>

#include "booking.hpp"

namespace bookgate::square {

/// Takes over every reply there is. What is missing but not needed goes into `notes`. A Reject if a
/// booking that stands has no customer: then somebody has to look at it.
std::optional<Reject> Complete(const StepInput& input, WebhookBooking& read,
                               std::vector<std::string>& notes);

/// The token may read no booking profiles (403), or the member of the staff has none (404); the
/// record of the team member has a name as well.
bool ShouldAskForTeamMember(const StepInput& input, const WebhookBooking& read);

}  // namespace bookgate::square
