#include "support/mariadb_server.hpp"

#include <signal.h>
#include <unistd.h>

#include <stdexcept>
#include <utility>
#include <vector>

namespace bookgate::tests {
namespace {

using std::chrono::seconds;

/// Only ends tests that would hang: recovery after a crash takes a moment.
constexpr seconds kPatience{120};

/// mariadbd is in /usr/sbin, which an ordinary user's PATH may lack.
std::string ServerProgram() {
  for (const char* path : {"/usr/sbin/mariadbd", "/usr/bin/mariadbd"}) {
    if (access(path, X_OK) == 0) return path;
  }
  return "mariadbd";
}

/// The beginning of a command whose fsync does nothing. The disk is most of what a test would wait
/// for: every table that is made is flushed. Where the library is missing it takes longer, and
/// works.
std::vector<std::string> WithoutFlushing() {
  return {"env", "LD_PRELOAD=libeatmydata.so"};
}

/// MariaDB refuses to run as root unless it is told to.
void AddUser(std::vector<std::string>& command) {
  if (geteuid() == 0) command.push_back("--user=root");
}

void MakeSystemTables(const std::string& data) {
  std::vector<std::string> command = WithoutFlushing();
  command.insert(command.end(),
                 {"mariadb-install-db", "--no-defaults", "--datadir=" + data, "--skip-test-db",
                  "--skip-name-resolve", "--auth-root-authentication-method=normal"});
  AddUser(command);
  const ProgramResult made = RunProgram(command);
  if (made.exit_status != 0) {
    throw std::runtime_error("MariaDB could not make its data: " + made.out + made.err);
  }
}

std::vector<std::string> ServerCommand(const TemporaryFolder& folder, const std::string& socket,
                                       MariaDbServer::Durability durability) {
  std::vector<std::string> command;
  if (durability == MariaDbServer::Durability::kNone) command = WithoutFlushing();
  command.insert(
      command.end(),
      {ServerProgram(), "--no-defaults", "--datadir=" + folder.Path("data"), "--socket=" + socket,
       "--pid-file=" + folder.Path("pid"), "--skip-networking", "--skip-name-resolve",
       "--character-set-server=utf8mb4", "--innodb-buffer-pool-size=64M"});
  if (durability == MariaDbServer::Durability::kNone) {
    command.insert(command.end(),
                   {"--innodb-flush-log-at-trx-commit=0", "--skip-innodb-doublewrite"});
  }
  AddUser(command);
  return command;
}

}  // namespace

MariaDbServer::MariaDbServer(Durability durability)
    : durability_(durability), socket_(folder_.Path("socket")) {
  MakeSystemTables(folder_.Path("data"));
  Start();
}

void MariaDbServer::Start() {
  process_ = std::make_unique<BackgroundProgram>(ServerCommand(folder_, socket_, durability_),
                                                 folder_.Path("log"));
  bool ended = false;
  const bool answers = Eventually(
      [&] {
        ended = process_->Wait(std::chrono::milliseconds(0)) != -1;
        return ended || Answers();
      },
      kPatience);
  if (!answers || ended) throw std::runtime_error("MariaDB did not start: " + process_->Log());
}

void MariaDbServer::Kill() {
  process_->Signal(SIGKILL);
  process_->Wait(kPatience);
}

void MariaDbServer::Stop() {
  process_->Signal(SIGTERM);
  if (process_->Wait(kPatience) != 0) {
    throw std::runtime_error("MariaDB did not stop: " + process_->Log());
  }
}

std::string MariaDbServer::Ask(const std::string& database, const std::string& sql) const {
  std::vector<std::string> command = {"mariadb",
                                      "--no-defaults",
                                      "--socket=" + socket_,
                                      "--user=root",
                                      "--default-character-set=utf8mb4",
                                      "--batch",
                                      "--skip-column-names"};
  if (!database.empty()) command.push_back(database);
  ProgramResult result = RunProgram(command, sql);
  if (result.exit_status != 0) throw std::runtime_error(result.err + " of " + sql);
  return std::move(result.out);
}

bool MariaDbServer::Answers() const {
  try {
    return Ask("", "SELECT 1") == "1\n";
  } catch (const std::runtime_error&) {
    return false;
  }
}

MariaDbServer& SharedMariaDb() {
  static MariaDbServer server(MariaDbServer::Durability::kNone);
  return server;
}

}  // namespace bookgate::tests
