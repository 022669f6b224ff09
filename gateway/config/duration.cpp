#include "config/duration.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>

#include "config/table_reader.hpp"

namespace bookgate::config {
namespace {

using std::chrono::milliseconds;

struct Unit {
  std::string_view name;
  milliseconds length;
};

constexpr std::array kUnits = {Unit{"d", std::chrono::hours(24)}, Unit{"h", std::chrono::hours(1)},
                               Unit{"m", std::chrono::minutes(1)},
                               Unit{"s", std::chrono::seconds(1)}, Unit{"ms", milliseconds(1)}};
constexpr milliseconds kLongest = std::chrono::hours(24) * 1'000'000;

}  // namespace

base::Result<milliseconds> ParseDuration(std::string_view text) {
  const base::Failure wrong = Wrong(
      "is no duration; must be a whole number with ms, s, m, h or d, such as \"15s\" or \"30d\"");
  std::uint32_t number = 0;
  const auto [rest, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc()) return wrong;
  const std::string_view name = text.substr(static_cast<std::size_t>(rest - text.data()));
  const auto unit = std::find_if(kUnits.begin(), kUnits.end(),
                                 [&](const Unit& candidate) { return candidate.name == name; });
  if (unit == kUnits.end()) return wrong;
  const milliseconds duration = number * unit->length;
  if (duration > kLongest) return wrong;
  return duration;
}

std::string DurationText(milliseconds duration) {
  const Unit& unit = *std::find_if(kUnits.begin(), kUnits.end(), [&](const Unit& candidate) {
    return duration % candidate.length == milliseconds(0);  // At the latest for the millisecond.
  });
  return std::to_string(duration / unit.length) + std::string(unit.name);
}

}  // namespace bookgate::config
