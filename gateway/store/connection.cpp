#include "store/connection.hpp"

#include <cppconn/driver.h>
#include <cppconn/exception.h>
#include <cppconn/prepared_statement.h>
#include <cppconn/resultset.h>
#include <cppconn/resultset_metadata.h>
#include <cppconn/statement.h>
#include <bookgate/time.hpp>

#include <algorithm>
#include <array>
#include <charconv>
#include <list>
#include <mutex>
#include <sstream>

#include "store/time_text.hpp"

namespace bookgate::store {
namespace {

constexpr int kConnectTimeoutSeconds = 5;
/// How long the server may say nothing to a statement. Longer than innodb_lock_wait_timeout below,
/// so that a lock that is not to be had is told apart from a server that is gone; shorter than the
/// ten seconds after which Square gives up. A migration of a large table takes what it takes.
constexpr int kIoTimeoutSeconds = 8;
constexpr int kPatientIoTimeoutSeconds = 24 * 3600;
constexpr const char* kLockWaitSeconds = "5";

constexpr int kSslError = 2026;

/// Numbers of the servers' error lists. What is not here is the statement's own fault.
DatabaseErrorKind KindOf(int code) {
  constexpr std::array kDeadlocks = {
      1205,  // ER_LOCK_WAIT_TIMEOUT
      1213,  // ER_LOCK_DEADLOCK; on Galera also of a COMMIT that another node's came before
      1062,  // ER_DUP_ENTRY: somebody else was first with the same row; the next look finds it
      1020,  // ER_CHECKREAD: MariaDB's "record has changed since last read"
  };
  constexpr std::array kLost = {
      1040,              // ER_CON_COUNT_ERROR
      1044, 1045, 1049,  // access denied, no such database: an operator may still put it right
      1047,              // ER_UNKNOWN_COM_ERROR: what a Galera node says that is not ready
      1053,              // ER_SERVER_SHUTDOWN
      1077, 1078, 1079,  // shutting down
      1129,              // ER_HOST_IS_BLOCKED
      1152, 1153,        // aborted connection, packet too large (the server hangs up)
      1158, 1159, 1160, 1161,  // network errors
      1203,                    // ER_TOO_MANY_USER_CONNECTIONS
      1290, 1836, 3100,        // read-only: a replica that was a primary; group replication hooks
      1317,                    // ER_QUERY_INTERRUPTED
      1927,                    // ER_CONNECTION_KILLED
      4031,                    // ER_CLIENT_INTERACTION_TIMEOUT
  };
  const auto in = [code](const auto& codes) {
    return std::find(codes.begin(), codes.end(), code) != codes.end();
  };
  if (in(kDeadlocks)) return DatabaseErrorKind::kDeadlock;
  const bool of_the_client = code >= 2000 && code < 2100;
  return of_the_client || code == 0 || in(kLost) ? DatabaseErrorKind::kLost
                                                 : DatabaseErrorKind::kStatement;
}

/// Runs something of the connector's and turns what it throws into ours.
template <class Work>
auto Guarded(Work&& work) {
  try {
    return work();
  } catch (const sql::SQLException& error) {
    throw DatabaseError(KindOf(error.getErrorCode()), error.getErrorCode(), error.what());
  }
}

/// The connector's driver must not be made by two threads at once, nor may two threads connect
/// before the client library was initialised.
sql::Driver& Driver() {
  static sql::Driver* driver = get_driver_instance();
  return *driver;
}

sql::ConnectOptionsMap OptionsFor(const config::DatabaseSettings& settings,
                                  const config::DatabaseHost& host, Patience patience, bool tls) {
  sql::ConnectOptionsMap options;
  options["hostName"] = host.socket.empty() ? "tcp://" + host.host + ":" + std::to_string(host.port)
                                            : "unix://" + host.socket;
  options["userName"] = settings.user;
  options["password"] = settings.password;
  options["schema"] = settings.database;
  options["OPT_CHARSET_NAME"] = std::string("utf8mb4");
  options["OPT_CONNECT_TIMEOUT"] = kConnectTimeoutSeconds;
  const int io_timeout =
      patience == Patience::kMigration ? kPatientIoTimeoutSeconds : kIoTimeoutSeconds;
  options["OPT_READ_TIMEOUT"] = io_timeout;
  options["OPT_WRITE_TIMEOUT"] = io_timeout;
  if (tls) options["sslEnforce"] = true;
  return options;
}

std::string NameOf(const config::DatabaseHost& host) {
  return host.socket.empty() ? host.host + ":" + std::to_string(host.port) : host.socket;
}

using Native = std::unique_ptr<sql::Connection>;

/// Throws sql::SQLException.
Native ConnectTo(const config::DatabaseSettings& settings, const config::DatabaseHost& host,
                 Patience patience) {
  static std::mutex mutex;
  const std::lock_guard lock(mutex);
  // A Unix socket does not leave the machine, so TLS would only cost time on it.
  const bool tls = settings.tls != config::DatabaseTls::kOff && host.socket.empty();
  sql::ConnectOptionsMap options = OptionsFor(settings, host, patience, tls);
  try {
    return Native(Driver().connect(options));
  } catch (const sql::SQLException& error) {
    const bool may_do_without = tls && settings.tls == config::DatabaseTls::kPreferred;
    if (!may_do_without || error.getErrorCode() != kSslError) throw;
  }
  sql::ConnectOptionsMap plain = OptionsFor(settings, host, patience, false);
  return Native(Driver().connect(plain));
}

void SetUpSession(sql::Connection& connection) {
  const std::unique_ptr<sql::Statement> statement(connection.createStatement());
  statement->execute("SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED");
  statement->execute(std::string("SET SESSION time_zone = '+00:00', "
                                 "sql_mode = 'STRICT_ALL_TABLES,NO_ENGINE_SUBSTITUTION,"
                                 "ERROR_FOR_DIVISION_BY_ZERO,NO_ZERO_DATE,NO_ZERO_IN_DATE', "
                                 "innodb_lock_wait_timeout = ") +
                     kLockWaitSeconds);
  connection.setAutoCommit(false);
}

/// Streams that a prepared statement reads its blobs from; they must outlive its execution.
using Blobs = std::list<std::istringstream>;

void Bind(sql::PreparedStatement& statement, const std::vector<Parameter>& parameters,
          Blobs& blobs) {
  unsigned position = 0;
  for (const Parameter& parameter : parameters) {
    ++position;
    if (std::holds_alternative<std::nullptr_t>(parameter)) {
      statement.setNull(position, 0);
    } else if (const auto* integer = std::get_if<std::int64_t>(&parameter)) {
      statement.setInt64(position, *integer);
    } else if (const auto* natural = std::get_if<std::uint64_t>(&parameter)) {
      statement.setUInt64(position, *natural);
    } else if (const auto* text = std::get_if<std::string>(&parameter)) {
      statement.setString(position, *text);
    } else if (const auto* bytes = std::get_if<Bytes>(&parameter)) {
      statement.setBlob(position, &blobs.emplace_back(std::string(bytes->bytes)));
    } else {
      statement.setString(position, TimeText(std::get<base::Instant>(parameter)));
    }
  }
}

std::vector<Row> ReadRows(sql::ResultSet& result) {
  const unsigned columns = result.getMetaData()->getColumnCount();
  std::vector<Row> rows;
  rows.reserve(result.rowsCount());
  while (result.next()) {
    std::vector<std::optional<std::string>> row(columns);
    for (unsigned i = 0; i < columns; ++i) {
      const sql::SQLString text = result.getString(i + 1);
      if (!result.wasNull()) row[i] = text.asStdString();
    }
    rows.emplace_back(std::move(row));
  }
  return rows;
}

}  // namespace

class Connection::Impl {
 public:
  explicit Impl(Native connection)
      : native(std::move(connection)), statement(native->createStatement()) {}

