#include "base/uuid.hpp"

#include <sodium.h>

namespace bookgate::base {
namespace {

int HexDigit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

std::int64_t MicrosecondsOfMillisecond(Instant instant) {
  return (instant - std::chrono::floor<std::chrono::milliseconds>(instant)).count();
}

constexpr bool DashAfterByte(std::size_t byte) {
  return byte == 3 || byte == 5 || byte == 7 || byte == 9;
}

void SetTime(Uuid::Bytes& bytes, Instant instant) {
  const auto milliseconds = static_cast<std::uint64_t>(UnixMilliseconds(instant));
  for (std::size_t i = 0; i < 6; ++i) {
    bytes[i] = static_cast<std::uint8_t>(milliseconds >> (40 - 8 * i));
  }
}

}  // namespace

Uuid Uuid::Version7(Instant now) {
  Bytes bytes;
  randombytes_buf(bytes.data(), bytes.size());
  SetTime(bytes, now);
  // Behind the millisecond, its fraction in 12 bits (RFC 9562, section 6.2, method 3).
  const auto fraction = static_cast<std::uint64_t>(MicrosecondsOfMillisecond(now)) * 4096 / 1000;
  bytes[6] = static_cast<std::uint8_t>(0x70 | (fraction >> 8));
  bytes[7] = static_cast<std::uint8_t>(fraction);
  bytes[8] = static_cast<std::uint8_t>(0x80 | (bytes[8] & 0x3F));
  return Uuid(bytes);
}

Uuid Uuid::FirstAt(Instant instant) {
  Bytes bytes{};
  SetTime(bytes, instant);
  return Uuid(bytes);
}

std::optional<Uuid> Uuid::Parse(std::string_view text) {
  if (text.size() != 36) return std::nullopt;
  Bytes bytes;
  std::size_t at = 0;
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    const int high = HexDigit(text[at]);
    const int low = HexDigit(text[at + 1]);
    if (high < 0 || low < 0) return std::nullopt;
    bytes[i] = static_cast<std::uint8_t>(high * 16 + low);
    at += 2;
    if (DashAfterByte(i) && text[at++] != '-') return std::nullopt;
  }
  return Uuid(bytes);
}

std::string Uuid::ToString() const {
  constexpr char kHex[] = "0123456789abcdef";
  std::string text;
  text.reserve(36);
  for (std::size_t i = 0; i < bytes_.size(); ++i) {
    text += kHex[bytes_[i] >> 4];
    text += kHex[bytes_[i] & 0x0F];
    if (DashAfterByte(i)) text += '-';
  }
  return text;
}

}  // namespace bookgate::base
