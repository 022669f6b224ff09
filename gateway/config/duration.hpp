/// \file duration.hpp
/// Durations as admins write them: "500ms", "15s", "10m", "24h", "30d".
#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace bookgate::config {

/// One whole number and one unit. Fails on anything else, and on more than 1,000,000 days.
base::Result<std::chrono::milliseconds> ParseDuration(std::string_view text);

/// In the largest unit that divides it, such as "90m" and "2h".
std::string DurationText(std::chrono::milliseconds duration);

}  // namespace bookgate::config
