/// \file database_url.hpp
/// The URL that says where the database is.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "config/settings.hpp"

namespace bookgate::config {

struct DatabaseAddress {
  std::vector<DatabaseHost> hosts;
  std::string user;
  std::string database;
};

/// mysql://USER@HOST[:PORT][,HOST[:PORT]...]/DATABASE, or mysql://USER@/DATABASE?socket=/PATH.
/// User, database and path may be percent-encoded. A password is refused: configuration files are
/// shown to others, printed and kept in version control.
base::Result<DatabaseAddress> ParseDatabaseUrl(std::string_view text);

}  // namespace bookgate::config
