#include "admin/api.hpp"
#include "config/public_url.hpp"

namespace bookgate::admin {
namespace {

bool IsSigned(const translate::Manifest& manifest) {
  return manifest.signature.kind == model::SignatureKind::kHmac ||
         manifest.signature.kind == model::SignatureKind::kToken;
}

void WriteProvider(base::JsonWriter& json, const translate::Manifest& manifest,
                   const std::string& webhook_url) {
  json.Object().Member("provider", manifest.provider).Member("name", manifest.name);
  json.Member("version", manifest.version);
  json.Member("webhook_url", webhook_url + "/" + manifest.provider);
  json.Member("signs", IsSigned(manifest));
  json.Member("looks_up", !manifest.lookup_hosts.empty());
  // null: this gateway cannot do it for this provider, and the page shows nothing of it.
  json.Key("credential").Null().Key("signing_key").Null();
  json.Key("registration").Null().Key("subscription").Null().EndObject();
}

base::Result<http::Answer> ListProviders(Services& services, const Call& call) {
  const std::shared_ptr<const translate::Registry> registry = services.registry();
  const std::string url = config::WebhookUrl(services.settings.server, call.org.public_id);
  base::JsonWriter json;
  json.Object().Key("providers").Array();
  for (const translate::Plugin& plugin : registry->plugins()) {
    WriteProvider(json, plugin.manifest, url);
  }
  json.EndArray().EndObject();
  return JsonAnswer(json);
}

}  // namespace

void AddProviderRoutes(ApiRoutes& routes, Services& services) {
  routes.push_back({"GET", "/orgs/{org}/providers", Access::kOrg,
                    [&services](const Call& call) { return ListProviders(services, call); }});
}

}  // namespace bookgate::admin
