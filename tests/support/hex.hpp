/// \file hex.hpp
/// Bytes as the database's HEX() writes them.
#pragma once

#include <string>
#include <string_view>

namespace bookgate::tests {

inline std::string Hex(std::string_view bytes) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  std::string hex;
  for (const char byte : bytes) {
    hex += kDigits[static_cast<unsigned char>(byte) >> 4];
    hex += kDigits[static_cast<unsigned char>(byte) & 0xf];
  }
  return hex;
}

}  // namespace bookgate::tests
