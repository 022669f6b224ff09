/// \file session_token.hpp
/// What a browser shows to be known again, and what is made of it.
#pragma once

#include <string>
#include <string_view>

#include "store/session_queries.hpp"

namespace bookgate::admin {

/// 32 random bytes as base64url: the value of the session's cookie.
std::string NewSessionToken();

/// Has the form of a session token; anything else is not worth a question to the database.
bool LooksLikeSessionToken(std::string_view text);

/// What is kept of it.
store::SessionHash HashOfToken(std::string_view token);

/// The CSRF token of a session. Made of the session's token, so that it lasts as long, is kept
/// nowhere, and tells nothing of the cookie, which scripts must not see.
std::string CsrfTokenOf(std::string_view token);

/// Compares in constant time.
bool IsCsrfTokenOf(std::string_view token, std::string_view sent);

}  // namespace bookgate::admin
