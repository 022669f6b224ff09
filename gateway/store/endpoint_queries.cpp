#include "store/endpoint_queries.hpp"

#include "store/org_queries.hpp"

namespace bookgate::store {
namespace {

Bytes BytesOf(const model::SecretHash& hash) {
  return {{reinterpret_cast<const char*>(hash.data()), hash.size()}};
}

}  // namespace

Endpoint ShowEndpoint(Connection& connection, std::int64_t org_id) {
  const std::vector<Row> rows = connection.Query(
      "SELECT State, SecretHint, " + IsoTime("GeneratedAt") + ", " + IsoTime("LastUsedAt") + ", " +
          IsoTime("PreviousExpiresAt") + ", " + IsoTime("PreviousLastUsedAt") +
          " FROM webhook_endpoints WHERE OrgID = ?",
      {org_id});
  if (rows.empty()) return {};
  const Row& row = rows.front();
  Endpoint endpoint;
  endpoint.state =
      row.Text(0) == "active" ? model::EndpointState::kActive : model::EndpointState::kDisabled;
  endpoint.hint = row.Text(1);
  endpoint.generated_at = row.Time(2);
  endpoint.last_used_at = row.Time(3);
  endpoint.previous_expires_at = row.Time(4);
  endpoint.previous_last_used_at = row.Time(5);
  return endpoint;
}

bool GenerateEndpoint(Connection& connection, std::int64_t org_id, const NewSecret& secret) {
  // The guards stand in the statements, so that two who press the button at once get one secret.
  std::uint64_t changed = connection.Execute(
      "UPDATE webhook_endpoints SET State = 'active', SecretHash = ?, SecretHint = ?, "
      "GeneratedAt = ?, LastUsedAt = NULL, PreviousHash = NULL, PreviousExpiresAt = NULL, "
      "PreviousLastUsedAt = NULL WHERE OrgID = ? AND State = 'disabled'",
      {BytesOf(secret.hash), secret.hint, base::SystemNow(), org_id});
  if (changed == 0) {
    changed = connection.Execute(
        "INSERT IGNORE INTO webhook_endpoints (OrgID, State, SecretHash, SecretHint, GeneratedAt) "
        "VALUES (?, 'active', ?, ?, ?)",
        {org_id, BytesOf(secret.hash), secret.hint, base::SystemNow()});
  }
  if (changed == 0) return false;
  MarkChanged(connection, org_id);
  return true;
}

bool RotateEndpoint(Connection& connection, std::int64_t org_id, const NewSecret& secret,
                    std::chrono::seconds grace) {
  const base::Instant now = base::SystemNow();
  const bool keep = grace.count() > 0;
  // Assignments run from left to right on both databases: the old values are moved first.
  const std::string keep_old =
      keep ? "PreviousHash = SecretHash, PreviousExpiresAt = ?, PreviousLastUsedAt = LastUsedAt, "
           : "PreviousHash = NULL, PreviousExpiresAt = NULL, PreviousLastUsedAt = NULL, ";
  std::vector<Parameter> parameters;
  if (keep) parameters.emplace_back(base::Instant(now + grace));
  parameters.insert(parameters.end(), {BytesOf(secret.hash), secret.hint, now, org_id});
  const std::uint64_t changed =
      connection.Execute("UPDATE webhook_endpoints SET " + keep_old +
                             "SecretHash = ?, SecretHint = ?, GeneratedAt = ?, LastUsedAt = NULL "
                             "WHERE OrgID = ? AND State = 'active'",
                         parameters);
  if (changed == 0) return false;
  MarkChanged(connection, org_id);
  return true;
}

bool DisableEndpoint(Connection& connection, std::int64_t org_id) {
  const std::uint64_t changed = connection.Execute(
      "UPDATE webhook_endpoints SET State = 'disabled', PreviousHash = NULL, "
      "PreviousExpiresAt = NULL, PreviousLastUsedAt = NULL WHERE OrgID = ? AND State = 'active'",
      {org_id});
  if (changed == 0) return false;
  MarkChanged(connection, org_id);
  return true;
}

void RecordUses(Connection& connection, const std::map<std::int64_t, auth::SecretUse>& uses) {
  for (const auto& [org_id, use] : uses) {
    if (use.current) {
      connection.Execute("UPDATE webhook_endpoints SET LastUsedAt = ? WHERE OrgID = ?",
                         {*use.current, org_id});
    }
    if (use.previous) {
      connection.Execute(
          "UPDATE webhook_endpoints SET PreviousLastUsedAt = ? "
          "WHERE OrgID = ? AND PreviousHash IS NOT NULL",
          {*use.previous, org_id});
    }
  }
}

}  // namespace bookgate::store
