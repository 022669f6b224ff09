#include "lookup/authorization.hpp"

#include <sodium.h>

#include <algorithm>
#include <cstddef>

namespace bookgate::lookup {
namespace {

using translate::Attach;

bool IsBasic(Attach attach, std::string_view credential) {
  if (attach != Attach::kBasicOrBearer) return attach == Attach::kBasic;
  // No bearer token has one (RFC 6750, section 2.1).
  return credential.find(':') != std::string_view::npos;
}

auth::ProtectedText Basic(std::string_view credential) {
  constexpr std::string_view kScheme = "Basic ";
  constexpr int kVariant = sodium_base64_VARIANT_ORIGINAL;
  const std::size_t with_nul = sodium_base64_encoded_len(credential.size(), kVariant);
  auth::ProtectedText encoded(with_nul);
  sodium_bin2base64(encoded.data(), with_nul,
                    reinterpret_cast<const unsigned char*>(credential.data()), credential.size(),
                    kVariant);
  auth::ProtectedText value(kScheme.size() + with_nul - 1);
  std::copy(kScheme.begin(), kScheme.end(), value.data());
  std::copy_n(encoded.data(), with_nul - 1, value.data() + kScheme.size());
  return value;
}

auth::ProtectedText Bearer(std::string_view credential) {
  constexpr std::string_view kScheme = "Bearer ";
  auth::ProtectedText value(kScheme.size() + credential.size());
  char* const end = std::copy(kScheme.begin(), kScheme.end(), value.data());
  std::copy(credential.begin(), credential.end(), end);
  return value;
}

}  // namespace

auth::ProtectedText AuthorizationOf(Attach attach, std::string_view credential) {
  return IsBasic(attach, credential) ? Basic(credential) : Bearer(credential);
}

}  // namespace bookgate::lookup
