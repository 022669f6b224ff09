/// \file api.hpp
/// Requests to Calendly's API v2, and what their answers hold.
#pragma once

#include <bookgate/translator.hpp>

#include <string>
#include <string_view>
#include <variant>

namespace bookgate::calendly {

inline constexpr std::string_view kProvider = "Calendly";

/// Scopes as Calendly names them (Calendly, "Authorization Scopes"); a :write scope includes the
/// :read one.
inline constexpr std::string_view kNeedsUsers = "the scope users:read";
inline constexpr std::string_view kNeedsEvents = "the scope scheduled_events:read";
inline constexpr std::string_view kNeedsWebhooksRead = "the scope webhooks:read";
inline constexpr std::string_view kNeedsWebhooksWrite = "the scope webhooks:write";

/// A request of that method to that path.
Lookup Request(std::string id, Method method, std::string path);

inline constexpr std::string_view kMeLookup = "me";
/// Whose the token is. Everything else wants to know the user or the organization.
Lookup AskWhoIAm();

struct Owner {
  std::string user;  ///< URIs.
  std::string organization;
};
/// Out of the reply to AskWhoIAm.
std::variant<Owner, Reject> ReadOwner(const LookupReply& reply);

}  // namespace bookgate::calendly
