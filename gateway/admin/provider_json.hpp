/// \file provider_json.hpp
/// A provider as the API shows it to an org.
#pragma once

#include <optional>
#include <string>

#include "admin/services.hpp"
#include "base/json_writer.hpp"
#include "model/org.hpp"
#include "store/backfill_queries.hpp"
#include "store/connection.hpp"
#include "store/subscription_queries.hpp"
#include "translate/manifest.hpp"

namespace bookgate::admin {

/// The plugin asks its provider's API for something, and may show a token there.
bool UsesCredential(const translate::Manifest& manifest);
/// The provider signs its webhooks with something that the org can set.
bool UsesSigningKey(const translate::Manifest& manifest);

/// null if there is none.
void WriteSubscription(base::JsonWriter& json,
                       const std::optional<store::StoredSubscription>& subscription);
void WriteBackfill(base::JsonWriter& json, const std::optional<store::Backfill>& backfill);

/// Asks the database what is set. Members are null where this gateway cannot do it for this
/// provider, and the page shows nothing of it then.
void WriteProvider(base::JsonWriter& json, const Services& services, store::Connection& connection,
                   const model::Org& org, const translate::Manifest& manifest);

}  // namespace bookgate::admin
