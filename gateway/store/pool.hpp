/// \file pool.hpp
/// Connections for everything but the writers: commands, the watcher, later the page.
#pragma once

#include <chrono>
#include <memory>
#include <mutex>
#include <utility>
#include <vector>

#include "base/result.hpp"
#include "config/settings.hpp"
#include "store/connection.hpp"

namespace bookgate::store {

/// Opens connections as they are needed and keeps a few. A connection that broke is thrown away, so
/// that the pool recovers by itself when the database comes back. Thread-safe.
class Pool {
 public:
  explicit Pool(config::DatabaseSettings settings);

  /// Runs `work(Connection&)` in a transaction of its own, commits, and gives what it gave. A
  /// deadlock, and a kept connection that turns out to be dead, are tried again, so `work` may run
  /// more than once and must have no effect but in the database.
  template <class Work>
  auto Run(Work&& work) -> base::Result<decltype(work(std::declval<Connection&>()))> {
    for (int attempt = 1;; ++attempt) {
      base::Result<Lease> lease = Take();
      if (!lease.ok()) return lease.failure();
      bool committing = false;
      try {
        auto result = work(*lease->connection);
        committing = true;
        lease->connection->Commit();
        Give(std::move(lease->connection));
        return result;
      } catch (const DatabaseError& error) {
        lease->connection->Rollback();
        const bool stale =
            error.kind() == DatabaseErrorKind::kLost && lease->was_kept && !committing;
        const bool again = stale || error.kind() == DatabaseErrorKind::kDeadlock;
        if (error.kind() != DatabaseErrorKind::kLost) Give(std::move(lease->connection));
        if (!again || attempt == kMaxAttempts) return error.ToFailure();
      }
    }
  }

 private:
  static constexpr int kMaxAttempts = 5;
  static constexpr std::size_t kMaxKept = 4;

  struct Lease {
    std::unique_ptr<Connection> connection;
    bool was_kept = false;
  };

  base::Result<Lease> Take();
  void Give(std::unique_ptr<Connection> connection);

  const config::DatabaseSettings settings_;
  std::mutex mutex_;
  std::vector<std::unique_ptr<Connection>> kept_;
};

}  // namespace bookgate::store
