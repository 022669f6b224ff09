#include "commands/database.hpp"

#include "base/rfc3339.hpp"

namespace bookgate::commands {

std::string TimeText(const std::optional<base::Instant>& instant) {
  return base::Rfc3339(instant);
}

}  // namespace bookgate::commands
