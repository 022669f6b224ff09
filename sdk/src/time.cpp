#include <bookgate/text.hpp>
#include <bookgate/time.hpp>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cstdio>

namespace bookgate {
namespace {

constexpr std::int64_t kSecond = 1'000'000;
constexpr std::int64_t kMinute = 60 * kSecond;
constexpr std::int64_t kHour = 60 * kMinute;
constexpr std::int64_t kDay = 24 * kHour;

/// Reads a timestamp from left to right. Every Take… gives nullopt or false and moves on only if
/// what it wants is there.
class Cursor {
 public:
  explicit Cursor(std::string_view rest) : rest_(rest) {}

  bool done() const { return rest_.empty(); }
  bool Take(std::string_view any_of) {
    if (rest_.empty() || any_of.find(rest_.front()) == std::string_view::npos) return false;
    rest_.remove_prefix(1);
    return true;
  }
  std::optional<int> TakeDigits(std::size_t count) {
    if (rest_.size() < count) return std::nullopt;
    int number = 0;
    for (std::size_t i = 0; i < count; ++i) {
      if (rest_[i] < '0' || rest_[i] > '9') return std::nullopt;
      number = number * 10 + (rest_[i] - '0');
    }
    rest_.remove_prefix(count);
    return number;
  }
  /// One to nine digits after the point, as microseconds; finer ones are cut.
  std::optional<std::int64_t> TakeFraction() {
    std::int64_t micros = 0;
    std::size_t digits = 0;
    for (; digits < rest_.size() && rest_[digits] >= '0' && rest_[digits] <= '9'; ++digits) {
      if (digits < 6) micros = micros * 10 + (rest_[digits] - '0');
    }
    if (digits == 0 || digits > 9) return std::nullopt;
    for (std::size_t i = digits; i < 6; ++i) micros *= 10;
    rest_.remove_prefix(digits);
    return micros;
  }

 private:
  std::string_view rest_;
};

std::optional<std::int64_t> TakeDay(Cursor& cursor) {
  const std::optional<int> year = cursor.TakeDigits(4);
  if (!year || !cursor.Take("-")) return std::nullopt;
  const std::optional<int> month = cursor.TakeDigits(2);
  if (!month || !cursor.Take("-")) return std::nullopt;
  const std::optional<int> day = cursor.TakeDigits(2);
  if (!day) return std::nullopt;
  const std::chrono::year_month_day date{std::chrono::year(*year),
                                         std::chrono::month(static_cast<unsigned>(*month)),
                                         std::chrono::day(static_cast<unsigned>(*day))};
  if (!date.ok() || *year < 1970) return std::nullopt;
  return std::chrono::sys_days(date).time_since_epoch().count() * kDay;
}

std::optional<std::int64_t> TakeTimeOfDay(Cursor& cursor) {
  const std::optional<int> hour = cursor.TakeDigits(2);
  if (!hour || !cursor.Take(":")) return std::nullopt;
  const std::optional<int> minute = cursor.TakeDigits(2);
  if (!minute || *hour > 23 || *minute > 59) return std::nullopt;
  std::int64_t time = *hour * kHour + *minute * kMinute;
  if (!cursor.Take(":")) return time;
  const std::optional<int> second = cursor.TakeDigits(2);
  if (!second || *second > 60) return std::nullopt;
  time += *second * kSecond;
  if (!cursor.Take(".,")) return time;
  const std::optional<std::int64_t> fraction = cursor.TakeFraction();
  if (!fraction) return std::nullopt;
  return time + *fraction;
}

/// The distance from UTC in microseconds; nullopt if what follows is no offset.
std::optional<std::int64_t> TakeOffset(Cursor& cursor) {
  if (cursor.Take("Zz")) return 0;
  const bool west = cursor.Take("-");
  if (!west && !cursor.Take("+")) return std::nullopt;
  const std::optional<int> hours = cursor.TakeDigits(2);
  const bool colon = cursor.Take(":");
  const std::optional<int> minutes = cursor.done() && !colon ? 0 : cursor.TakeDigits(2);
  if (!hours || !minutes || *hours > 23 || *minutes > 59) return std::nullopt;
  const std::int64_t offset = *hours * kHour + *minutes * kMinute;
  return west ? -offset : offset;
}

/// An offset or a leap second may lead out of the years that the date itself is in.
std::optional<Timestamp> InRange(const Timestamp& timestamp) {
  constexpr std::int64_t kYear10000 = 253'402'300'800 * kSecond;
  if (timestamp.microseconds < 0 || timestamp.microseconds >= kYear10000) return std::nullopt;
  return timestamp;
}

}  // namespace

std::optional<Timestamp> ParseTimestamp(std::string_view text) {
  Cursor cursor(Trim(text));
  const std::optional<std::int64_t> day = TakeDay(cursor);
  if (!day || !cursor.Take("Tt ")) return std::nullopt;
  const std::optional<std::int64_t> time = TakeTimeOfDay(cursor);
  if (!time) return std::nullopt;
  if (cursor.done()) return InRange(Timestamp{*day + *time, false});
  cursor.Take(" ");
  const std::optional<std::int64_t> offset = TakeOffset(cursor);
  if (!offset || !cursor.done()) return std::nullopt;
  return InRange(Timestamp{*day + *time - *offset, true});
}

std::optional<Timestamp> ParseTimestampOrEpoch(std::string_view text) {
  text = Trim(text);
  if (text.empty() ||
      !std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; })) {
    return ParseTimestamp(text);
  }
  std::int64_t number = 0;
  if (std::from_chars(text.data(), text.data() + text.size(), number).ec != std::errc()) {
    return std::nullopt;
  }
  constexpr std::int64_t kFirstMilliseconds = 100'000'000'000;
  constexpr std::int64_t kYear2000 = 946'684'800;
  constexpr std::int64_t kYear2100 = 4'102'444'800;
  const bool milliseconds = number >= kFirstMilliseconds;
  const std::int64_t seconds = milliseconds ? number / 1000 : number;
  if (seconds < kYear2000 || seconds >= kYear2100) return std::nullopt;
  return Timestamp{milliseconds ? number * 1000 : number * kSecond, true};
}

