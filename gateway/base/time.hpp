/// \file time.hpp
/// The one type for points in time, and the clock as something that a test can set.
#pragma once

#include <chrono>
#include <functional>

namespace bookgate::base {

/// UTC, in microseconds: as fine as any provider's ordering values and as MySQL's DATETIME(6).
using Instant = std::chrono::sys_time<std::chrono::microseconds>;

/// Tells the time. Handed to whatever needs it, so that tests decide what time it is.
using Clock = std::function<Instant()>;

inline Instant SystemNow() {
  return std::chrono::floor<std::chrono::microseconds>(std::chrono::system_clock::now());
}

inline std::int64_t UnixMilliseconds(Instant instant) {
  return std::chrono::floor<std::chrono::milliseconds>(instant).time_since_epoch().count();
}

}  // namespace bookgate::base
