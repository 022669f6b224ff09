#include "intake/provider_signature.hpp"

#include <algorithm>
#include <string_view>
#include <vector>

namespace bookgate::intake {
namespace {

bool HasSignatureOf(const translate::Plugin& plugin, const http::Request& request) {
  return std::any_of(request.headers.begin(), request.headers.end(), [&](const auto& header) {
    return model::IsSignatureHeader(plugin.manifest.signature, header.name);
  });
}

/// One of the providers that the org has a key of, and that the path allows, may have signed.
bool MayBeSigned(const auth::OrgEntry& org, const translate::Registry& registry,
                 const WebhookPath& path, const http::Request& request) {
  return std::any_of(org.signing_keys.begin(), org.signing_keys.end(), [&](const auto& entry) {
    const auto& [provider, keys] = entry;
    if (path.provider && *path.provider != provider) return false;
    const translate::Plugin* plugin = registry.Find(provider);
    return plugin != nullptr && HasSignatureOf(*plugin, request);
  });
}

/// What the owner may have written into the provider's settings, which Square signs as well: the
/// public URL with the path and query that the request came with, a ?token= among them. A proxy may
/// have changed these, so the URLs without a query that we tell our users are right, too. Never
/// made of the request's Host.
std::vector<std::string> NotificationUrls(const auth::OrgEntry& org, const std::string& provider,
                                          const http::Request& request,
                                          const std::string& public_url) {
  const std::string ours = public_url + "/api/webhooks/appointment/" + org.public_id;
  std::vector<std::string> urls = {public_url + request.target};
  for (const std::string& url : {ours, ours + "/" + provider}) {
    if (url != urls.front()) urls.push_back(url);
  }
  return urls;
}

}  // namespace

bool DependsOnProvider(const auth::Verdict& by_secret, const translate::Registry& registry,
                       const WebhookPath& path, const http::Request& request) {
  switch (by_secret.decision) {
    case auth::Decision::kAccepted:
      return true;
    case auth::Decision::kNoCredential:
      return MayBeSigned(*by_secret.org, registry, path, request);
    case auth::Decision::kWrongCredential:
      return !by_secret.org->signing_keys.empty();
    default:
      return false;
  }
}

auth::SignatureProof CheckProviderSignature(const auth::OrgEntry& org, const Choice& choice,
                                            const http::Request& request,
                                            const std::string& public_url, base::Instant now) {
  if (choice.plugin == nullptr) return {};
  const translate::Manifest& manifest = choice.plugin->manifest;
  const auth::SigningKeys* keys = org.KeysOf(manifest.provider);
  if (keys == nullptr) return {};
  const std::vector<std::string> urls =
      NotificationUrls(org, manifest.provider, request, public_url);
  const auth::SignedRequest signed_request{request.headers, request.body, urls, now};
  return {auth::CheckSignature(manifest.signature, keys->ValidAt(now), signed_request),
          keys->required};
}

}  // namespace bookgate::intake
