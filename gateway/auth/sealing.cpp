#include "auth/sealing.hpp"

#include <sodium.h>

#include <algorithm>

namespace bookgate::auth {
namespace {

// What is sealed: this byte, the nonce, the ciphertext with its tag.
constexpr char kFormat = 1;
constexpr std::size_t kNonceBytes = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr std::size_t kTagBytes = crypto_aead_xchacha20poly1305_ietf_ABYTES;
constexpr std::size_t kOverhead = 1 + kNonceBytes + kTagBytes;
static_assert(DerivedKey::kBytes == crypto_aead_xchacha20poly1305_ietf_KEYBYTES);

const unsigned char* Bytes(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

unsigned char* Bytes(char* text) {
  return reinterpret_cast<unsigned char*>(text);
}

/// The place in one text. The lengths in front keep ("ab", "c") and ("a", "bc") apart.
std::string AssociatedData(const SealedPlace& place) {
  std::string data(1, kFormat);
  for (const std::string_view part : {place.org_public_id, place.provider, KindName(place.kind)}) {
    data.append(std::to_string(part.size())).append(":").append(part);
  }
  return data;
}

bool IsContinuation(char c) {
  return (static_cast<unsigned char>(c) & 0xC0) == 0x80;
}

}  // namespace

std::string_view KindName(ProviderSecretKind kind) {
  return kind == ProviderSecretKind::kSigningKey ? "signing_key" : "credential";
}

Sealer::Sealer(const std::vector<std::uint8_t>& master_key)
    : key_(master_key, KeyPurpose::kProviderSecrets) {}

std::string Sealer::Seal(std::string_view value, const SealedPlace& place) const {
  std::string sealed(kOverhead + value.size(), kFormat);
  char* const nonce = sealed.data() + 1;
  randombytes_buf(nonce, kNonceBytes);
  const std::string place_text = AssociatedData(place);
  crypto_aead_xchacha20poly1305_ietf_encrypt(Bytes(nonce + kNonceBytes), nullptr, Bytes(value),
                                             value.size(), Bytes(place_text), place_text.size(),
                                             nullptr, Bytes(nonce), key_.data());
  return sealed;
}

std::optional<ProtectedText> Sealer::Open(std::string_view sealed, const SealedPlace& place) const {
  if (sealed.size() < kOverhead || sealed.front() != kFormat) return std::nullopt;
  const std::string_view nonce = sealed.substr(1, kNonceBytes);
  const std::string_view ciphertext = sealed.substr(1 + kNonceBytes);
  ProtectedText value(sealed.size() - kOverhead);
  const std::string place_text = AssociatedData(place);
  const int failed = crypto_aead_xchacha20poly1305_ietf_decrypt(
      Bytes(value.data()), nullptr, nullptr, Bytes(ciphertext), ciphertext.size(),
      Bytes(place_text), place_text.size(), Bytes(nonce), key_.data());
  if (failed != 0) return std::nullopt;
  return value;
}

std::string ProviderSecretHint(std::string_view value) {
  std::string_view hint = value.substr(value.size() - std::min<std::size_t>(4, value.size() / 4));
  while (!hint.empty() && IsContinuation(hint.front())) hint.remove_prefix(1);
  return std::string(hint);
}

}  // namespace bookgate::auth
