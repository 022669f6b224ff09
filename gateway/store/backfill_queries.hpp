/// \file backfill_queries.hpp
/// The table `backfills`: the last fetching of what was missed, and how far it is.
#pragma once

#include <optional>
#include <string>

#include "base/time.hpp"
#include "store/connection.hpp"
#include "store/org_at_provider.hpp"

namespace bookgate::store {

struct Backfill {
  base::Instant since{};
  base::Instant until{};
  std::string state = "running";  ///< "running", "done" or "failed".
  std::int64_t pages = 0;
  std::int64_t bookings = 0;  ///< That could be used.
  std::int64_t created = 0;   ///< Appointments that were not known.
  std::int64_t changed = 0;   ///< Pages that changed something.
  std::int64_t unusable = 0;
  std::string reason{};        ///< Why it failed, for the owner.
  base::Instant started_at{};  ///< The epoch: it has not begun.
};

/// nullopt if there was none yet. One whose gateway has died is a failed one.
std::optional<Backfill> FindBackfill(Connection& connection, const OrgAtProvider& key);

/// Writes down that it runs. False, and nothing changed, if another one does.
bool BeginBackfill(Connection& connection, const OrgAtProvider& key, const Backfill& backfill);

/// How far it is, or how it ended. Nothing if another one has taken its place.
void NoteBackfill(Connection& connection, const OrgAtProvider& key, const Backfill& backfill);

}  // namespace bookgate::store
