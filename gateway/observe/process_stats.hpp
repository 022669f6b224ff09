/// \file process_stats.hpp
/// What the kernel says of this process: the usual process_* metrics.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace bookgate::observe {

/// From /proc/PID/stat.
struct ProcessTimes {
  std::uint64_t cpu_ticks = 0;    ///< In user and in kernel mode.
  std::uint64_t start_ticks = 0;  ///< Since the machine started.
  std::uint64_t virtual_bytes = 0;
  std::uint64_t resident_pages = 0;
};

struct ProcessStats {
  double cpu_seconds = 0;
  double start_time_seconds = 0;  ///< Unix time.
  double resident_bytes = 0;
  double virtual_bytes = 0;
  double open_fds = 0;
  double max_fds = 0;
};

/// nullopt if it is not of that form. A program's name may hold blanks and brackets.
std::optional<ProcessTimes> ParseProcessTimes(std::string_view proc_pid_stat);

/// When the machine started, in Unix time, from /proc/stat.
std::optional<std::uint64_t> ParseBootTime(std::string_view proc_stat);

/// Of this process; nullopt where there is no /proc.
std::optional<ProcessStats> ReadProcessStats();

}  // namespace bookgate::observe
