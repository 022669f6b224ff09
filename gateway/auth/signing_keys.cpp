#include "auth/signing_keys.hpp"

namespace bookgate::auth {

std::vector<std::string_view> SigningKeys::ValidAt(base::Instant now) const {
  std::vector<std::string_view> keys;
  if (!current.empty()) keys.push_back(current.view());
  if (!previous.empty() && now < previous_expires_at) keys.push_back(previous.view());
  return keys;
}

}  // namespace bookgate::auth
