#include <doctest/doctest.h>
#include <bookgate/time.hpp>

#include <string>
#include <utility>

namespace bookgate {
namespace {

/// Reads and writes it again; "" if it is no timestamp.
std::string Again(std::string_view text) {
  const auto timestamp = ParseTimestamp(text);
  return timestamp ? FormatTimestamp(*timestamp) : "";
}

TEST_CASE("RFC 3339 and what providers send in its place") {
  constexpr std::pair<const char*, const char*> kReadAs[] = {
      {"2026-05-20T14:00:00Z", "2026-05-20T14:00:00Z"},
      {"2026-05-20t14:00:00z", "2026-05-20T14:00:00Z"},
      {"2026-05-20 14:00:00Z", "2026-05-20T14:00:00Z"},
      {"2026-05-20T14:00Z", "2026-05-20T14:00:00Z"},
      {"  2026-05-20T14:00:00Z\n", "2026-05-20T14:00:00Z"},
      {"2026-05-20T16:00:00+02:00", "2026-05-20T14:00:00Z"},
      {"2026-05-20T16:00:00+0200", "2026-05-20T14:00:00Z"},
      {"2026-05-20T16:00:00 +02", "2026-05-20T14:00:00Z"},
      {"2026-05-20T08:30:00-05:30", "2026-05-20T14:00:00Z"},
      {"2026-05-20T14:00:00-00:00", "2026-05-20T14:00:00Z"},
      {"2026-05-20T14:00:00", "2026-05-20T14:00:00"},
      {"2026-05-20 14:00", "2026-05-20T14:00:00"},
      {"2026-05-20T23:30:00-01:00", "2026-05-21T00:30:00Z"},
      {"2024-02-29T00:00:00Z", "2024-02-29T00:00:00Z"},
      {"2000-02-29T00:00:00Z", "2000-02-29T00:00:00Z"},
      {"1970-01-01T00:00:00Z", "1970-01-01T00:00:00Z"},
      {"9999-12-31T23:59:59Z", "9999-12-31T23:59:59Z"},
      {"2016-12-31T23:59:60Z", "2017-01-01T00:00:00Z"}};
  for (const auto& example : kReadAs) {
    INFO(std::string(example.first));
    CHECK(Again(example.first) == example.second);
  }
}

TEST_CASE("fractions: up to nine digits, cut to six, written only where there is one") {
  CHECK(Again("2026-05-20T14:00:00.0Z") == "2026-05-20T14:00:00Z");
  CHECK(Again("2026-05-20T14:00:00.5Z") == "2026-05-20T14:00:00.500Z");
  CHECK(Again("2026-05-20T14:00:00,25Z") == "2026-05-20T14:00:00.250Z");
  CHECK(Again("2026-05-20T14:00:00.123456Z") == "2026-05-20T14:00:00.123456Z");
  CHECK(Again("2026-05-20T14:00:00.1234567Z") == "2026-05-20T14:00:00.123456Z");
  CHECK(Again("2026-05-20T14:00:00.999999999Z") == "2026-05-20T14:00:00.999999Z");
  CHECK(Again("2026-05-20T14:00:00.000001Z") == "2026-05-20T14:00:00.000001Z");
}

TEST_CASE("what is no timestamp") {
  for (const char* text : {"",
                           " ",
                           "tomorrow",
                           "2026-05-20",
                           "14:00",
                           "2026-05-20T",
                           "2026-05-20T14",
                           "2026-05-20T14:",
                           "2026-5-20T14:00:00Z",
                           "2026-13-01T00:00:00Z",
                           "2026-00-01T00:00:00Z",
                           "2026-02-29T00:00:00Z",
                           "1900-02-29T00:00:00Z",
                           "2026-04-31T00:00:00Z",
                           "2026-05-20T24:00:00Z",
                           "2026-05-20T14:60:00Z",
                           "2026-05-20T14:00:61Z",
                           "2026-05-20T14:00:00.Z",
                           "2026-05-20T14:00:00.1234567890Z",
                           "2026-05-20T14:00:00+2:00",
                           "2026-05-20T14:00:00+02:",
                           "2026-05-20T14:00:00+02:0",
                           "2026-05-20T14:00:00+24:00",
                           "2026-05-20T14:00:00+02:60",
                           "2026-05-20T14:00:00Zulu",
                           "2026-05-20T14:00:00 Europe/Lisbon",
                           "2026-05-20T14:00:00ZZ",
                           "20260520T140000Z",
                           "05/20/2026 2:00 PM",
                           "1969-12-31T23:59:59Z",
                           "1970-01-01T00:00:00+01:00",
                           "9999-12-31T23:59:60Z",
                           "10000-01-01T00:00:00Z",
                           "+2026-05-20T14:00:00Z",
                           "2026-05-20T14:00:00\xC2\xA0Z"}) {
    INFO(std::string(text));
    CHECK(Again(text) == "");
  }
}

TEST_CASE("whether there was an offset is kept") {
  CHECK(ParseTimestamp("2026-05-20T14:00:00Z")->has_offset);
  CHECK_FALSE(ParseTimestamp("2026-05-20T14:00:00")->has_offset);
  CHECK(ParseTimestamp("2026-05-20T14:00:00Z") != ParseTimestamp("2026-05-20T14:00:00"));
}

TEST_CASE("seconds and milliseconds since 1970 are told apart by their size") {
  const auto again = [](std::string_view text) {
    const auto timestamp = ParseTimestampOrEpoch(text);
    return timestamp ? FormatTimestamp(*timestamp) : "";
  };
  CHECK(again("1779285600") == "2026-05-20T14:00:00Z");
  CHECK(again(" 1779285600 ") == "2026-05-20T14:00:00Z");
  CHECK(again("1779285600123") == "2026-05-20T14:00:00.123Z");
  CHECK(again("2026-05-20T14:00:00Z") == "2026-05-20T14:00:00Z");
  CHECK(again("946684800") == "2000-01-01T00:00:00Z");
  CHECK(again("4102444799") == "2099-12-31T23:59:59Z");
  // Days, years, minutes and microseconds are digits, too.
  for (const char* text :
       {"", "0", "60", "2026", "20260520", "202605201400", "20260520140000", "946684799",
        "4102444800", "1779285600123456", "1779285600.5", "-1779285600", "99999999999999999999"}) {
    INFO(std::string(text));
    CHECK(again(text) == "");
  }
}

TEST_CASE("minutes are rounded to the nearest") {
  const auto minutes = [](std::string_view start, std::string_view end) {
    return MinutesBetween(*ParseTimestamp(start), *ParseTimestamp(end));
  };
  CHECK(minutes("2026-05-20T14:00:00Z", "2026-05-20T14:30:00Z") == 30);
  CHECK(minutes("2026-05-20T14:00:00Z", "2026-05-20T16:30:00+02:00") == 30);
  CHECK(minutes("2026-05-20T14:00:00Z", "2026-05-20T14:00:00Z") == 0);
  CHECK(minutes("2026-05-20T14:00:00Z", "2026-05-20T14:00:29Z") == 0);
  CHECK(minutes("2026-05-20T14:00:00Z", "2026-05-20T14:00:30Z") == 1);
  CHECK(minutes("2026-05-20T14:00:00", "2026-05-21T14:00:00") == 1440);
  CHECK_FALSE(minutes("2026-05-20T14:00:01Z", "2026-05-20T14:00:00Z"));
  CHECK_FALSE(minutes("2026-05-20T14:00:00", "2026-05-20T14:30:00Z"));
}

TEST_CASE("days later and earlier, within the years that timestamps have") {
  const Timestamp start = *ParseTimestamp("2026-02-27T12:00:00Z");
  CHECK(FormatTimestamp(DaysLater(start, 2)) == "2026-03-01T12:00:00Z");
  CHECK(FormatTimestamp(DaysLater(start, -31)) == "2026-01-27T12:00:00Z");
  CHECK(FormatTimestamp(DaysLater(start, 0)) == "2026-02-27T12:00:00Z");
  CHECK(FormatTimestamp(DaysLater(start, -1'000'000'000)) == "1970-01-01T00:00:00Z");
  CHECK(FormatTimestamp(DaysLater(start, 1'000'000'000)) == "9999-12-31T23:59:59.999999Z");
  CHECK(DaysLater({0, false}, 1) == Timestamp{86'400'000'000, false});
}

}  // namespace
}  // namespace bookgate
