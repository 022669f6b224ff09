/// \file api.hpp
/// Requests to Cal.com's API v2.
#pragma once

#include <bookgate/translator.hpp>

#include <string>
#include <string_view>

namespace bookgate::calcom {

inline constexpr std::string_view kProvider = "Cal.com";
/// API keys have no scopes; OAuth tokens do.
inline constexpr std::string_view kNeedsWebhooks = "the scopes WEBHOOK_READ and WEBHOOK_WRITE";
inline constexpr std::string_view kNeedsBookings = "the scope BOOKING_READ";

/// A request of that method to that path, for the version of the API that is understood here.
Lookup Request(std::string id, Method method, std::string path);

}  // namespace bookgate::calcom
