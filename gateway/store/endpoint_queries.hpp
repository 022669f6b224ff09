/// \file endpoint_queries.hpp
/// The table `webhook_endpoints`: the secret of each org.
#pragma once

#include <chrono>
#include <map>
#include <optional>
#include <string>

#include "auth/directory.hpp"
#include "model/org.hpp"
#include "store/connection.hpp"

namespace bookgate::store {

/// An endpoint as its owner sees it.
struct Endpoint {
  model::EndpointState state = model::EndpointState::kNone;
  std::string hint;
  std::optional<base::Instant> generated_at;
  std::optional<base::Instant> last_used_at;
  std::optional<base::Instant> previous_expires_at;
  std::optional<base::Instant> previous_last_used_at;
};

/// Of an org without a secret: kNone and nothing else.
Endpoint ShowEndpoint(Connection& connection, std::int64_t org_id);

/// What is kept of a new secret.
struct NewSecret {
  model::SecretHash hash{};
  std::string hint;
};

/// The first secret of an org, or a new one after the endpoint was disabled. False, and nothing
/// changed, if there is an active one.
bool GenerateEndpoint(Connection& connection, std::int64_t org_id, const NewSecret& secret);

/// Another secret; the old one works on for `grace`. False, and nothing changed, if there is no
/// active one.
bool RotateEndpoint(Connection& connection, std::int64_t org_id, const NewSecret& secret,
                    std::chrono::seconds grace);

/// No secret works from now on. False, and nothing changed, if there is no active one.
bool DisableEndpoint(Connection& connection, std::int64_t org_id);

/// Writes down when secrets were used. Not a change that gateways need to know.
void RecordUses(Connection& connection, const std::map<std::int64_t, auth::SecretUse>& uses);

}  // namespace bookgate::store
