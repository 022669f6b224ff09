#include "auth/secret.hpp"

#include <sodium.h>

#include <array>

namespace bookgate::auth {
namespace {

constexpr std::string_view kPrefix = "bgs_";
constexpr std::size_t kRandomBytes = 32;

std::string RandomText() {
  std::array<unsigned char, kRandomBytes> random;
  randombytes_buf(random.data(), random.size());
  std::array<char,
             sodium_base64_ENCODED_LEN(kRandomBytes, sodium_base64_VARIANT_URLSAFE_NO_PADDING)>
      text;
  sodium_bin2base64(text.data(), text.size(), random.data(), random.size(),
                    sodium_base64_VARIANT_URLSAFE_NO_PADDING);
  sodium_memzero(random.data(), random.size());
  return text.data();
}

}  // namespace

std::string GenerateSecret() {
  return std::string(kPrefix) + RandomText();
}

std::string GenerateSigningKey() {
  return RandomText();
}

std::string SecretHint(std::string_view secret) {
  return std::string(secret.substr(secret.size() < 4 ? 0 : secret.size() - 4));
}

SecretHasher::SecretHasher(const std::vector<std::uint8_t>& master_key)
    : key_(master_key, KeyPurpose::kEndpointSecrets) {}

model::SecretHash SecretHasher::Hash(std::string_view secret) const {
  model::SecretHash hash;
  crypto_generichash(hash.data(), hash.size(),
                     reinterpret_cast<const unsigned char*>(secret.data()), secret.size(),
                     key_.data(), DerivedKey::kBytes);
  return hash;
}

bool SameHash(const model::SecretHash& a, const model::SecretHash& b) {
  return sodium_memcmp(a.data(), b.data(), a.size()) == 0;
}

}  // namespace bookgate::auth
