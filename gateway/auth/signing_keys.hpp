/// \file signing_keys.hpp
/// The keys that one provider signs an org's webhooks with, as the gateway keeps them in memory.
#pragma once

#include <string_view>
#include <vector>

#include "auth/protected_text.hpp"
#include "base/time.hpp"

namespace bookgate::auth {

/// Immutable once it is in the directory.
struct SigningKeys {
  /// Empty: a key is stored, but this gateway's master key does not open it. No signature is right
  /// then, which is safer than acting as if none was wanted.
  ProtectedText current;
  ProtectedText previous;  ///< That was replaced and is valid until it expires; empty: none.
  base::Instant previous_expires_at{};
  bool required = false;  ///< The org lets nobody in without a signature of this provider.

  /// Those that sign at that moment. They point into this object.
  std::vector<std::string_view> ValidAt(base::Instant now) const;
};

}  // namespace bookgate::auth
