#include "store/admin_queries.hpp"

namespace bookgate::store {

void SaveAdmin(Connection& connection, const std::string& email_key,
               const std::string& password_hash, std::optional<std::int64_t> org_id) {
  const Parameter org = org_id ? Parameter(*org_id) : Parameter(nullptr);
  connection.Execute(
      "INSERT INTO admins (Email, PasswordHash, OrgID, CreatedAt) VALUES (?, ?, ?, ?) "
      "ON DUPLICATE KEY UPDATE PasswordHash = VALUES(PasswordHash), OrgID = VALUES(OrgID)",
      {email_key, password_hash, org, base::SystemNow()});
  // Whoever sets a new password may do so because somebody else knows the old one.
  connection.Execute(
      "DELETE FROM admin_sessions WHERE AdminID = (SELECT AdminID FROM admins WHERE Email = ?)",
      {email_key});
}

std::optional<AdminRow> FindAdmin(Connection& connection, const std::string& email_key) {
  const std::vector<Row> rows = connection.Query(
      "SELECT AdminID, Email, PasswordHash, OrgID FROM admins WHERE Email = ?", {email_key});
  if (rows.empty()) return std::nullopt;
  const Row& row = rows.front();
  AdminRow admin{row.Integer(0), row.Text(1), row.Text(2), std::nullopt};
  if (!row.IsNull(3)) admin.org_id = row.Integer(3);
  return admin;
}

}  // namespace bookgate::store
