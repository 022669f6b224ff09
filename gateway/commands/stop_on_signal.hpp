/// \file stop_on_signal.hpp
/// Ends a command that runs for long in good order when somebody presses Ctrl-C.
#pragma once

#include <csignal>
#include <stop_token>
#include <thread>

namespace bookgate::commands {

/// While it lives, SIGINT and SIGTERM ask the token to stop and do nothing else. Make it before any
/// thread: those that exist already would still be ended by them.
class StopOnSignal {
 public:
  StopOnSignal() {
    sigemptyset(&signals_);
    sigaddset(&signals_, SIGINT);
    sigaddset(&signals_, SIGTERM);
    pthread_sigmask(SIG_BLOCK, &signals_, &before_);
    watcher_ = std::jthread([this](const std::stop_token& ended) { Watch(ended); });
  }
  ~StopOnSignal() {
    watcher_.request_stop();
    watcher_.join();
    pthread_sigmask(SIG_SETMASK, &before_, nullptr);
  }
  StopOnSignal(const StopOnSignal&) = delete;
  StopOnSignal& operator=(const StopOnSignal&) = delete;

  std::stop_token token() const { return stop_.get_token(); }

 private:
  void Watch(const std::stop_token& ended) {
    constexpr timespec kBetweenLooks{0, 100'000'000};
    while (!ended.stop_requested()) {
      if (sigtimedwait(&signals_, nullptr, &kBetweenLooks) > 0) stop_.request_stop();
    }
  }

  sigset_t signals_{};
  sigset_t before_{};
  std::stop_source stop_;
  std::jthread watcher_;
};

}  // namespace bookgate::commands
