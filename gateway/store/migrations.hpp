/// \file migrations.hpp
/// Brings the schema up to what this program was built for.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "store/connection.hpp"

namespace bookgate::store {

/// One file of schemas/mysql: NNNN_name.
struct Migration {
  int version = 0;
  std::string name;
  std::string checksum;  ///< SHA-256 of the text, hex.
  std::string_view text;
};

/// All that this program knows, in order.
std::vector<Migration> KnownMigrations();

/// The statements of a migration, without comments and semicolons.
std::vector<std::string> StatementsOf(std::string_view text);

struct MigrationReport {
  std::vector<std::string> applied;  ///< With dry_run: what would be applied.
};

/// Applies what is missing, in order; with `dry_run` only says what that is. Fails with kConflict
/// if the database has a newer schema than this program knows, or one whose migration of the same
/// number was another one: then this program must not touch it. Two that migrate at once do no
/// harm: every statement may be run twice, and each version is recorded once.
base::Result<MigrationReport> Migrate(Connection& connection, bool dry_run);

}  // namespace bookgate::store
