/// \file location.hpp
/// Where a booking takes place, in one line.
#pragma once

#include <bookgate/json.hpp>

#include <optional>
#include <string>

namespace bookgate::square {

/// The customer's address or "Phone"; nullopt for a visit to the shop, whose address has to be
/// looked up.
std::optional<std::string> LocationInWebhook(json::Value booking);

/// Name and address of the `location` object of the Locations API.
std::optional<std::string> LocationText(json::Value location);

}  // namespace bookgate::square
