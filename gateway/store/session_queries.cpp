#include "store/session_queries.hpp"

#include <algorithm>

namespace bookgate::store {
namespace {

/// A page that asks every other second need not write every other second.
constexpr std::chrono::minutes kNoteEvery{1};

Bytes BytesOf(const SessionHash& hash) {
  return {{reinterpret_cast<const char*>(hash.data()), hash.size()}};
}

void RemoveEnded(Connection& connection, base::Instant now) {
  connection.Execute("DELETE FROM admin_sessions WHERE ExpiresAt <= ? OR LastSeenAt <= ?",
                     {now, base::Instant(now - kSessionIdle)});
}

}  // namespace

bool BeginSession(Connection& connection, const SessionHash& hash, const AdminRow& admin,
                  base::Instant now) {
  RemoveEnded(connection, now);
  // The password is asked for again: it took a while to check, and may have been changed meanwhile.
  return connection.Execute(
             "INSERT INTO admin_sessions (TokenHash, AdminID, CreatedAt, LastSeenAt, ExpiresAt) "
             "SELECT ?, AdminID, ?, ?, ? FROM admins WHERE AdminID = ? AND PasswordHash = ?",
             {BytesOf(hash), now, now, base::Instant(now + kSessionLife), admin.id,
              admin.password_hash}) == 1;
}

std::optional<SessionRow> UseSession(Connection& connection, const SessionHash& hash,
                                     base::Instant now) {
  const std::vector<Row> rows =
      connection.Query("SELECT a.AdminID, a.Email, a.OrgID, o.PublicID, " +
                           IsoTime("s.LastSeenAt") + ", " + IsoTime("s.ExpiresAt") +
                           " FROM admin_sessions s JOIN admins a ON a.AdminID = s.AdminID "
                           "LEFT JOIN orgs o ON o.OrgID = a.OrgID "
                           "WHERE s.TokenHash = ? AND s.ExpiresAt > ? AND s.LastSeenAt > ?",
                       {BytesOf(hash), now, base::Instant(now - kSessionIdle)});
  if (rows.empty()) return std::nullopt;
  const Row& row = rows.front();
  SessionRow session{row.Integer(0), row.Text(1), std::nullopt, row.Text(3), {}};
  if (!row.IsNull(2)) session.org_id = row.Integer(2);
  base::Instant seen_at = row.Time(4).value_or(now);
  if (now - seen_at >= kNoteEvery) {
    connection.Execute("UPDATE admin_sessions SET LastSeenAt = ? WHERE TokenHash = ?",
                       {now, BytesOf(hash)});
    seen_at = now;
  }
  session.expires_at = std::min(row.Time(5).value_or(now), base::Instant(seen_at + kSessionIdle));
  return session;
}

void EndSession(Connection& connection, const SessionHash& hash) {
  connection.Execute("DELETE FROM admin_sessions WHERE TokenHash = ?", {BytesOf(hash)});
}

}  // namespace bookgate::store
