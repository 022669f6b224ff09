#include "store/admin_queries.hpp"

namespace bookgate::store {

void SaveAdmin(Connection& connection, const std::string& email_key,
               const std::string& password_hash, std::optional<std::int64_t> org_id) {
  const Parameter org = org_id ? Parameter(*org_id) : Parameter(nullptr);
  connection.Execute(
      "INSERT INTO admins (Email, PasswordHash, OrgID, CreatedAt) VALUES (?, ?, ?, ?) "
      "ON DUPLICATE KEY UPDATE PasswordHash = VALUES(PasswordHash), OrgID = VALUES(OrgID)",
      {email_key, password_hash, org, base::SystemNow()});
}

}  // namespace bookgate::store
