#include "store/retention.hpp"

#include <cstdint>

namespace bookgate::store {
namespace {

/// Few enough that the transaction is no burden on the writers.
constexpr std::int64_t kChunk = 500;

/// Ids are ordered by the time of arrival, and everything before `done_before` is done: so the key
/// alone finds what is next, however much was dropped before.
std::size_t DropOfOrg(Connection& connection, std::int64_t org_id, const base::Uuid& done_before,
                      const base::Uuid& cutoff) {
  const std::vector<Row> rows = connection.Query(
      "SELECT DeliveryID, Outcome FROM deliveries WHERE OrgID = ? AND DeliveryID > ? "
      "AND DeliveryID < ? ORDER BY DeliveryID LIMIT ?",
      {org_id, Bytes{done_before.AsBytes()}, Bytes{cutoff.AsBytes()}, kChunk});
  std::size_t count = 0;
  while (count < rows.size() && rows[count].Text(1) != "held") ++count;
  if (count == 0) return 0;
  const base::Uuid last = rows[count - 1].Id(0);
  connection.Execute(
      "UPDATE deliveries SET Body = NULL WHERE OrgID = ? AND DeliveryID > ? AND DeliveryID <= ?",
      {org_id, Bytes{done_before.AsBytes()}, Bytes{last.AsBytes()}});
  connection.Execute("UPDATE orgs SET BodiesDroppedTo = ? WHERE OrgID = ?",
                     {Bytes{last.AsBytes()}, org_id});
  return count;
}

}  // namespace

std::size_t DropOldBodies(Connection& connection, base::Instant cutoff) {
  const base::Uuid first_kept = base::Uuid::FirstAt(cutoff);
  std::size_t count = 0;
  for (const Row& org : connection.QueryBuilt("SELECT OrgID, BodiesDroppedTo FROM orgs")) {
    count += DropOfOrg(connection, org.Integer(0), org.Id(1), first_kept);
  }
  return count;
}

}  // namespace bookgate::store
