/// \file signer.hpp
/// Signs as providers do. Built on OpenSSL, so that the gateway's own code is not its own judge.
#pragma once

#include <string>
#include <string_view>

namespace bookgate::tests {

/// The 32 bytes of HMAC-SHA256.
std::string HmacSha256(std::string_view key, std::string_view text);

/// Lower case.
std::string Hex(std::string_view bytes);

/// Standard alphabet, with padding.
std::string Base64(std::string_view bytes);
/// Of right base64 only.
std::string FromBase64(std::string_view text);

}  // namespace bookgate::tests
