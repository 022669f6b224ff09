#include "auth/secret.hpp"

#include <sodium.h>

#include <array>
#include <new>
#include <stdexcept>

namespace bookgate::auth {
namespace {

constexpr std::string_view kPrefix = "bgs_";
constexpr std::size_t kRandomBytes = 32;

// Contexts of the key derivation: one purpose, one number, for ever.
constexpr char kContext[crypto_kdf_CONTEXTBYTES + 1] = "bookgate";
constexpr std::uint64_t kEndpointSecrets = 1;

}  // namespace

std::string GenerateSecret() {
  std::array<unsigned char, kRandomBytes> random;
  randombytes_buf(random.data(), random.size());
  std::array<char,
             sodium_base64_ENCODED_LEN(kRandomBytes, sodium_base64_VARIANT_URLSAFE_NO_PADDING)>
      text;
  sodium_bin2base64(text.data(), text.size(), random.data(), random.size(),
                    sodium_base64_VARIANT_URLSAFE_NO_PADDING);
  sodium_memzero(random.data(), random.size());
  return std::string(kPrefix) + text.data();
}

std::string SecretHint(std::string_view secret) {
  return std::string(secret.substr(secret.size() < 4 ? 0 : secret.size() - 4));
}

void SecretHasher::Wipe::operator()(unsigned char* key) const {
  sodium_free(key);
}

SecretHasher::SecretHasher(const std::vector<std::uint8_t>& master_key) {
  if (master_key.size() != crypto_kdf_KEYBYTES) {
    throw std::invalid_argument("a master key has 32 bytes");
  }
  // Guarded memory needs the library initialised; it may have been already.
  if (sodium_init() < 0) throw std::runtime_error("libsodium cannot be initialised");
  key_.reset(static_cast<unsigned char*>(sodium_malloc(crypto_generichash_KEYBYTES)));
  if (key_ == nullptr) throw std::bad_alloc();
  crypto_kdf_derive_from_key(key_.get(), crypto_generichash_KEYBYTES, kEndpointSecrets, kContext,
                             master_key.data());
  sodium_mprotect_readonly(key_.get());
}

model::SecretHash SecretHasher::Hash(std::string_view secret) const {
  model::SecretHash hash;
  crypto_generichash(hash.data(), hash.size(),
                     reinterpret_cast<const unsigned char*>(secret.data()), secret.size(),
                     key_.get(), crypto_generichash_KEYBYTES);
  return hash;
}

bool SameHash(const model::SecretHash& a, const model::SecretHash& b) {
  return sodium_memcmp(a.data(), b.data(), a.size()) == 0;
}

}  // namespace bookgate::auth
