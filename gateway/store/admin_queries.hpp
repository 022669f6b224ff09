/// \file admin_queries.hpp
/// The table `admins`: who may sign in.
#pragma once

#include <optional>
#include <string>

#include "store/connection.hpp"

namespace bookgate::store {

struct AdminRow {
  std::int64_t id = 0;
  std::string email;  ///< Folded.
  std::string password_hash;
  std::optional<std::int64_t> org_id;  ///< nullopt: sees every org.
};

/// Makes an admin, or gives an existing one this password and reach, and ends the sessions that it
/// had. `email_key` is folded; `password_hash` is Argon2id in its text form. Without an org the
/// admin sees every org.
void SaveAdmin(Connection& connection, const std::string& email_key,
               const std::string& password_hash, std::optional<std::int64_t> org_id);

std::optional<AdminRow> FindAdmin(Connection& connection, const std::string& email_key);

}  // namespace bookgate::store
