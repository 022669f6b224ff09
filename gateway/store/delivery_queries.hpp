/// \file delivery_queries.hpp
/// Deliveries as their owner looks at them. The writer has the statement that adds them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/uuid.hpp"
#include "store/connection.hpp"

namespace bookgate::store {

struct DeliveryLine {
  base::Uuid id;
  std::string provider, outcome, reason;
  std::optional<base::Instant> received_at;
  std::optional<std::int64_t> appointment_id;
  std::int64_t attempts = 0;
};

struct DeliveryDetails : DeliveryLine {
  std::string org;  ///< Public id.
  std::string content_type;
  std::string headers;  ///< JSON list, "" for none; likewise the next two.
  std::string query;
  std::string problems;
  std::optional<std::string> body;  ///< nullopt once it is no longer kept.
  std::optional<base::Instant> updated_at;
};

/// The newest first; with an `outcome`, only those; with `before`, only those that came before that
/// one.
std::vector<DeliveryLine> ListDeliveries(Connection& connection, std::int64_t org_id,
                                         const std::string& outcome, std::int64_t limit,
                                         const std::optional<base::Uuid>& before = std::nullopt);

/// Those of an org that did not become what they were meant to be.
struct UnfinishedCount {
  std::int64_t dead = 0;
  std::int64_t held = 0;
};
UnfinishedCount CountUnfinished(Connection& connection, std::int64_t org_id);

/// How many deliveries of all orgs wait for a look-up.
std::int64_t CountHeldDeliveries(Connection& connection);

/// Of any org: for the command line, whose user sees them all.
std::optional<DeliveryDetails> FindDelivery(Connection& connection, const base::Uuid& id);

/// Of that org; nullopt also if it is another one's.
std::optional<DeliveryDetails> FindDelivery(Connection& connection, std::int64_t org_id,
                                            const base::Uuid& id);

}  // namespace bookgate::store
