/// \file authenticate.hpp
/// Decides whether a request may deliver to an org. Gives data; only the caller answers.
///
/// Two proofs let a request in: the org's secret, and a signature by a provider whose signing key
/// the org has set. Every proof that is there must be right: a wrong one is refused even beside a
/// right one, so that nobody finds out by accident that half of a set-up never worked.
#pragma once

#include <memory>
#include <string_view>

#include "auth/directory.hpp"
#include "auth/secret.hpp"
#include "auth/signature.hpp"
#include "http/message.hpp"

namespace bookgate::auth {

enum class Decision {
  kAccepted,
  kNotLoaded,  ///< The orgs are not in memory yet: nobody knows.
  kUnknownOrg,
  kDisabled,  ///< There is nothing that could let anybody in, or the endpoint was disabled.
  kNoCredential,
  kWrongCredential,
  kWrongSignature,  ///< Or one that has expired.
  kMissingSignature,
};

/// 401: who asks could not prove who it is.
bool IsUnproven(Decision decision);

/// A stable token for metrics and logs: "unknown_org", "no_credential", …
std::string_view DecisionName(Decision decision);

struct Verdict {
  Decision decision = Decision::kUnknownOrg;
  std::shared_ptr<const OrgEntry> org;  ///< Set unless the org is unknown.
  bool by_secret = false;               ///< The org's secret was shown, and right.
  bool by_previous_secret = false;      ///< It was the one that was rotated out.
  std::string_view reason;              ///< What is wrong, as a stable token for metrics.
};

/// The verdict as far as secrets go; those are `Authorization: Bearer SECRET` and `?token=SECRET`.
/// An Authorization of another scheme is a wrong secret. The hash is computed and compared whether
/// or not there is anything to compare it with.
Verdict CheckSecret(const Directory& directory, const SecretHasher& hasher,
                    std::string_view org_public_id, const http::Request& request,
                    base::Instant now);

/// What the provider of a request has to say about it.
struct SignatureProof {
  SignatureCheck check;   ///< kAbsent where the org has set no signing key of the provider.
  bool required = false;  ///< The org lets nobody in without one.
};

/// The final verdict. Changes nothing about a request that failed for anything but its proofs.
Verdict WeighSignature(Verdict by_secret, const SignatureProof& signature);

}  // namespace bookgate::auth
