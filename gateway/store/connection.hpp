/// \file connection.hpp
/// One connection to MySQL or MariaDB. Keeps the connector's headers to itself.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/result.hpp"
#include "base/time.hpp"
#include "base/uuid.hpp"
#include "config/settings.hpp"

namespace bookgate::store {

/// What went wrong, as far as it decides what to do next.
enum class DatabaseErrorKind : std::uint8_t {
  kDeadlock,   ///< Another transaction was in the way (1213, 1205, 1062): run this one again.
  kLost,       ///< The connection is gone, or the server cannot serve now: reconnect first.
  kStatement,  ///< The statement or its data are at fault: the same again fails again.
};

/// Thrown within the room only; its edges turn it into a base::Failure. The text is the server's
/// and may hold values: it is for debugging, not for logs that leave the house.
class DatabaseError : public std::runtime_error {
 public:
  DatabaseError(DatabaseErrorKind kind, int code, const std::string& text)
      : std::runtime_error(text), kind_(kind), code_(code) {}

  DatabaseErrorKind kind() const { return kind_; }
  /// The server's or client's error number.
  int code() const { return code_; }
  /// For the operator: the number and what it stands for, without the server's text.
  base::Failure ToFailure() const;

 private:
  DatabaseErrorKind kind_;
  int code_;
};

/// Bytes for a BINARY or BLOB column.
struct Bytes {
  std::string_view bytes;
};

/// A bound parameter. Text must be UTF-8.
using Parameter =
    std::variant<std::nullptr_t, std::int64_t, std::uint64_t, std::string, Bytes, base::Instant>;

/// An empty text as NULL.
Parameter TextOrNull(const std::string& text);

/// One row of a result, by column number from 0.
class Row {
 public:
  explicit Row(std::vector<std::optional<std::string>> columns) : columns_(std::move(columns)) {}

  bool IsNull(std::size_t column) const { return !columns_.at(column).has_value(); }
  /// "" for NULL.
  std::string Text(std::size_t column) const { return columns_.at(column).value_or(""); }
  /// 0 for NULL.
  std::int64_t Integer(std::size_t column) const;
  /// Of a BINARY(16) column; all zero for NULL.
  base::Uuid Id(std::size_t column) const;
  /// Of a column selected with IsoTime; nullopt for NULL.
  std::optional<base::Instant> Time(std::size_t column) const;

 private:
  std::vector<std::optional<std::string>> columns_;
};

/// A DATETIME column as text that Row::Time reads. The connector's own conversion drops fractions.
std::string IsoTime(std::string_view column);

/// How long a server may say nothing before it counts as gone.
enum class Patience : std::uint8_t {
  kShort,      ///< Seconds: a sender waits.
  kMigration,  ///< As long as it takes to change a large table.
};

/// Belongs to one thread at a time. Every method may throw DatabaseError; after one of kind kLost
/// the connection is of no use any more. In a transaction from the first statement to Commit or
/// Rollback.
class Connection {
 public:
  /// Connects to the first host that answers, with READ COMMITTED, strict SQL and UTC.
  static base::Result<std::unique_ptr<Connection>> Open(const config::DatabaseSettings& settings,
                                                        Patience patience = Patience::kShort);
  ~Connection();
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  /// Runs a statement with bound parameters; gives how many rows it changed.
  std::uint64_t Execute(const std::string& sql, const std::vector<Parameter>& parameters = {});
  std::vector<Row> Query(const std::string& sql, const std::vector<Parameter>& parameters = {});

  /// As Execute and Query, of a statement of StatementBuilder.
  void ExecuteBuilt(const std::string& sql);
  std::vector<Row> QueryBuilt(const std::string& sql);

  /// LAST_INSERT_ID().
  std::int64_t LastInsertId();

  void Commit();
  /// Never throws: where it fails, the server has rolled back or will.
  void Rollback() noexcept;

 private:
  class Impl;
  explicit Connection(std::unique_ptr<Impl> impl);

  std::unique_ptr<Impl> impl_;
};

}  // namespace bookgate::store
