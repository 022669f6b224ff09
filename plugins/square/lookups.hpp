/// \file lookups.hpp
/// What is asked of Square's API.
#pragma once

#include <bookgate/translator.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "booking.hpp"

namespace bookgate::square {

inline constexpr std::string_view kProvider = "Square";

/// A request of that method to that path.
Lookup Request(std::string id, Method method, std::string path);

inline constexpr std::string_view kCustomerLookup = "customer";
inline constexpr std::string_view kLocationLookup = "location";
inline constexpr std::string_view kHostLookup = "host";
/// Of the team member behind the booking profile, where the token may not read the latter.
inline constexpr std::string_view kTeamMemberLookup = "team-member";

/// The ids of the services to look up, each once and at most as many as fit into one round.
std::vector<std::string> ServicesToAsk(const WebhookBooking& read);

/// "service-0" for the first of ServicesToAsk.
std::string ServiceLookup(std::size_t index);

/// The first round: everything that stands in the webhook as an id. May be empty.
std::vector<Lookup> FirstRound(const WebhookBooking& read);

Lookup AskForTeamMember(const std::string& id);

}  // namespace bookgate::square
