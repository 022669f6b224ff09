/// \file org_queries.hpp
/// The table `orgs`, and the counter by which gateways learn of changes.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "model/org.hpp"
#include "store/connection.hpp"

namespace bookgate::store {

/// Makes an org with a new random public id, and without a secret.
model::Org CreateOrg(Connection& connection, const std::string& name, const std::string& time_zone);

/// In the order in which they were made, with their endpoints.
std::vector<model::Org> ListOrgs(Connection& connection);

std::optional<model::Org> FindOrg(Connection& connection, const std::string& public_id);

/// The number that every change of any org counts up.
std::uint64_t CurrentVersion(Connection& connection);

/// The orgs that changed after `version`; all of them for 0.
std::vector<model::Org> LoadOrgsChangedSince(Connection& connection, std::uint64_t version);

/// A JSON object, which the caller has checked; "" for none.
void SetFieldMapping(Connection& connection, std::int64_t org_id, const std::string& mapping);

/// Marks the org as changed, in the transaction that changes it: gateways load it anew.
void MarkChanged(Connection& connection, std::int64_t org_id);

}  // namespace bookgate::store
