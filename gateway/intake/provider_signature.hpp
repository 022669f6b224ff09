/// \file provider_signature.hpp
/// What a provider's signature says of a request. No code of a plugin takes part: its manifest says
/// how its provider signs.
#pragma once

#include <optional>
#include <string>

#include "auth/authenticate.hpp"
#include "http/message.hpp"
#include "intake/choose_plugin.hpp"
#include "translate/registry.hpp"

namespace bookgate::intake {

/// Where a webhook request is addressed to.
struct WebhookPath {
  std::string org;
  std::optional<std::string> provider;
};

/// Whether it can matter who signed the request, as far as one can tell without a look at its body.
/// False for strangers who show neither a secret nor the header of a signature that could be
/// checked, and for a wrong secret where no signing key is set. An org's wrong secret is no reason
/// by itself: whoever has a secret and no key would learn from the time of the answer whether the
/// secret is right.
bool DependsOnProvider(const auth::Verdict& by_secret, const translate::Registry& registry,
                       const WebhookPath& path, const http::Request& request);

/// The chosen provider's signature, checked if the org has set a signing key for it; without a key
/// it is no proof, whatever it is.
auth::SignatureProof CheckProviderSignature(const auth::OrgEntry& org, const Choice& choice,
                                            const http::Request& request,
                                            const std::string& public_url, base::Instant now);

}  // namespace bookgate::intake
