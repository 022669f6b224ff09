#include "commands/database.hpp"

#include <bookgate/time.hpp>

namespace bookgate::commands {

std::string TimeText(const std::optional<base::Instant>& instant) {
  if (!instant) return {};
  return FormatTimestamp({instant->time_since_epoch().count(), true});
}

}  // namespace bookgate::commands
