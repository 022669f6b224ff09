/// \file subscription_queries.hpp
/// The table `webhook_subscriptions`: what the gateway has registered at providers.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/time.hpp"
#include "store/connection.hpp"
#include "store/org_at_provider.hpp"
#include "store/provider_secret_queries.hpp"

namespace bookgate::store {

/// A subscription as it was when the provider last told of it.
struct StoredSubscription {
  std::string id;
  std::string url;
  std::string state;  ///< "active", "disabled" or "missing".
  std::vector<std::string> events;
  base::Instant registered_at{};
  base::Instant checked_at{};
  /// Bookings since then may be missing: it was found switched off, and they were not fetched yet.
  std::optional<base::Instant> missed_since{};
};

/// nullopt if none is registered.
std::optional<StoredSubscription> FindSubscription(Connection& connection,
                                                   const OrgAtProvider& key);

/// Stores it, or puts it in the place of the one that is there, and with it the key that its
/// webhooks are signed with. nullptr leaves the signing key as it is. Marks the org as changed.
/// The times of `subscription` are not looked at: it is now, and what may be missing stays known.
void SaveSubscription(Connection& connection, const OrgAtProvider& key,
                      const StoredSubscription& subscription, const NewProviderSecret* signing_key);

/// What the provider says of it now. Nothing that gateways need to know. Where it does not send any
/// more, bookings may be missing since it was last known to.
void NoteSubscriptionState(Connection& connection, const OrgAtProvider& key,
                           std::string_view state);

/// A subscription whose state is to be asked for.
struct DueSubscription {
  OrgAtProvider key;
  std::string org_public_id;
  std::string id;
  std::string state;  ///< As it was.
  std::string sealed_credential;
};

/// One that was not asked for since `before`, and counts as asked for now, so that of several
/// gateways one asks. nullopt if there is none.
std::optional<DueSubscription> TakeDueSubscription(Connection& connection, base::Instant before);

/// How many there are, by provider and state.
std::map<std::pair<std::string, std::string>, std::size_t> CountSubscriptions(
    Connection& connection);

/// The bookings between the two times were fetched: what was missing then is missing no more. While
/// it does not send, they go on being missed after `until`.
void NoteFetched(Connection& connection, const OrgAtProvider& key, base::Instant since,
                 base::Instant until);

/// Removes it, and the signing key if that is still the one that registering set. False, and
/// nothing changed, if none is registered.
bool RemoveSubscription(Connection& connection, const OrgAtProvider& key);

}  // namespace bookgate::store
