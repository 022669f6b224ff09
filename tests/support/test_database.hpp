/// \file test_database.hpp
/// A database of a test's own, and what a test asks it.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "support/mariadb_server.hpp"

namespace bookgate::tests {

/// Empty at first: `bookgate migrate` fills it. Goes with its server, which is sooner than to drop
/// it. Asked with the server's own client, so that nothing of the gateway's vouches for itself. Any
/// failure is a std::runtime_error.
class TestDatabase {
 public:
  explicit TestDatabase(const MariaDbServer& server = SharedMariaDb());
  TestDatabase(const TestDatabase&) = delete;
  TestDatabase& operator=(const TestDatabase&) = delete;

  /// As bookgate.toml has it in database.url.
  std::string url() const;

  /// NULL comes as "NULL".
  std::vector<std::vector<std::string>> Rows(const std::string& sql) const;
  /// The result as one text: a line each row, columns divided by " | ". Of one value it is just
  /// that.
  std::string Text(const std::string& sql) const;
  /// The only value of the result, which is a whole number.
  std::int64_t Number(const std::string& sql) const;
  void Execute(const std::string& sql) const;

 private:
  const MariaDbServer& server_;
  const std::string name_;
};

}  // namespace bookgate::tests
