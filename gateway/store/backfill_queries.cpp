#include "store/backfill_queries.hpp"

#include <chrono>

#include "store/fit_text.hpp"

namespace bookgate::store {
namespace {

/// A page takes a few minutes at most, tries with an API that is away included. Commands and the
/// page tell people of it.
constexpr std::chrono::minutes kLongestSilence{15};
constexpr std::string_view kInterrupted = "What fetched was killed: fetch again.";

}  // namespace

std::optional<Backfill> FindBackfill(Connection& connection, const OrgAtProvider& key) {
  const std::vector<Row> rows = connection.Query(
      "SELECT " + IsoTime("Since") + ", " + IsoTime("Until") +
          ", State, Pages, Bookings, Created, Changed, Unusable, Reason, " + IsoTime("StartedAt") +
          ", " + IsoTime("UpdatedAt") + " FROM backfills WHERE OrgID = ? AND Provider = ?",
      {key.org_id, key.provider});
  if (rows.empty()) return std::nullopt;
  const Row& row = rows.front();
  Backfill found{row.Time(0).value_or(base::Instant{}),
                 row.Time(1).value_or(base::Instant{}),
                 row.Text(2),
                 row.Integer(3),
                 row.Integer(4),
                 row.Integer(5),
                 row.Integer(6),
                 row.Integer(7),
                 row.Text(8),
                 row.Time(9).value_or(base::Instant{})};
  const base::Instant updated = row.Time(10).value_or(base::Instant{});
  if (found.state == "running" && updated < base::SystemNow() - kLongestSilence) {
    found.state = "failed";
    found.reason = kInterrupted;
  }
  return found;
}

bool BeginBackfill(Connection& connection, const OrgAtProvider& key, const Backfill& backfill) {
  // Locks the row, or the gap where it will be.
  const std::vector<Row> running = connection.Query(
      "SELECT 1 FROM backfills WHERE OrgID = ? AND Provider = ? AND State = 'running' AND "
      "UpdatedAt >= ? FOR UPDATE",
      {key.org_id, key.provider, base::SystemNow() - kLongestSilence});
  if (!running.empty()) return false;
  connection.Execute(
      "REPLACE INTO backfills (OrgID, Provider, Since, Until, State, Pages, Bookings, Created, "
      "Changed, Unusable, Reason, StartedAt, UpdatedAt) "
      "VALUES (?, ?, ?, ?, 'running', 0, 0, 0, 0, 0, '', ?, ?)",
      {key.org_id, key.provider, backfill.since, backfill.until, backfill.started_at,
       base::SystemNow()});
  return true;
}

void NoteBackfill(Connection& connection, const OrgAtProvider& key, const Backfill& backfill) {
  connection.Execute(
      "UPDATE backfills SET State = ?, Pages = ?, Bookings = ?, Created = ?, Changed = ?, "
      "Unusable = ?, Reason = ?, UpdatedAt = ? WHERE OrgID = ? AND Provider = ? AND StartedAt = ?",
      {backfill.state, backfill.pages, backfill.bookings, backfill.created, backfill.changed,
       backfill.unusable, FitText(backfill.reason, kReasonBytes), base::SystemNow(), key.org_id,
       key.provider, backfill.started_at});
}

}  // namespace bookgate::store
