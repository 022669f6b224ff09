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
  const bool current = SameHash(hash, org.secret_hash);
  const bool has_previous = org.previous && now < org.previous->expires_at;
  const bool previous =
      SameHash(hash, org.previous ? org.previous->hash : model::SecretHash{}) && has_previous;
  return current ? Match::kCurrent : previous ? Match::kPrevious : Match::kNone;
}

}  // namespace

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
  }
  return "unknown_org";
}

Verdict Authenticate(const Directory& directory, const SecretHasher& hasher,
                     std::string_view org_public_id, const http::Request& request,
                     base::Instant now) {
  Verdict verdict;
  verdict.org = directory.Find(org_public_id);
  if (verdict.org == nullptr) {
    verdict.decision = directory.loaded() ? Decision::kUnknownOrg : Decision::kNotLoaded;
    return verdict;
  }
  if (verdict.org->endpoint != model::EndpointState::kActive) {
    verdict.decision = Decision::kDisabled;
    return verdict;
  }
  const std::vector<std::string_view> proofs = ProofsOf(request);
  verdict.decision = proofs.empty() ? Decision::kNoCredential : Decision::kAccepted;
  // Without a proof an empty one is checked all the same: a missing secret takes the time of a
  // wrong one.
  if (proofs.empty()) MatchOf(*verdict.org, hasher.Hash({}), now);
  for (const std::string_view proof : proofs) {
    const Match match = MatchOf(*verdict.org, hasher.Hash(proof), now);
    if (match == Match::kNone) verdict.decision = Decision::kWrongCredential;
    if (match == Match::kPrevious) verdict.by_previous_secret = true;
  }
  return verdict;
}

}  // namespace bookgate::auth
