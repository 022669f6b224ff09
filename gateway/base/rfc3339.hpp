/// \file rfc3339.hpp
/// Instants as text for people and programs outside.
#pragma once

#include <bookgate/time.hpp>

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "base/time.hpp"

namespace bookgate::base {

/// RFC 3339 in UTC; "" for nothing.
inline std::string Rfc3339(const std::optional<Instant>& instant) {
  if (!instant) return {};
  return FormatTimestamp({instant->time_since_epoch().count(), true});
}

/// nullopt for what is no time, and for one without an offset: nobody knows when that is.
inline std::optional<Instant> ParseInstant(std::string_view text) {
  const std::optional<Timestamp> time = ParseTimestamp(text);
  if (!time || !time->has_offset) return std::nullopt;
  return Instant(std::chrono::microseconds(time->microseconds));
}

}  // namespace bookgate::base
