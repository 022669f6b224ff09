#include "open_loop_timer.hpp"

#include <sys/timerfd.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

namespace bookgate::bench {
namespace {

timespec ToTimespec(std::chrono::nanoseconds time) {
  const auto seconds = std::chrono::floor<std::chrono::seconds>(time);
  return {static_cast<time_t>(seconds.count()), static_cast<long>((time - seconds).count())};
}

}  // namespace

OpenLoopTimer::OpenLoopTimer(double per_second)
    : descriptor_(timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK | TFD_CLOEXEC)),
      interval_(static_cast<std::int64_t>(1e9 / per_second)),
      start_(std::chrono::steady_clock::now()) {
  const timespec interval = ToTimespec(interval_);
  const itimerspec schedule{interval, ToTimespec(DueTime(0).time_since_epoch())};
  if (descriptor_ < 0 || timerfd_settime(descriptor_, TFD_TIMER_ABSTIME, &schedule, nullptr) != 0) {
    throw std::system_error(errno, std::generic_category(), "cannot set a timer");
  }
}

OpenLoopTimer::~OpenLoopTimer() {
  close(descriptor_);
}

std::uint64_t OpenLoopTimer::TakeDue() {
  std::uint64_t due = 0;
  return read(descriptor_, &due, sizeof(due)) == sizeof(due) ? due : 0;
}

SteadyTime OpenLoopTimer::DueTime(std::uint64_t number) const {
  return start_ + interval_ * static_cast<std::int64_t>(number + 1);
}

}  // namespace bookgate::bench
