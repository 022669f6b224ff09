// The kernel's files about a process, strange ones included.
#include <doctest/doctest.h>

#include <string>

#include "observe/process_stats.hpp"

using namespace bookgate::observe;

TEST_CASE("the times of a process whose name looks like fields") {
  const std::string fields =
      " S 1 2 3 4 5 6 7 8 9 10 250 50 13 14 15 16 17 18 123456 987654321 4321 19 20\n";
  for (const std::string name : {"(bookgate)", "(a ) S 1 (b)", "()"}) {
    const auto times = ParseProcessTimes("77 " + name + fields);
    REQUIRE_MESSAGE(times.has_value(), name);
    CHECK(times->cpu_ticks == 300);
    CHECK(times->start_ticks == 123456);
    CHECK(times->virtual_bytes == 987654321);
    CHECK(times->resident_pages == 4321);
  }
}

TEST_CASE("what is not of that form") {
  CHECK_FALSE(ParseProcessTimes("").has_value());
  CHECK_FALSE(ParseProcessTimes("77 (bookgate) S 1 2 3").has_value());
  CHECK_FALSE(ParseProcessTimes("77 (x) S 1 2 3 4 5 6 7 8 9 10 a b 13 14 15 16 17 18 c d e 19")
                  .has_value());
  CHECK_FALSE(ParseBootTime("").has_value());
  CHECK_FALSE(ParseBootTime("cpu 1 2 3\nbtime x\n").has_value());
}

TEST_CASE("when the machine started") {
  CHECK(ParseBootTime("cpu 1 2 3\nbtime 1700000000\nprocesses 5\n") == 1'700'000'000);
  CHECK(ParseBootTime("cpu 1 2 3\nbtime 1700000000") == 1'700'000'000);
}

TEST_CASE("this process") {
  const auto stats = ReadProcessStats();
  REQUIRE(stats.has_value());
  CHECK(stats->resident_bytes > 0);
  CHECK(stats->virtual_bytes >= stats->resident_bytes);
  CHECK(stats->open_fds >= 1);
  CHECK(stats->max_fds >= stats->open_fds);
  CHECK(stats->cpu_seconds >= 0);
  CHECK(stats->start_time_seconds > 1'000'000'000);
}
