#include "observe/process_stats.hpp"

#include <sys/resource.h>
#include <unistd.h>

#include <charconv>
#include <cstddef>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <system_error>
#include <vector>

namespace bookgate::observe {
namespace {

std::optional<std::uint64_t> WholeNumber(std::string_view text) {
  std::uint64_t number = 0;
  const char* end = text.data() + text.size();
  const auto [rest, error] = std::from_chars(text.data(), end, number);
  if (error != std::errc() || rest != end) return std::nullopt;
  return number;
}

std::vector<std::string_view> Words(std::string_view text) {
  constexpr std::string_view kBlanks = " \n";
  std::vector<std::string_view> words;
  for (std::size_t begin = text.find_first_not_of(kBlanks); begin != std::string_view::npos;) {
    const std::size_t end = std::min(text.find_first_of(kBlanks, begin), text.size());
    words.push_back(text.substr(begin, end - begin));
    begin = text.find_first_not_of(kBlanks, end);
  }
  return words;
}

std::string ReadAll(const char* path) {
  std::ifstream file(path);
  return {std::istreambuf_iterator<char>(file), {}};
}

double CountOpenFiles() {
  std::error_code error;
  std::filesystem::directory_iterator folder("/proc/self/fd", error);
  std::ptrdiff_t count = 0;
  while (!error && folder != std::filesystem::directory_iterator()) {
    ++count;
    folder.increment(error);
  }
  // The descriptor that is reading the folder is in it.
  return static_cast<double>(count > 0 ? count - 1 : 0);
}

double MaxOpenFiles() {
  rlimit limit{};
  return getrlimit(RLIMIT_NOFILE, &limit) == 0 ? static_cast<double>(limit.rlim_cur) : 0;
}

}  // namespace

std::optional<ProcessTimes> ParseProcessTimes(std::string_view proc_pid_stat) {
  // proc(5) counts fields from 1: pid, (name), state, ...; the ones behind the name begin with 3.
  constexpr std::size_t kFirst = 3, kUserTime = 14, kSystemTime = 15, kStartTime = 22;
  constexpr std::size_t kVirtualSize = 23, kResidentPages = 24;
  const std::size_t name_end = proc_pid_stat.rfind(')');
  if (name_end == std::string_view::npos) return std::nullopt;
  const std::vector<std::string_view> words = Words(proc_pid_stat.substr(name_end + 1));
  if (words.size() <= kResidentPages - kFirst) return std::nullopt;
  const auto user = WholeNumber(words[kUserTime - kFirst]);
  const auto system = WholeNumber(words[kSystemTime - kFirst]);
  const auto start = WholeNumber(words[kStartTime - kFirst]);
  const auto virtual_bytes = WholeNumber(words[kVirtualSize - kFirst]);
  const auto resident = WholeNumber(words[kResidentPages - kFirst]);
  if (!user || !system || !start || !virtual_bytes || !resident) return std::nullopt;
  return ProcessTimes{*user + *system, *start, *virtual_bytes, *resident};
}

std::optional<std::uint64_t> ParseBootTime(std::string_view proc_stat) {
  constexpr std::string_view kKey = "\nbtime ";
  const std::size_t at = proc_stat.find(kKey);
  if (at == std::string_view::npos) return std::nullopt;
  proc_stat.remove_prefix(at + kKey.size());
  return WholeNumber(proc_stat.substr(0, proc_stat.find('\n')));
}

std::optional<ProcessStats> ReadProcessStats() {
  const std::optional<ProcessTimes> times = ParseProcessTimes(ReadAll("/proc/self/stat"));
  const std::optional<std::uint64_t> boot_time = ParseBootTime(ReadAll("/proc/stat"));
  if (!times || !boot_time) return std::nullopt;
  const auto ticks_per_second = static_cast<double>(sysconf(_SC_CLK_TCK));
  const auto page_bytes = static_cast<double>(sysconf(_SC_PAGESIZE));
  ProcessStats stats;
  stats.cpu_seconds = static_cast<double>(times->cpu_ticks) / ticks_per_second;
  stats.start_time_seconds =
      static_cast<double>(*boot_time) + static_cast<double>(times->start_ticks) / ticks_per_second;
  stats.resident_bytes = static_cast<double>(times->resident_pages) * page_bytes;
  stats.virtual_bytes = static_cast<double>(times->virtual_bytes);
  stats.open_fds = CountOpenFiles();
  stats.max_fds = MaxOpenFiles();
  return stats;
}

}  // namespace bookgate::observe
