#include "auth/derived_key.hpp"

#include <sodium.h>

#include <new>
#include <stdexcept>

namespace bookgate::auth {
namespace {

using Context = char[crypto_kdf_CONTEXTBYTES + 1];
constexpr Context kEndpointContext = "bookgate";
constexpr Context kProviderContext = "provider";
constexpr std::uint64_t kNumber = 1;

}  // namespace

void DerivedKey::Wipe::operator()(unsigned char* key) const {
  sodium_free(key);
}

DerivedKey::DerivedKey(const std::vector<std::uint8_t>& master_key, KeyPurpose purpose) {
  if (master_key.size() != crypto_kdf_KEYBYTES) {
    throw std::invalid_argument("a master key has 32 bytes");
  }
  // Guarded memory needs the library initialised; it may have been already.
  if (sodium_init() < 0) throw std::runtime_error("libsodium cannot be initialised");
  key_.reset(static_cast<unsigned char*>(sodium_malloc(kBytes)));
  if (key_ == nullptr) throw std::bad_alloc();
  const bool endpoints = purpose == KeyPurpose::kEndpointSecrets;
  crypto_kdf_derive_from_key(key_.get(), kBytes, kNumber,
                             endpoints ? kEndpointContext : kProviderContext, master_key.data());
  sodium_mprotect_readonly(key_.get());
}

}  // namespace bookgate::auth
