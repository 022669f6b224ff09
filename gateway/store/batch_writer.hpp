/// \file batch_writer.hpp
/// Writes deliveries in batches, on threads of its own.
#pragma once

#include <atomic>
#include <chrono>
#include <memory>
#include <string_view>
#include <thread>
#include <vector>

#include "config/settings.hpp"
#include "store/batch.hpp"
#include "store/connection.hpp"
#include "store/write_queue.hpp"

namespace bookgate::store {

/// What a writer tells whoever watches. Called from writers' threads, several at once.
class WriterObserver {
 public:
  virtual ~WriterObserver() = default;
  virtual void OnCommit(std::size_t deliveries, double seconds) = 0;
  /// `reason`: "deadlock", "connection_lost", "commit_unknown" or "row_by_row".
  virtual void OnRetry(std::string_view reason) = 0;
  /// Something that an operator should know; holds nobody's data.
  virtual void OnTrouble(const base::Failure& failure) = 0;
};

/// Each writer takes everything that queued up while its last transaction ran, so that batches grow
/// under load by themselves and a single booking waits for nothing. Nothing is answered before its
/// COMMIT is known to have happened.
///
/// While the database is away, jobs are answered kUnavailable at once and a new connection is tried
/// now and then; it recovers without a restart.
class BatchWriter final : public BookingSink {
 public:
  /// Starts the threads. `observer` outlives the writer.
  BatchWriter(config::DatabaseSettings settings, WriterObserver& observer);
  /// Stops at once.
  ~BatchWriter() override;

  bool Submit(WriteJob& job) override;

  /// Takes no more, writes what is queued, and answers what is left at the deadline with
  /// kUnavailable. Returns when all threads have ended.
  void Stop(std::chrono::steady_clock::time_point deadline);

  std::size_t queue_depth() const { return queue_.size(); }

 private:
  class Writer;

  const config::DatabaseSettings settings_;
  WriterObserver& observer_;
  WriteQueue queue_;
  std::atomic<bool> give_up_{false};
  std::vector<std::thread> threads_;
  std::atomic<std::size_t> running_{0};
};

}  // namespace bookgate::store
