/// \file rfc3339.hpp
/// Instants as text for people and programs outside.
#pragma once

#include <bookgate/time.hpp>

#include <optional>
#include <string>

#include "base/time.hpp"

namespace bookgate::base {

/// RFC 3339 in UTC; "" for nothing.
inline std::string Rfc3339(const std::optional<Instant>& instant) {
  if (!instant) return {};
  return FormatTimestamp({instant->time_since_epoch().count(), true});
}

}  // namespace bookgate::base
