#include "booking/local_time.hpp"

#include <date/tz.h>

#include <stdexcept>
#include <string>

namespace bookgate::booking {
namespace {

/// nullptr if there is none: the library throws.
const date::time_zone* FindZone(std::string_view name) {
  if (name.empty()) return nullptr;
  try {
    return date::locate_zone(std::string(name));
  } catch (const std::runtime_error&) {
    return nullptr;
  }
}

}  // namespace

std::optional<base::Instant> ToInstant(const Timestamp& timestamp, std::string_view zone) {
  const std::chrono::microseconds since_epoch(timestamp.microseconds);
  if (timestamp.has_offset) return base::Instant(since_epoch);
  const date::time_zone* found = FindZone(zone);
  if (found == nullptr) return std::nullopt;
  const date::local_time<std::chrono::microseconds> local(since_epoch);
  // `first` is the only one, the one before a gap, or the first of two.
  const date::local_info info = found->get_info(date::floor<std::chrono::seconds>(local));
  return base::Instant(since_epoch - info.first.offset);
}

bool IsTimeZone(std::string_view zone) {
  return FindZone(zone) != nullptr;
}

}  // namespace bookgate::booking
