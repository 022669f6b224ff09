#include "admin/provider_json.hpp"

#include "base/rfc3339.hpp"
#include "config/public_url.hpp"
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

void WriteCredential(base::JsonWriter& json, const Secret& secret) {
  WriteCommon(json, secret);
  json.EndObject();
}

void WriteSigningKey(base::JsonWriter& json, const Secret& secret) {
  WriteCommon(json, secret);
  json.Member("required", secret && secret->required);
  json.TextOrNull("previous_expires_at",
                  secret ? base::Rfc3339(secret->previous_expires_at) : std::string());
  json.EndObject();
}

}  // namespace

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
    WriteCredential(json, secret_of(ProviderSecretKind::kCredential));
  } else {
    json.Null();
  }
  json.Key("signing_key");
  if (UsesSigningKey(manifest)) {
    WriteSigningKey(json, secret_of(ProviderSecretKind::kSigningKey));
  } else {
    json.Null();
  }
  json.Key("registration").Null().Key("subscription").Null().EndObject();
}

}  // namespace bookgate::admin
