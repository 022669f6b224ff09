/// \file registration.hpp
/// The webhook of an org at a provider: registered, asked for, and removed, with the key that the
/// provider signs with.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "config/settings.hpp"
#include "provider/account.hpp"
#include "store/audit_queries.hpp"
#include "store/subscription_queries.hpp"

namespace bookgate::provider {

/// The parameters of webhook_status and unregister_webhook.
std::string SubscriptionParameters(const std::string& id);

/// Where the provider is to send the org's webhooks. A failure if nothing that it sends could come
/// in: the configuration names no address that a provider can reach, or the org's webhook is
/// disabled, so that its URL answers 404. (An org without a secret takes what is signed.)
base::Result<std::string> WebhookUrlFor(const config::ServerSettings& server, const model::Org& org,
                                        const std::string& provider);

struct Registered {
  store::StoredSubscription subscription;
  /// In sentences: what the owner has to do yet.
  std::vector<std::string> warnings;
};

/// Leaves one subscription of that URL at the provider, stores it together with its signing key,
/// and removes the one that was registered for another URL. Blocks for as long as the provider
/// takes.
base::Result<Registered> RegisterWebhook(const Account& account, const std::string& url,
                                         const store::Actor& actor);

/// What the provider says of the registered one now; it is stored, too. kNotFound if none is
/// registered.
base::Result<store::StoredSubscription> AskForWebhook(const Account& account);

/// Removes it at the provider and here, and forgets its signing key.
base::Status UnregisterWebhook(const Account& account, const store::Actor& actor);

}  // namespace bookgate::provider
