/// \file session_queries.hpp
/// The table `admin_sessions`: who is signed in.
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

#include "store/admin_queries.hpp"
#include "store/connection.hpp"

namespace bookgate::store {

/// A session ends when nobody has used it for kSessionIdle, and after kSessionLife in any case.
inline constexpr std::chrono::hours kSessionIdle{12};
inline constexpr std::chrono::hours kSessionLife{24 * 7};

/// What a session is found by; the token itself is with the browser alone.
using SessionHash = std::array<std::uint8_t, 32>;

struct SessionRow {
  std::int64_t admin_id = 0;
  std::string email;                   ///< Folded.
  std::optional<std::int64_t> org_id;  ///< nullopt: sees every org.
  std::string org_public_id;           ///< Of org_id.
  base::Instant expires_at{};          ///< If nobody uses it any more.
};

/// Begins a session, and removes those that have ended. False if the admin is gone or has another
/// password by now.
bool BeginSession(Connection& connection, const SessionHash& hash, const AdminRow& admin,
                  base::Instant now);

/// The session of that token, if it has not ended; notes that it was used.
std::optional<SessionRow> UseSession(Connection& connection, const SessionHash& hash,
                                     base::Instant now);

void EndSession(Connection& connection, const SessionHash& hash);

}  // namespace bookgate::store