  const Native native;
  const std::unique_ptr<sql::Statement> statement;
};

base::Failure DatabaseError::ToFailure() const {
  const std::string number = " (database error " + std::to_string(code_) + ")";
  switch (kind_) {
    case DatabaseErrorKind::kDeadlock:
      return base::Unavailable("other transactions were in the way again and again" + number);
    case DatabaseErrorKind::kLost:
      return base::Unavailable("the database cannot be reached or does not take writes" + number);
    case DatabaseErrorKind::kStatement:
      break;
  }
  return {base::Code::kInternal, "the database refused a statement" + number,
          "Bookgate could not store this."};
}

Parameter TextOrNull(const std::string& text) {
  if (text.empty()) return nullptr;
  return text;
}

std::int64_t Row::Integer(std::size_t column) const {
  std::int64_t number = 0;
  const std::optional<std::string>& text = columns_.at(column);
  if (text) std::from_chars(text->data(), text->data() + text->size(), number);
  return number;
}

base::Uuid Row::Id(std::size_t column) const {
  base::Uuid::Bytes id{};
  const std::string bytes = Text(column);
  std::copy_n(bytes.begin(), std::min(bytes.size(), id.size()), id.begin());
  return base::Uuid(id);
}

std::optional<base::Instant> Row::Time(std::size_t column) const {
  if (IsNull(column)) return std::nullopt;
  const std::optional<Timestamp> timestamp = ParseTimestamp(*columns_.at(column));
  if (!timestamp) return std::nullopt;
  return base::Instant(std::chrono::microseconds(timestamp->microseconds));
}

std::string IsoTime(std::string_view column) {
  return "DATE_FORMAT(" + std::string(column) + ", '%Y-%m-%dT%H:%i:%s.%fZ')";
}

base::Result<std::unique_ptr<Connection>> Connection::Open(const config::DatabaseSettings& settings,
                                                           Patience patience) {
  std::string tried;
  for (const config::DatabaseHost& host : settings.hosts) {
    try {
      Native native = ConnectTo(settings, host, patience);
      SetUpSession(*native);
      return std::unique_ptr<Connection>(new Connection(std::make_unique<Impl>(std::move(native))));
    } catch (const sql::SQLException& error) {
      tried += (tried.empty() ? "" : "; ") + NameOf(host) + " (database error " +
               std::to_string(error.getErrorCode()) + ")";
    }
  }
  return base::Unavailable("no database answers: " + tried);
}

Connection::Connection(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Connection::~Connection() = default;

std::uint64_t Connection::Execute(const std::string& sql,
                                  const std::vector<Parameter>& parameters) {
  return Guarded([&] {
    const std::unique_ptr<sql::PreparedStatement> statement(impl_->native->prepareStatement(sql));
    Blobs blobs;
    Bind(*statement, parameters, blobs);
    return static_cast<std::uint64_t>(statement->executeUpdate());
  });
}

std::vector<Row> Connection::Query(const std::string& sql,
                                   const std::vector<Parameter>& parameters) {
  return Guarded([&] {
    const std::unique_ptr<sql::PreparedStatement> statement(impl_->native->prepareStatement(sql));
    Blobs blobs;
    Bind(*statement, parameters, blobs);
    const std::unique_ptr<sql::ResultSet> result(statement->executeQuery());
    return ReadRows(*result);
  });
}

void Connection::ExecuteBuilt(const std::string& sql) {
  Guarded([&] { return impl_->statement->executeUpdate(sql); });
}

std::vector<Row> Connection::QueryBuilt(const std::string& sql) {
  return Guarded([&] {
    const std::unique_ptr<sql::ResultSet> result(impl_->statement->executeQuery(sql));
    return ReadRows(*result);
  });
}

std::int64_t Connection::LastInsertId() {
  return QueryBuilt("SELECT LAST_INSERT_ID()").at(0).Integer(0);
}

void Connection::Commit() {
  // As a statement: the connector's commit() does not say that the server refused, or that the
  // connection was lost before.
  Guarded([&] { return impl_->statement->execute("COMMIT"); });
}

void Connection::Rollback() noexcept {
  try {
    impl_->native->rollback();
  } catch (...) {
    // Nothing to undo on a connection that is gone: its server rolls back by itself.
  }
}

}  // namespace bookgate::store
