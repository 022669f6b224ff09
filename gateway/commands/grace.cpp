#include "commands/grace.hpp"

#include <charconv>

namespace bookgate::commands {
namespace {

constexpr std::chrono::hours kLongestGrace{24 * 7};

}  // namespace

std::optional<std::chrono::seconds> ReadGrace(const std::string& text) {
  std::int64_t number = 0;
  const char* const end = text.data() + text.size();
  const auto [rest, error] = std::from_chars(text.data(), end, number);
  if (error != std::errc() || number < 0 || number > 1'000'000 || end - rest != 1) {
    return std::nullopt;
  }
  std::chrono::seconds grace{};
  switch (*rest) {
    case 's':
      grace = std::chrono::seconds(number);
      break;
    case 'm':
      grace = std::chrono::minutes(number);
      break;
    case 'h':
      grace = std::chrono::hours(number);
      break;
    case 'd':
      grace = std::chrono::hours(24 * number);
      break;
    default:
      return std::nullopt;
  }
  if (grace > kLongestGrace) return std::nullopt;
  return grace;
}

}  // namespace bookgate::commands
