/// \file local_time.hpp
/// Wall clocks and the instants that they mean.
#pragma once

#include <bookgate/time.hpp>

#include <optional>
#include <string_view>

#include "base/time.hpp"

namespace bookgate::booking {

/// The instant of a timestamp; one without an offset is read off a clock in that IANA zone. Where
/// the clock is put forward or back, RFC 5545 section 3.3.5 says what is meant: a time that comes
/// twice is the first one, and one that is skipped counts with the offset before the gap. nullopt
/// only if there is no such zone.
std::optional<base::Instant> ToInstant(const Timestamp& timestamp, std::string_view zone);

/// There is a zone of that IANA name.
bool IsTimeZone(std::string_view zone);

}  // namespace bookgate::booking
