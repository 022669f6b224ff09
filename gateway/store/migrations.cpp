#include "store/migrations.hpp"

#include <sodium.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <map>

#include "embedded_migrations.hpp"

namespace bookgate::store {
namespace {

/// What the database says was applied: name and checksum by version.
using Applied = std::map<int, std::pair<std::string, std::string>>;

std::string Sha256(std::string_view text) {
  std::array<unsigned char, crypto_hash_sha256_BYTES> hash;
  crypto_hash_sha256(hash.data(), reinterpret_cast<const unsigned char*>(text.data()), text.size());
  std::array<char, 2 * hash.size() + 1> hex;
  sodium_bin2hex(hex.data(), hex.size(), hash.data(), hash.size());
  return hex.data();
}

bool HasMigrationTable(Connection& connection) {
  return !connection
              .Query(
                  "SELECT 1 FROM information_schema.TABLES "
                  "WHERE TABLE_SCHEMA = DATABASE() AND TABLE_NAME = 'schema_migrations'")
              .empty();
}

Applied ReadApplied(Connection& connection) {
  Applied applied;
  if (!HasMigrationTable(connection)) return applied;
  for (const Row& row : connection.Query("SELECT Version, Name, Checksum FROM schema_migrations")) {
    applied[static_cast<int>(row.Integer(0))] = {row.Text(1), row.Text(2)};
  }
  return applied;
}

/// Nothing of the database is unknown to this program, and what both know is the same.
base::Status CheckApplied(const Applied& applied, const std::vector<Migration>& known) {
  for (const auto& [version, entry] : applied) {
    const auto& [name, checksum] = entry;
    const auto same =
        std::find_if(known.begin(), known.end(),
                     [version = version](const auto& one) { return one.version == version; });
    if (same == known.end()) {
      return base::Failure{base::Code::kConflict,
                           "the database has schema " + name + ", which is newer than this " +
                               "program knows (" + known.back().name + "): upgrade bookgate",
                           "Bookgate cannot serve right now."};
    }
    if (same->checksum != checksum) {
      return base::Failure{base::Code::kConflict,
                           "migration " + name + " of the database is not the one of this program",
                           "Bookgate cannot serve right now."};
    }
  }
  return base::Done{};
}

void Apply(Connection& connection, const Migration& migration) {
  for (const std::string& statement : StatementsOf(migration.text)) {
    connection.ExecuteBuilt(statement);
  }
  // The last step: a migration that was cut off is not recorded, and is run again from its start.
  connection.Execute(
      "INSERT IGNORE INTO schema_migrations (Version, Name, Checksum, AppliedAt) "
      "VALUES (?, ?, ?, ?)",
      {std::int64_t{migration.version}, migration.name, migration.checksum, base::SystemNow()});
  connection.Commit();
}

void MakeMigrationTable(Connection& connection) {
  connection.ExecuteBuilt(
      "CREATE TABLE IF NOT EXISTS schema_migrations ("
      "Version INT UNSIGNED NOT NULL, Name VARCHAR(100) NOT NULL, "
      "Checksum CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL, "
      "AppliedAt DATETIME(3) NOT NULL, PRIMARY KEY (Version)"
      ") ENGINE=InnoDB DEFAULT CHARSET=utf8mb4");
}

}  // namespace

std::vector<Migration> KnownMigrations() {
  std::vector<Migration> known;
  for (const auto& [name, text] : kEmbeddedMigrations) {
    int version = 0;
    std::from_chars(name.data(), name.data() + name.size(), version);
    known.push_back({version, std::string(name), Sha256(text), text});
  }
  return known;
}

std::vector<std::string> StatementsOf(std::string_view text) {
  std::vector<std::string> statements;
  std::string statement;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size() - 1);
    const std::string_view line = text.substr(0, end + 1);
    text.remove_prefix(end + 1);
    if (line.starts_with("--")) continue;
    statement += line;
    // A statement ends with a semicolon at the end of a line; our migrations keep to that.
    const std::size_t last = statement.find_last_not_of(" \t\r\n");
    if (last == std::string::npos || statement[last] != ';') continue;
    statement.resize(last);
    statement.erase(0, statement.find_first_not_of(" \t\r\n"));
    statements.push_back(std::move(statement));
    statement.clear();
  }
  return statements;
}

base::Result<MigrationReport> Migrate(Connection& connection, bool dry_run) {
  try {
    const std::vector<Migration> known = KnownMigrations();
    const Applied applied = ReadApplied(connection);
    const base::Status checked = CheckApplied(applied, known);
    if (!checked.ok()) return checked.failure();
    MigrationReport report;
    if (applied.size() == known.size()) {
      connection.Rollback();
      return report;
    }
    if (!dry_run) MakeMigrationTable(connection);
    for (const Migration& migration : known) {
      if (applied.contains(migration.version)) continue;
      if (!dry_run) Apply(connection, migration);
      report.applied.push_back(migration.name);
    }
    connection.Rollback();
    return report;
  } catch (const DatabaseError& error) {
    connection.Rollback();
    base::Failure failure = error.ToFailure();
    // A migration is the operator's business, and holds nobody's data.
    failure.operator_text += std::string(": ") + error.what();
    return failure;
  }
}

}  // namespace bookgate::store
