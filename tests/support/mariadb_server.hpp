/// \file mariadb_server.hpp
/// A MariaDB server of a test's own.
#pragma once

#include <memory>
#include <string>

#include "support/program.hpp"
#include "support/temporary_folder.hpp"

namespace bookgate::tests {

/// Own data, own Unix socket, no port; the server of the system is not touched. Runs from
/// construction, and is gone, with its data, after destruction. Made and started on one thread.
class MariaDbServer {
 public:
  enum class Durability {
    kNone,  ///< Nothing is flushed to the disk, which is quick. What is committed is visible as
            ///< ever.
    kFull,  ///< The server's defaults: what is committed survives kill -9.
  };

  explicit MariaDbServer(Durability durability);

  const std::string& socket() const { return socket_; }

  /// What the client prints for these statements, with a tab between columns and without headings.
  /// Throws std::runtime_error with the server's words if it refuses one, or does not answer.
  std::string Ask(const std::string& database, const std::string& sql) const;

  /// Starts the server again on the data that it had, and returns when it answers.
  void Start();
  /// As a power cut would, as far as processes go: it has no time to finish anything.
  void Kill();
  /// In good order, as an administrator restarts it.
  void Stop();

 private:
  bool Answers() const;

  const Durability durability_;
  TemporaryFolder folder_;
  const std::string socket_;
  std::unique_ptr<BackgroundProgram> process_;
};

/// The one of this test program, without durability: tests have databases of their own on it.
MariaDbServer& SharedMariaDb();

}  // namespace bookgate::tests
