#include "admin/session_token.hpp"

#include <sodium.h>

#include <algorithm>
#include <array>

namespace bookgate::admin {
namespace {

constexpr std::size_t kBytes = 32;
constexpr std::size_t kCharacters = 43;
constexpr std::string_view kCsrfPurpose = "bookgate csrf token";

using Bytes = std::array<unsigned char, kBytes>;

const unsigned char* Raw(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

std::string Base64Url(const Bytes& bytes) {
  std::array<char, kCharacters + 1> text;
  sodium_bin2base64(text.data(), text.size(), bytes.data(), bytes.size(),
                    sodium_base64_VARIANT_URLSAFE_NO_PADDING);
  return text.data();
}

}  // namespace

std::string NewSessionToken() {
  Bytes bytes;
  randombytes_buf(bytes.data(), bytes.size());
  return Base64Url(bytes);
}

bool LooksLikeSessionToken(std::string_view text) {
  return text.size() == kCharacters && std::all_of(text.begin(), text.end(), [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                  c == '-' || c == '_';
         });
}

store::SessionHash HashOfToken(std::string_view token) {
  // The token is random and long: there is nothing to guess that a slow hash would guard.
  store::SessionHash hash;
  crypto_generichash(hash.data(), hash.size(), Raw(token), token.size(), nullptr, 0);
  return hash;
}

std::string CsrfTokenOf(std::string_view token) {
  Bytes bytes;
  crypto_generichash(bytes.data(), bytes.size(), Raw(kCsrfPurpose), kCsrfPurpose.size(), Raw(token),
                     token.size());
  return Base64Url(bytes);
}

bool IsCsrfTokenOf(std::string_view token, std::string_view sent) {
  const std::string right = CsrfTokenOf(token);
  return sent.size() == right.size() && sodium_memcmp(sent.data(), right.data(), sent.size()) == 0;
}

}  // namespace bookgate::admin
