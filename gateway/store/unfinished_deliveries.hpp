/// \file unfinished_deliveries.hpp
/// The table `unfinished_deliveries` for whoever finishes them. The writer adds to it, and takes
/// out what is finished (unfinished_step.hpp).
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "store/pool.hpp"
#include "store/stored_delivery.hpp"

namespace bookgate::store {

/// A delivery that is ours until the lease ends: then somebody else takes it.
struct UnfinishedDelivery {
  StoredDelivery stored;
  /// What is stored of it may be complete already, so only a complete answer may replace it.
  bool replayed = false;
  unsigned attempts = 0;  ///< Begun so far, with this one.
  base::Instant waits_since{};
  /// The org's credential for its provider, as it is now; "": none is set.
  std::string sealed_credential;
};

/// What to take: the due ones of one provider.
struct Claim {
  std::string provider;
  std::vector<std::int64_t> but_not_of;  ///< Orgs whose turn it is not.
  std::size_t limit = 1;
  std::chrono::milliseconds lease{};
};

struct DeliveryKey {
  std::int64_t org_id = 0;
  base::Uuid delivery_id;
};

/// That nothing could be done about it this time.
struct Postponed {
  DeliveryKey key;
  std::chrono::milliseconds next_attempt_in{};
  std::string reason;  ///< For the owner, of a held one.
};

/// What an org's deliveries of a provider waited for may be there now: they are due at once. One
/// that is under way may be taken a second time, which does no harm. Throws DatabaseError.
void MakeDue(Connection& connection, std::int64_t org_id, const std::string& provider);

/// An interface, so that what finishes deliveries runs in a test without a database. Failures are
/// the database's. Thread-safe.
class UnfinishedDeliveries {
 public:
  virtual ~UnfinishedDeliveries() = default;

  /// The providers of which at least one is due.
  virtual base::Result<std::vector<std::string>> DueProviders() = 0;
  /// Those that were due for longest come first. None of them is given to two at once.
  virtual base::Result<std::vector<UnfinishedDelivery>> Take(const Claim& claim) = 0;
  virtual base::Status Postpone(const std::vector<Postponed>& deliveries) = 0;
  /// Nothing more will come of what is stored already. `reason` stands in the delivery's row from
  /// now on, unless it is "".
  virtual base::Status Close(const DeliveryKey& key, const std::string& reason) = 0;
  /// Lets go of what was taken and not finished: whoever comes next may have it at once.
  virtual base::Status Release(const std::vector<DeliveryKey>& keys) = 0;
};

class UnfinishedDeliveriesTable final : public UnfinishedDeliveries {
 public:
  /// `pool` outlives it.
  explicit UnfinishedDeliveriesTable(Pool& pool) : pool_(pool) {}

  base::Result<std::vector<std::string>> DueProviders() override;
  base::Result<std::vector<UnfinishedDelivery>> Take(const Claim& claim) override;
  base::Status Postpone(const std::vector<Postponed>& deliveries) override;
  base::Status Close(const DeliveryKey& key, const std::string& reason) override;
  base::Status Release(const std::vector<DeliveryKey>& keys) override;

 private:
  Pool& pool_;
};

}  // namespace bookgate::store
