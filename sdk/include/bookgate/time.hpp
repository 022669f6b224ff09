/// \file bookgate/time.hpp
/// Timestamps as providers write them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace bookgate {

/// A point in time, or a wall clock's reading whose zone the sender left out.
struct Timestamp {
  /// Microseconds since 1970-01-01T00:00:00, in UTC if `has_offset`, else of the wall clock.
  std::int64_t microseconds = 0;
  bool has_offset = false;

  friend bool operator==(const Timestamp&, const Timestamp&) = default;
};

/// Understands RFC 3339 and what providers send in its place: a blank for the T, no seconds, 1 to 9
/// fractional digits (cut to 6), offsets as Z, +02:00, +02, +0200 (Acuity's API) or none.
/// nullopt for anything else, for days that no calendar has, and for years outside 1970 to 9999. A
/// leap second reads as the second after it.
std::optional<Timestamp> ParseTimestamp(std::string_view text);

/// As ParseTimestamp, and also Unix seconds and milliseconds in digits, told apart by size: from
/// 10^11 on they are milliseconds. Only digits that fall between 2000 and 2100 are taken.
std::optional<Timestamp> ParseTimestampOrEpoch(std::string_view text);

/// RFC 3339 in UTC with a Z, or without any offset if there was none. Fractions only where they are
/// not zero, in 3 or 6 digits.
std::string FormatTimestamp(const Timestamp& timestamp);

/// That many days of 24 hours later, or earlier if negative; kept within the years 1970 to 9999.
Timestamp DaysLater(const Timestamp& timestamp, std::int64_t days);

/// Whole minutes from start to end, rounded to the nearest; nullopt if one has an offset and the
/// other has not, or if the end is before the start.
std::optional<std::int64_t> MinutesBetween(const Timestamp& start, const Timestamp& end);

}  // namespace bookgate
