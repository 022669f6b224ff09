/// \file obstacle.hpp
/// Why a look-up brought nothing.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

namespace bookgate::lookup {

struct Obstacle {
  enum class Kind : std::uint8_t {
    kProvider,    ///< The API is away, for everybody. It may answer later.
    kLimit,       ///< The org asks too often. The API will answer later.
    kNotSet,      ///< The org has set no credential yet. It may at any time.
    kCredential,  ///< The API refuses it, or it cannot be opened. Nothing helps but another one.
    kLasting,     ///< The same would come of it again.
  };

  Kind kind = Kind::kProvider;
  std::string lookup_id;
  std::string token;  ///< For logs: "server_error", "unreachable", "credential_refused", …
  std::string text;   ///< A sentence for the owner, without its full stop.
  std::optional<std::chrono::seconds> retry_after;

  bool may_pass() const {
    return kind == Kind::kProvider || kind == Kind::kLimit || kind == Kind::kNotSet;
  }
};

}  // namespace bookgate::lookup
