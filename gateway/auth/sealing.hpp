/// \file sealing.hpp
/// Providers' secrets as they lie in the database: encrypted, and bound to their place.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "auth/derived_key.hpp"
#include "auth/protected_text.hpp"

namespace bookgate::auth {

enum class ProviderSecretKind : std::uint8_t {
  kCredential,  ///< What the gateway shows to the provider's API.
  kSigningKey,  ///< What the provider signs its webhooks with.
};

/// As in provider_secrets.Kind. Sealed values depend on it: it never changes.
std::string_view KindName(ProviderSecretKind kind);

/// Whose secret it is. All of it is authenticated: a sealed value that somebody moved to another
/// org, provider or kind does not open there.
struct SealedPlace {
  std::string_view org_public_id;
  std::string_view provider;
  ProviderSecretKind kind = ProviderSecretKind::kCredential;
};

/// Seals with XChaCha20-Poly1305 and a key derived from the master key. Thread-safe.
class Sealer {
 public:
  /// As SecretHasher.
  explicit Sealer(const std::vector<std::uint8_t>& master_key);

  /// Differs each time, whatever the value.
  std::string Seal(std::string_view value, const SealedPlace& place) const;

  /// nullopt if it was sealed with another master key or for another place, or is damaged: which of
  /// these, nobody can tell.
  std::optional<ProtectedText> Open(std::string_view sealed, const SealedPlace& place) const;

 private:
  const DerivedKey key_;
};

/// The end of a secret, by which its owner tells one from another: four characters, but never more
/// than a quarter of it, because the keys that people make up may be short.
std::string ProviderSecretHint(std::string_view value);

}  // namespace bookgate::auth
