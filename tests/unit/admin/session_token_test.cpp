#include "admin/session_token.hpp"

#include <doctest/doctest.h>

namespace bookgate::admin {

TEST_CASE("session tokens are long, random, and recognised by their form") {
  const std::string token = NewSessionToken();
  CHECK(LooksLikeSessionToken(token));
  CHECK(token != NewSessionToken());
  CHECK_FALSE(LooksLikeSessionToken(""));
  CHECK_FALSE(LooksLikeSessionToken(token.substr(1)));
  CHECK_FALSE(LooksLikeSessionToken(token + "a"));
  CHECK_FALSE(LooksLikeSessionToken(token.substr(1) + "="));
  CHECK_FALSE(LooksLikeSessionToken(token.substr(1) + std::string(1, '\0')));
}

TEST_CASE("a CSRF token is its own session's, and tells nothing of the session's token") {
  const std::string token = NewSessionToken();
  const std::string csrf = CsrfTokenOf(token);
  CHECK(csrf != token);
  CHECK(csrf == CsrfTokenOf(token));
  CHECK(IsCsrfTokenOf(token, csrf));
  CHECK_FALSE(IsCsrfTokenOf(token, ""));
  CHECK_FALSE(IsCsrfTokenOf(token, token));
  CHECK_FALSE(IsCsrfTokenOf(token, csrf.substr(1)));
  CHECK_FALSE(IsCsrfTokenOf(NewSessionToken(), csrf));
  CHECK(HashOfToken(token) != HashOfToken(csrf));
}

}  // namespace bookgate::admin