std::string FormatTimestamp(const Timestamp& timestamp) {
  using std::chrono::floor;
  const std::chrono::sys_time<std::chrono::microseconds> time{
      std::chrono::microseconds(timestamp.microseconds)};
  const std::chrono::sys_days day = floor<std::chrono::days>(time);
  const std::chrono::year_month_day date(day);
  const std::chrono::hh_mm_ss clock(time - day);
  char buffer[64];
  int size = std::snprintf(
      buffer, sizeof(buffer), "%04d-%02u-%02uT%02d:%02d:%02d", static_cast<int>(date.year()),
      static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
      static_cast<int>(clock.hours().count()), static_cast<int>(clock.minutes().count()),
      static_cast<int>(clock.seconds().count()));
  std::string text(buffer, static_cast<std::size_t>(size));
  const auto micros = static_cast<int>(clock.subseconds().count());
  if (micros != 0) {
    const bool millis_suffice = micros % 1000 == 0;
    size = millis_suffice ? std::snprintf(buffer, sizeof(buffer), ".%03d", micros / 1000)
                          : std::snprintf(buffer, sizeof(buffer), ".%06d", micros);
    text.append(buffer, static_cast<std::size_t>(size));
  }
  if (timestamp.has_offset) text += 'Z';
  return text;
}

Timestamp DaysLater(const Timestamp& timestamp, std::int64_t days) {
  constexpr std::int64_t kEndOf9999 = 253'402'300'800 * kSecond - 1;
  constexpr std::int64_t kMostDays = kEndOf9999 / kDay;
  days = std::clamp(days, -kMostDays, kMostDays);
  const std::int64_t start = std::clamp<std::int64_t>(timestamp.microseconds, 0, kEndOf9999);
  return {std::clamp<std::int64_t>(start + days * kDay, 0, kEndOf9999), timestamp.has_offset};
}

std::optional<std::int64_t> MinutesBetween(const Timestamp& start, const Timestamp& end) {
  if (start.has_offset != end.has_offset || end.microseconds < start.microseconds) {
    return std::nullopt;
  }
  return (end.microseconds - start.microseconds + kMinute / 2) / kMinute;
}

}  // namespace bookgate
