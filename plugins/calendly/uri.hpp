/// \file uri.hpp
/// Ids out of Calendly's resource URIs.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace bookgate::calendly {

/// The invitee's id out of ".../scheduled_events/{E}/invitees/{I}". The host does not matter: the
/// schema's examples say calendly.com and real webhooks api.calendly.com (Calendly, "Webhook
/// Payload"). nullopt for a URI of anything else; placeholders such as "http://example.com" occur.
std::optional<std::string> InviteeId(std::string_view uri);

/// The scheduled event's id out of the same URI, or out of ".../scheduled_events/{E}".
std::optional<std::string> ScheduledEventId(std::string_view uri);

/// The webhook subscription's id out of ".../webhook_subscriptions/{S}".
std::optional<std::string> SubscriptionId(std::string_view uri);

}  // namespace bookgate::calendly
