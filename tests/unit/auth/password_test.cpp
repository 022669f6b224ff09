#include "auth/password.hpp"

#include <doctest/doctest.h>
#include <sodium.h>

#include "auth/limits.hpp"

namespace bookgate::auth {

TEST_CASE("a password is known by its hash, and no other one is") {
  const std::string hash = HashPassword("correct horse battery");
  CHECK(hash.starts_with("$argon2id$"));
  CHECK(hash != HashPassword("correct horse battery"));
  CHECK(IsPassword(hash, "correct horse battery"));
  CHECK_FALSE(IsPassword(hash, "correct horse batter"));
  CHECK_FALSE(IsPassword(hash, ""));
  CHECK_FALSE(IsPassword("", "correct horse battery"));
  CHECK_FALSE(IsPassword("nonsense", "correct horse battery"));
}

/// What it is compared with then must cost as much as a real one: else the clock tells.
TEST_CASE("without a hash the same work is done") {
  const std::string hash = HashPassword("correct horse battery");
  const std::string costs = "$argon2id$v=19$m=65536,t=2,p=1$";
  CHECK(hash.starts_with(costs));
  CHECK(NobodysHash().starts_with(costs));
  CHECK(crypto_pwhash_str_needs_rehash(NobodysHash().c_str(), crypto_pwhash_OPSLIMIT_INTERACTIVE,
                                       crypto_pwhash_MEMLIMIT_INTERACTIVE) == 0);
}

TEST_CASE("what turned out not to count is given back, up to what there was") {
  using std::chrono::seconds;
  const RateLimiter::Time now{};
  RateLimiter limiter(1.0, 2.0);
  limiter.Refund("a");
  CHECK(limiter.Spend("a", now) == std::nullopt);
  limiter.Refund("a");
  limiter.Refund("a");
  CHECK(limiter.Spend("a", now) == std::nullopt);
  CHECK(limiter.Spend("a", now) == std::nullopt);
  CHECK(limiter.Spend("a", now).has_value());
  limiter.Refund("b");
  CHECK(limiter.Spend("a", now).has_value());
}

}  // namespace bookgate::auth
