/// \file uuid.hpp
/// UUIDv7 (RFC 9562): ids of deliveries, ordered by the time they were made.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/time.hpp"

namespace bookgate::base {

class Uuid {
 public:
  using Bytes = std::array<std::uint8_t, 16>;

  /// All zero: no delivery has it.
  Uuid() = default;
  explicit Uuid(const Bytes& bytes) : bytes_(bytes) {}

  /// A new UUIDv7 with that time, to the microsecond, and 62 random bits. Thread-safe.
  static Uuid Version7(Instant now);
  /// Not greater than any UUIDv7 of that time or later, and greater than all earlier ones.
  static Uuid FirstAt(Instant instant);
  /// From lower- or upper-case hex with dashes; nullopt for anything else.
  static std::optional<Uuid> Parse(std::string_view text);

  /// Lower-case hex with dashes.
  std::string ToString() const;
  /// The 16 bytes as they are stored in BINARY(16).
  const Bytes& bytes() const { return bytes_; }
  std::string_view AsBytes() const {
    return {reinterpret_cast<const char*>(bytes_.data()), bytes_.size()};
  }

  friend bool operator==(const Uuid&, const Uuid&) = default;
  friend auto operator<=>(const Uuid&, const Uuid&) = default;

 private:
  Bytes bytes_{};
};

}  // namespace bookgate::base
