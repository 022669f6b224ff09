/// \file derived_key.hpp
/// Keys made of the master key, one for each purpose, so that none tells anything of another.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

namespace bookgate::auth {

/// What a key is for. Numbers and contexts (derived_key.cpp) stay as they are for ever: with
/// others, nothing that is stored would be understood any more.
enum class KeyPurpose : std::uint8_t {
  kEndpointSecrets,  ///< Hashes the secrets of orgs.
  kProviderSecrets,  ///< Seals credentials and signing keys of providers.
};

/// 32 bytes in locked, guarded, read-only memory, wiped at the end. Thread-safe.
class DerivedKey {
 public:
  static constexpr std::size_t kBytes = 32;

  /// `master_key` has 32 bytes; anything else throws std::invalid_argument (the configuration is
  /// checked before).
  DerivedKey(const std::vector<std::uint8_t>& master_key, KeyPurpose purpose);

  const unsigned char* data() const { return key_.get(); }

 private:
  struct Wipe {
    void operator()(unsigned char* key) const;
  };
  std::unique_ptr<unsigned char, Wipe> key_;
};

}  // namespace bookgate::auth
