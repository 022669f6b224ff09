#include "auth/authenticate.hpp"

#include <bookgate/text.hpp>

#include <vector>

namespace bookgate::auth {
namespace {

/// The secret of an Authorization header; "" for another scheme, which no secret equals.
std::string_view BearerToken(std::string_view authorization) {
  constexpr std::string_view kScheme = "bearer ";
  authorization = Trim(authorization);
  if (!EqualsIgnoringAsciiCase(authorization.substr(0, kScheme.size()), kScheme)) return {};
  return Trim(authorization.substr(kScheme.size()));
}

/// Every secret that the request shows, wherever and however often.
std::vector<std::string_view> ProofsOf(const http::Request& request) {
  std::vector<std::string_view> proofs;
  for (const model::Field& header : request.headers) {
    if (header.name == "authorization") proofs.push_back(BearerToken(header.value));
  }
  for (const model::Field& parameter : request.query) {
    if (parameter.name == "token") proofs.push_back(parameter.value);
  }
  return proofs;
}

enum class Match { kNone, kCurrent, kPrevious };

Match MatchOf(const model::Org& org, const model::SecretHash& hash, base::Instant now) {
  const bool has_secret = org.endpoint == model::EndpointState::kActive;
  const bool current = SameHash(hash, org.secret_hash) && has_secret;
  const bool has_previous = org.previous && now < org.previous->expires_at;
  const bool previous =
      SameHash(hash, org.previous ? org.previous->hash : model::SecretHash{}) && has_previous;
  return current ? Match::kCurrent : previous ? Match::kPrevious : Match::kNone;
}

/// There is something by which a request could prove itself. An org whose tools all sign needs no
/// secret; a disabled endpoint takes nothing.
bool IsOpen(const OrgEntry& org) {
  if (org.endpoint == model::EndpointState::kNone) return !org.signing_keys.empty();
  return org.endpoint == model::EndpointState::kActive;
}

Verdict Decided(Verdict verdict, Decision decision) {
  verdict.decision = decision;
  verdict.reason = DecisionName(decision);
  return verdict;
}

}  // namespace

bool IsUnproven(Decision decision) {
  switch (decision) {
    case Decision::kNoCredential:
    case Decision::kWrongCredential:
    case Decision::kWrongSignature:
    case Decision::kMissingSignature:
      return true;
    case Decision::kAccepted:
    case Decision::kNotLoaded:
    case Decision::kUnknownOrg:
    case Decision::kDisabled:
      break;
  }
  return false;
}

std::string_view DecisionName(Decision decision) {
  switch (decision) {
    case Decision::kAccepted:
      return "accepted";
    case Decision::kNotLoaded:
      return "not_loaded";
    case Decision::kUnknownOrg:
      return "unknown_org";
    case Decision::kDisabled:
      return "disabled";
    case Decision::kNoCredential:
      return "no_credential";
    case Decision::kWrongCredential:
      return "wrong_credential";
    case Decision::kWrongSignature:
      return "wrong_signature";
    case Decision::kMissingSignature:
      return "missing_signature";
  }
  return "unknown_org";
}

Verdict CheckSecret(const Directory& directory, const SecretHasher& hasher,
                    std::string_view org_public_id, const http::Request& request,
                    base::Instant now) {
  Verdict verdict;
  verdict.org = directory.Find(org_public_id);
  if (verdict.org == nullptr) {
    return Decided(verdict, directory.loaded() ? Decision::kUnknownOrg : Decision::kNotLoaded);
  }
  if (!IsOpen(*verdict.org)) return Decided(verdict, Decision::kDisabled);
  const std::vector<std::string_view> proofs = ProofsOf(request);
  // Without a proof an empty one is checked all the same: a missing secret takes the time of a
  // wrong one.
  if (proofs.empty()) {
    MatchOf(*verdict.org, hasher.Hash({}), now);
    return Decided(verdict, Decision::kNoCredential);
  }
  verdict.by_secret = true;
  for (const std::string_view proof : proofs) {
    const Match match = MatchOf(*verdict.org, hasher.Hash(proof), now);
    if (match == Match::kNone) verdict.by_secret = false;
    if (match == Match::kPrevious) verdict.by_previous_secret = true;
  }
  return Decided(verdict, verdict.by_secret ? Decision::kAccepted : Decision::kWrongCredential);
}

Verdict WeighSignature(Verdict by_secret, const SignatureProof& signature) {
  const Decision so_far = by_secret.decision;
  if (so_far != Decision::kAccepted && so_far != Decision::kNoCredential) return by_secret;
  switch (signature.check.state) {
    case SignatureState::kInvalid:
    case SignatureState::kExpired:
      by_secret.decision = Decision::kWrongSignature;
      by_secret.reason = signature.check.reason;
      return by_secret;
    case SignatureState::kValid:
      return Decided(by_secret, Decision::kAccepted);
    case SignatureState::kAbsent:
      break;
  }
  const bool lacks_it = signature.required && so_far == Decision::kAccepted;
  return lacks_it ? Decided(by_secret, Decision::kMissingSignature) : by_secret;
}

}  // namespace bookgate::auth
