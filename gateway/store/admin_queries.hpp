/// \file admin_queries.hpp
/// The table `admins`: who may sign in.
#pragma once

#include <optional>
#include <string>

#include "store/connection.hpp"

namespace bookgate::store {

/// Makes an admin, or gives an existing one this password and reach. `email_key` is folded;
/// `password_hash` is Argon2id in its text form. Without an org the admin sees every org.
void SaveAdmin(Connection& connection, const std::string& email_key,
               const std::string& password_hash, std::optional<std::int64_t> org_id);

}  // namespace bookgate::store
