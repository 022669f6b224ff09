/// \file secret.hpp
/// Endpoint secrets: made, hashed, recognised. A secret itself is shown once and kept nowhere.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "auth/derived_key.hpp"
#include "model/org.hpp"

namespace bookgate::auth {

/// A new secret: "bgs_" and 43 characters of base64url (32 random bytes).
std::string GenerateSecret();

/// A new key for a provider to sign its webhooks with: 43 characters of base64url.
std::string GenerateSigningKey();

/// The last four characters, by which an owner tells one secret from another.
std::string SecretHint(std::string_view secret);

/// Hashes secrets with a key derived from the master key, so that a stolen table alone does not
/// tell whether a guess is right. Thread-safe.
class SecretHasher {
 public:
  /// `master_key` has 32 bytes; anything else throws std::invalid_argument (the configuration is
  /// checked before).
  explicit SecretHasher(const std::vector<std::uint8_t>& master_key);

  model::SecretHash Hash(std::string_view secret) const;

 private:
  const DerivedKey key_;
};

/// Compares in constant time.
bool SameHash(const model::SecretHash& a, const model::SecretHash& b);

}  // namespace bookgate::auth
