#include "store/org_queries.hpp"

#include <sodium.h>

#include <algorithm>

namespace bookgate::store {
namespace {

const std::string& SelectOrgs() {
  static const std::string sql =
      "SELECT o.OrgID, o.PublicID, o.Name, o.TimeZone, o.Version, e.State, e.SecretHash, "
      "e.PreviousHash, " +
      IsoTime("e.PreviousExpiresAt") +
      ", o.FieldMapping FROM orgs o LEFT JOIN webhook_endpoints e ON e.OrgID = o.OrgID ";
  return sql;
}

model::EndpointState StateOf(const std::string& name) {
  if (name == "active") return model::EndpointState::kActive;
  return name == "disabled" ? model::EndpointState::kDisabled : model::EndpointState::kNone;
}

model::SecretHash HashOf(const std::string& bytes) {
  model::SecretHash hash{};
  std::copy_n(bytes.begin(), std::min(bytes.size(), hash.size()), hash.begin());
  return hash;
}

model::Org ReadOrg(const Row& row) {
  model::Org org;
  org.id = row.Integer(0);
  org.public_id = row.Text(1);
  org.name = row.Text(2);
  org.time_zone = row.Text(3);
  org.version = static_cast<std::uint64_t>(row.Integer(4));
  org.endpoint = StateOf(row.Text(5));
  org.secret_hash = HashOf(row.Text(6));
  if (const std::optional<base::Instant> expires = row.Time(8)) {
    org.previous = model::PreviousSecret{HashOf(row.Text(7)), *expires};
  }
  org.field_mapping = row.Text(9);
  return org;
}

std::vector<model::Org> ReadOrgs(const std::vector<Row>& rows) {
  std::vector<model::Org> orgs;
  orgs.reserve(rows.size());
  std::transform(rows.begin(), rows.end(), std::back_inserter(orgs), ReadOrg);
  return orgs;
}

/// 16 characters of a-z0-9: 82 bits, so that nobody finds an org by trying.
std::string RandomPublicId() {
  constexpr std::string_view kAlphabet = "abcdefghijklmnopqrstuvwxyz0123456789";
  std::string id(16, ' ');
  for (char& c : id) c = kAlphabet[randombytes_uniform(kAlphabet.size())];
  return id;
}

}  // namespace

model::Org CreateOrg(Connection& connection, const std::string& name,
                     const std::string& time_zone) {
  model::Org org;
  org.public_id = RandomPublicId();
  org.name = name;
  org.time_zone = time_zone;
  connection.Execute("INSERT INTO orgs (PublicID, Name, TimeZone, CreatedAt) VALUES (?, ?, ?, ?)",
                     {org.public_id, org.name, org.time_zone, base::SystemNow()});
  org.id = connection.LastInsertId();
  MarkChanged(connection, org.id);
  return org;
}

std::vector<model::Org> ListOrgs(Connection& connection) {
  return ReadOrgs(connection.Query(SelectOrgs() + "ORDER BY o.OrgID"));
}

std::optional<model::Org> FindOrg(Connection& connection, const std::string& public_id) {
  const std::vector<Row> rows =
      connection.Query(SelectOrgs() + "WHERE o.PublicID = ?", {public_id});
  if (rows.empty()) return std::nullopt;
  return ReadOrg(rows.front());
}

std::uint64_t CurrentVersion(Connection& connection) {
  const std::vector<Row> rows =
      connection.QueryBuilt("SELECT Version FROM change_counter WHERE ID = 1");
  return rows.empty() ? 0 : static_cast<std::uint64_t>(rows.front().Integer(0));
}

std::vector<model::Org> LoadOrgsChangedSince(Connection& connection, std::uint64_t version) {
  return ReadOrgs(connection.Query(SelectOrgs() + "WHERE o.Version > ?", {version}));
}

void SetFieldMapping(Connection& connection, std::int64_t org_id, const std::string& mapping) {
  connection.Execute("UPDATE orgs SET FieldMapping = ? WHERE OrgID = ?",
                     {TextOrNull(mapping), org_id});
  MarkChanged(connection, org_id);
}

void MarkChanged(Connection& connection, std::int64_t org_id) {
  // The counter's row lock keeps versions in the order of their commits: whoever reads version N
  // has everything up to N.
  connection.Execute("UPDATE change_counter SET Version = Version + 1 WHERE ID = 1");
  connection.Execute(
      "UPDATE orgs SET Version = (SELECT Version FROM change_counter WHERE ID = 1) WHERE OrgID = ?",
      {org_id});
}

}  // namespace bookgate::store
