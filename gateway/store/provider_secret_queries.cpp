#include "store/provider_secret_queries.hpp"

#include <map>
#include <memory>
#include <utility>

#include "store/org_queries.hpp"
#include "store/unfinished_deliveries.hpp"

namespace bookgate::store {
namespace {

std::vector<Parameter> Where(const ProviderSecretKey& key) {
  return {key.org_id, key.provider, std::string(auth::KindName(key.kind))};
}

auth::ProtectedText Open(const auth::Sealer& sealer, const std::string& sealed,
                         const auth::SealedPlace& place) {
  return sealer.Open(sealed, place).value_or(auth::ProtectedText());
}

/// A row of LoadEntriesChangedSince.
void TakeSecret(const Row& row, const auth::Sealer& sealer, auth::OrgEntry& entry) {
  const std::string provider = row.Text(1);
  if (row.Text(2) == auth::KindName(auth::ProviderSecretKind::kCredential)) {
    entry.sealed_credentials.emplace(provider, row.Text(3));
    return;
  }
  const auth::SealedPlace place{entry.public_id, provider, auth::ProviderSecretKind::kSigningKey};
  auto keys = std::make_shared<auth::SigningKeys>();
  keys->current = Open(sealer, row.Text(3), place);
  if (const std::optional<base::Instant> expires = row.Time(5)) {
    keys->previous = Open(sealer, row.Text(4), place);
    keys->previous_expires_at = *expires;
  }
  keys->required = row.Integer(6) != 0;
  entry.signing_keys.emplace(provider, std::move(keys));
}

}  // namespace

std::string AuditAction(auth::ProviderSecretKind kind, std::string_view what) {
  return (kind == auth::ProviderSecretKind::kCredential ? "credential_" : "signing_key_") +
         std::string(what);
}

std::optional<ProviderSecret> ShowProviderSecret(Connection& connection,
                                                 const ProviderSecretKey& key) {
  const std::vector<Row> rows = connection.Query(
      "SELECT Hint, " + IsoTime("CreatedAt") + ", " + IsoTime("PreviousExpiresAt") +
          ", Required FROM provider_secrets WHERE OrgID = ? AND Provider = ? AND Kind = ?",
      Where(key));
  if (rows.empty()) return std::nullopt;
  const Row& row = rows.front();
  ProviderSecret secret{row.Text(0), row.Time(1).value_or(base::Instant{}), row.Time(2),
                        row.Integer(3) != 0};
  if (secret.previous_expires_at <= base::SystemNow()) secret.previous_expires_at.reset();
  return secret;
}

std::string ReadSealedSecret(Connection& connection, const ProviderSecretKey& key) {
  const std::vector<Row> rows = connection.Query(
      "SELECT Sealed FROM provider_secrets WHERE OrgID = ? AND Provider = ? AND Kind = ?",
      Where(key));
  return rows.empty() ? std::string() : rows.front().Text(0);
}

void SetProviderSecret(Connection& connection, const ProviderSecretKey& key,
                       const NewProviderSecret& secret) {
  const base::Instant now = base::SystemNow();
  const bool keep_old = secret.grace.count() > 0;
  const std::int64_t require = secret.require ? 1 : 0;
  // Assignments run from left to right on both databases: the old value is moved first.
  const std::string move_old = keep_old ? "PreviousSealed = Sealed, PreviousExpiresAt = ?, "
                                        : "PreviousSealed = NULL, PreviousExpiresAt = NULL, ";
  std::vector<Parameter> parameters = Where(key);
  parameters.insert(parameters.end(), {Bytes{secret.sealed}, secret.hint, now, require});
  if (keep_old) parameters.emplace_back(base::Instant(now + secret.grace));
  parameters.insert(parameters.end(), {Bytes{secret.sealed}, secret.hint, now, require});
  connection.Execute(
      "INSERT INTO provider_secrets (OrgID, Provider, Kind, Sealed, Hint, CreatedAt, Required) "
      "VALUES (?, ?, ?, ?, ?, ?, ?) ON DUPLICATE KEY UPDATE " +
          move_old + "Sealed = ?, Hint = ?, CreatedAt = ?, Required = GREATEST(Required, ?)",
      parameters);
  if (key.kind == auth::ProviderSecretKind::kCredential) {
    MakeDue(connection, key.org_id, key.provider);
  }
  MarkChanged(connection, key.org_id);
}

bool ClearProviderSecret(Connection& connection, const ProviderSecretKey& key) {
  const std::uint64_t removed = connection.Execute(
      "DELETE FROM provider_secrets WHERE OrgID = ? AND Provider = ? AND Kind = ?", Where(key));
  if (removed == 0) return false;
  MarkChanged(connection, key.org_id);
  return true;
}

bool RequireSignatures(Connection& connection, std::int64_t org_id, const std::string& provider,
                       bool required) {
  const ProviderSecretKey key{org_id, provider, auth::ProviderSecretKind::kSigningKey};
  if (!ShowProviderSecret(connection, key)) return false;
  connection.Execute("UPDATE provider_secrets SET Required = " + std::string(required ? "1" : "0") +
                         " WHERE OrgID = ? AND Provider = ? AND Kind = ?",
                     Where(key));
  MarkChanged(connection, org_id);
  return true;
}

std::vector<auth::OrgEntry> LoadEntriesChangedSince(Connection& connection,
                                                    const auth::Sealer& sealer,
                                                    std::uint64_t version) {
  std::vector<auth::OrgEntry> entries;
  std::map<std::int64_t, std::size_t> place_of;
  for (model::Org& org : LoadOrgsChangedSince(connection, version)) {
    place_of[org.id] = entries.size();
    entries.emplace_back(std::move(org));
  }
  const std::vector<Row> rows =
      connection.Query("SELECT s.OrgID, s.Provider, s.Kind, s.Sealed, s.PreviousSealed, " +
                           IsoTime("s.PreviousExpiresAt") +
                           ", s.Required FROM provider_secrets s JOIN orgs o ON o.OrgID = s.OrgID "
                           "WHERE o.Version > ?",
                       {version});
  for (const Row& row : rows) {
    // An org that changed between the two queries has a newer version and is loaded again.
    const auto found = place_of.find(row.Integer(0));
    if (found != place_of.end()) TakeSecret(row, sealer, entries[found->second]);
  }
  return entries;
}

}  // namespace bookgate::store
