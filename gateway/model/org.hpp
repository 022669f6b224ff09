/// \file org.hpp
/// An org with its webhook endpoint, as the gateway keeps it in memory.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/time.hpp"

namespace bookgate::model {

/// Keyed BLAKE2b of an endpoint secret; the secret itself is kept nowhere.
using SecretHash = std::array<std::uint8_t, 32>;

enum class EndpointState : std::uint8_t { kNone, kActive, kDisabled };

/// "none", "active", "disabled".
std::string_view EndpointStateName(EndpointState state);

/// A secret that was rotated out and still works until it expires.
struct PreviousSecret {
  SecretHash hash{};
  base::Instant expires_at{};
};

struct Org {
  std::int64_t id = 0;
  std::string public_id;  ///< 16 characters of a-z0-9; what stands in webhook URLs.
  std::string name;
  std::string time_zone = "UTC";  ///< IANA name.
  std::string field_mapping;      ///< A JSON object; "" for none. See bookgate mapping.
  EndpointState endpoint = EndpointState::kNone;
  SecretHash secret_hash{};  ///< Meaningful only while the endpoint is active.
  std::optional<PreviousSecret> previous;
  std::uint64_t version = 0;  ///< Of this entry; grows with every change of any org.
};

}  // namespace bookgate::model
