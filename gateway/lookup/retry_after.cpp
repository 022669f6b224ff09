#include "lookup/retry_after.hpp"

#include <curl/curl.h>

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <string>

namespace bookgate::lookup {

std::optional<std::chrono::seconds> ReadRetryAfter(std::string_view value, base::Instant now) {
  std::uint32_t seconds = 0;
  const char* end = value.data() + value.size();
  const auto [rest, error] = std::from_chars(value.data(), end, seconds);
  if (error == std::errc() && rest == end) return std::chrono::seconds(seconds);
  const time_t date = curl_getdate(std::string(value).c_str(), nullptr);
  if (date < 0) return std::nullopt;
  const auto wait =
      std::chrono::ceil<std::chrono::seconds>(std::chrono::system_clock::from_time_t(date) - now);
  return std::max(wait, std::chrono::seconds(0));
}

}  // namespace bookgate::lookup
