/// \file authenticate.hpp
/// Decides whether a request may deliver to an org. Gives data; only the caller answers.
#pragma once

#include <memory>
#include <string_view>

#include "auth/directory.hpp"
#include "auth/secret.hpp"
#include "http/message.hpp"

namespace bookgate::auth {

enum class Decision {
  kAccepted,
  kNotLoaded,  ///< The orgs are not in memory yet: nobody knows.
  kUnknownOrg,
  kDisabled,  ///< No secret was generated, or the endpoint was disabled.
  kNoCredential,
  kWrongCredential,
};

/// A stable token for metrics and logs: "unknown_org", "no_credential", …
std::string_view DecisionName(Decision decision);

struct Verdict {
  Decision decision = Decision::kUnknownOrg;
  std::shared_ptr<const model::Org> org;  ///< Set unless the org is unknown.
  bool by_previous_secret = false;        ///< With kAccepted: the secret that was rotated out.
};

/// Proofs are `Authorization: Bearer SECRET` and `?token=SECRET`. Each one that is present must be
/// right: a wrong one is refused even beside a right one, so that nobody finds out by accident that
/// half of a set-up never worked. An Authorization of another scheme is a wrong proof. The hash is
/// computed and compared whether or not there is anything to compare it with.
Verdict Authenticate(const Directory& directory, const SecretHasher& hasher,
                     std::string_view org_public_id, const http::Request& request,
                     base::Instant now);

}  // namespace bookgate::auth
