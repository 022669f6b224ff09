/// \file write_queue.hpp
/// What waits for a writer.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <mutex>
#include <vector>

#include "store/booking_writer.hpp"

namespace bookgate::store {

/// Bounded by count and by bytes of bodies. Thread-safe.
class WriteQueue {
 public:
  WriteQueue(std::size_t max_jobs, std::size_t max_bytes);

  /// False, and the job as it was, if there is no room or the queue is closed.
  bool Push(WriteJob& job);

  /// Everything that waits, up to those limits, in the order in which it came; waits until there is
  /// something. Empty only after Close, when nothing is left.
  std::vector<WriteJob> PopBatch(std::size_t max_jobs, std::size_t max_bytes);

  /// Nothing more goes in; what is in it can still be taken out.
  void Close();
  /// Takes out whatever is left.
  std::vector<WriteJob> TakeAll();

  std::size_t size() const;

 private:
  const std::size_t max_jobs_;
  const std::size_t max_bytes_;
  mutable std::mutex mutex_;
  std::condition_variable not_empty_;
  std::deque<WriteJob> jobs_;
  std::size_t bytes_ = 0;
  bool closed_ = false;
};

}  // namespace bookgate::store
