/// \file program.hpp
/// Runs programs for tests: to their end, or in the background until the test stops them.
///
/// A program is killed when the thread that started it ends, so that none outlives a test that
/// crashed. Start those that are to run on from the main thread.
#pragma once

#include <chrono>
#include <string>
#include <vector>

#include <sys/types.h>

namespace bookgate::tests {

struct ProgramResult {
  int exit_status = -1;  ///< 128 + the signal if one ended it.
  std::string out;
  std::string err;
};

/// Runs the program to its end with that standard input.
ProgramResult RunProgram(const std::vector<std::string>& command, const std::string& input = {});

/// A program that runs in the background, with its output in a file. Stopped at the latest by the
/// destructor.
class BackgroundProgram {
 public:
  BackgroundProgram(const std::vector<std::string>& command, const std::string& log_file);
  ~BackgroundProgram();
  BackgroundProgram(const BackgroundProgram&) = delete;
  BackgroundProgram& operator=(const BackgroundProgram&) = delete;

  pid_t pid() const { return pid_; }
  void Signal(int signal) const;
  /// Waits for its end; -1 if it still runs at the deadline. 128 + the signal if one ended it.
  int Wait(std::chrono::milliseconds deadline);
  /// What it printed so far, both streams.
  std::string Log() const;

 private:
  const std::string log_file_;
  pid_t pid_ = -1;  ///< -1 once it has ended.
  int exit_status_ = -1;
};

/// Asks again and again until it is true; false if it never was before the deadline.
template <class Condition>
bool Eventually(Condition&& condition,
                std::chrono::milliseconds deadline = std::chrono::seconds(30)) {
  const auto end = std::chrono::steady_clock::now() + deadline;
  while (!condition()) {
    if (std::chrono::steady_clock::now() > end) return false;
    // A pause between two looks, not a wait for something to be done by then.
    timespec pause{0, 5'000'000};
    nanosleep(&pause, nullptr);
  }
  return true;
}

}  // namespace bookgate::tests
