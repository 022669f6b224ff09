#include "admin/provider_json.hpp"

#include "base/rfc3339.hpp"
#include "config/public_url.hpp"
#include "provider/registration.hpp"
#include "store/provider_secret_queries.hpp"

namespace bookgate::admin {
namespace {

using auth::ProviderSecretKind;
using Secret = std::optional<store::ProviderSecret>;

void WriteCommon(base::JsonWriter& json, const Secret& secret) {
  json.Object().Member("set", secret.has_value());
  json.TextOrNull("hint", secret ? secret->hint : std::string());
  json.TextOrNull("set_at", secret ? base::Rfc3339(secret->set_at) : std::string());
}

void WriteCredential(base::JsonWriter& json, const Secret& secret,
                     const std::vector<std::string>& scopes) {
  WriteCommon(json, secret);
  json.Key("scopes").Array();
  for (const std::string& scope : scopes) json.Value(scope);
  json.EndArray().EndObject();
}

void WriteSigningKey(base::JsonWriter& json, const Secret& secret) {
  WriteCommon(json, secret);
  json.Member("required", secret && secret->required);
  json.TextOrNull("previous_expires_at",
                  secret ? base::Rfc3339(secret->previous_expires_at) : std::string());
  json.EndObject();
}

void WriteEvents(base::JsonWriter& json, const std::vector<std::string>& events) {
  json.Key("events").Array();
  for (const std::string& event : events) json.Value(event);
  json.EndArray();
}

/// null where the plugin does not know how to register.
void WriteRegistration(base::JsonWriter& json, const translate::Manifest& manifest,
                       const base::Result<std::string>& url) {
  json.Key("registration");
  if (!manifest.Offers("register_webhook")) {
    json.Null();
    return;
  }
  json.Object().Member("can_unregister", manifest.Offers("unregister_webhook"));
  json.TextOrNull("obstacle", url.ok() ? std::string() : url.failure().sender_text).EndObject();
}

}  // namespace

void WriteSubscription(base::JsonWriter& json,
                       const std::optional<store::StoredSubscription>& subscription) {
  if (!subscription) {
    json.Null();
    return;
  }
  json.Object().Member("state", subscription->state).Member("url", subscription->url);
  WriteEvents(json, subscription->events);
  json.Member("registered_at", base::Rfc3339(subscription->registered_at));
  json.Member("checked_at", base::Rfc3339(subscription->checked_at));
  json.TextOrNull("missed_since", base::Rfc3339(subscription->missed_since)).EndObject();
}

void WriteBackfill(base::JsonWriter& json, const std::optional<store::Backfill>& backfill) {
  if (!backfill) {
    json.Null();
    return;
  }
  json.Object().Member("state", backfill->state);
  json.Member("since", base::Rfc3339(backfill->since));
  json.Member("until", base::Rfc3339(backfill->until));
  json.Member("started_at", base::Rfc3339(backfill->started_at));
  json.Member("pages", backfill->pages).Member("bookings", backfill->bookings);
  json.Member("created", backfill->created).Member("pages_with_changes", backfill->changed);
  json.Member("unusable", backfill->unusable).TextOrNull("reason", backfill->reason).EndObject();
}

bool UsesCredential(const translate::Manifest& manifest) {
  return !manifest.lookup_credential.empty();
}

bool UsesSigningKey(const translate::Manifest& manifest) {
  return manifest.signature.kind == model::SignatureKind::kHmac ||
         manifest.signature.kind == model::SignatureKind::kToken;
}

void WriteProvider(base::JsonWriter& json, const Services& services, store::Connection& connection,
                   const model::Org& org, const translate::Manifest& manifest) {
  const auto secret_of = [&](ProviderSecretKind kind) {
    return store::ShowProviderSecret(connection, {org.id, manifest.provider, kind});
  };
  json.Object().Member("provider", manifest.provider).Member("name", manifest.name);
  json.Member("version", manifest.version);
  json.Member("webhook_url", config::WebhookUrl(services.settings.server, org.public_id) + "/" +
                                 manifest.provider);
  json.Key("credential");
  if (UsesCredential(manifest)) {
    WriteCredential(json, secret_of(ProviderSecretKind::kCredential), manifest.lookup_scopes);
  } else {
    json.Null();
  }
  json.Key("signing_key");
  if (UsesSigningKey(manifest)) {
    WriteSigningKey(json, secret_of(ProviderSecretKind::kSigningKey));
  } else {
    json.Null();
  }
  WriteRegistration(json, manifest,
                    provider::WebhookUrlFor(services.settings.server, org, manifest.provider));
  const store::OrgAtProvider key{org.id, manifest.provider};
  json.Key("subscription");
  WriteSubscription(json, store::FindSubscription(connection, key));
  json.Key("backfill");
  if (manifest.Offers("list_bookings")) {
    json.Object().Key("last");
    WriteBackfill(json, store::FindBackfill(connection, key));
    json.EndObject();
  } else {
    json.Null();
  }
  json.EndObject();
}

}  // namespace bookgate::admin
