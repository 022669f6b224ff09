/// \file open_loop_timer.hpp
/// Says when requests are due at a fixed rate, whether the answers keep up or not.
#pragma once

#include <chrono>
#include <cstdint>

namespace bookgate::bench {

using SteadyTime = std::chrono::steady_clock::time_point;

/// Starts when it is made.
class OpenLoopTimer {
 public:
  explicit OpenLoopTimer(double per_second);
  ~OpenLoopTimer();
  OpenLoopTimer(const OpenLoopTimer&) = delete;
  OpenLoopTimer& operator=(const OpenLoopTimer&) = delete;

  /// Readable whenever something became due.
  int descriptor() const { return descriptor_; }
  /// How many became due since the last call.
  std::uint64_t TakeDue();
  /// When the request of that number, from 0, is due. Latency counts from here: a request that
  /// could not even be sent in time because the server was slow has waited, too.
  SteadyTime DueTime(std::uint64_t number) const;

 private:
  int descriptor_ = -1;
  std::chrono::nanoseconds interval_;
  SteadyTime start_;
};

}  // namespace bookgate::bench
