/// \file work_pool.hpp
/// Threads for what must not keep a reactor waiting: database calls and password hashes.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <mutex>
#include <thread>
#include <vector>

#include "base/unique_function.hpp"

namespace bookgate::admin {

/// A few threads and a bounded queue. Thread-safe.
class WorkPool {
 public:
  using Work = base::UniqueFunction<void()>;

  WorkPool(std::size_t threads, std::size_t max_queued);
  /// Stops.
  ~WorkPool();
  WorkPool(const WorkPool&) = delete;
  WorkPool& operator=(const WorkPool&) = delete;

  /// Runs it soon, on one of the threads; it must not throw. False, with `work` left as it was, if
  /// the queue is full or the pool was stopped.
  bool Submit(Work& work);

  /// Finishes what is being done, drops what is queued, and ends the threads.
  void Stop();

 private:
  void Run();

  const std::size_t max_queued_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<Work> queue_;
  bool stopping_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace bookgate::admin
