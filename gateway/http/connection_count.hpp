/// \file connection_count.hpp
/// How many connections an endpoint has, and when it has none left.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <mutex>

namespace bookgate::http {

/// Thread-safe. A connection counts from when it was accepted until its socket is closed.
class ConnectionCount {
 public:
  void Add() {
    const std::lock_guard lock(mutex_);
    ++count_;
  }
  void Remove() {
    const std::lock_guard lock(mutex_);
    if (--count_ == 0) none_left_.notify_all();
  }
  std::size_t value() const {
    const std::lock_guard lock(mutex_);
    return count_;
  }
  /// False if some are left at the deadline.
  bool WaitUntilNone(std::chrono::steady_clock::time_point deadline) {
    std::unique_lock lock(mutex_);
    return none_left_.wait_until(lock, deadline, [this] { return count_ == 0; });
  }

 private:
  mutable std::mutex mutex_;
  std::condition_variable none_left_;
  std::size_t count_ = 0;
};

}  // namespace bookgate::http
