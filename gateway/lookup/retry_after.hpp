/// \file retry_after.hpp
/// How long an API asks not to be asked.
#pragma once

#include <chrono>
#include <optional>
#include <string_view>

#include "base/time.hpp"

namespace bookgate::lookup {

/// Reads the value of Retry-After: seconds, or a date (RFC 9110, section 10.2.3). nullopt for
/// anything else. 0 for what is past.
std::optional<std::chrono::seconds> ReadRetryAfter(std::string_view value, base::Instant now);

}  // namespace bookgate::lookup
