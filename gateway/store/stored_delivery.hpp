/// \file stored_delivery.hpp
/// Deliveries out of the table again, to be translated once more.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "base/uuid.hpp"
#include "model/delivery.hpp"
#include "store/connection.hpp"

namespace bookgate::store {

struct StoredDelivery {
  model::Delivery delivery;  ///< As it came, but for what is never stored.
  model::Outcome outcome = model::Outcome::kStored;
  bool has_body =
      true;  ///< False once the body is no longer kept: then there is nothing to replay.
};

/// Of any org: for the command line, whose user sees them all.
std::optional<StoredDelivery> FindStoredDelivery(Connection& connection, const base::Uuid& id);

std::optional<StoredDelivery> FindStoredDelivery(Connection& connection, std::int64_t org_id,
                                                 const base::Uuid& id);

/// Which deliveries of an org to replay.
struct DeliverySelection {
  std::int64_t org_id = 0;
  std::optional<model::Outcome> outcome;  ///< nullopt: whatever became of them.
  base::Instant since{};                  ///< Received then or later.
};

/// At most `limit` of them, the oldest first, beginning after `after`.
std::vector<StoredDelivery> ListStoredDeliveries(Connection& connection,
                                                 const DeliverySelection& selection,
                                                 const base::Uuid& after, std::int64_t limit);

}  // namespace bookgate::store
