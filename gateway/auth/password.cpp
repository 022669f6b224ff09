#include "auth/password.hpp"

#include <sodium.h>

#include <array>
#include <semaphore>

namespace bookgate::auth {
namespace {

/// With the costs of HashPassword.
constexpr const char* kNobodysHash =
    "$argon2id$v=19$m=65536,t=2,p=1$5XI6P6tmUl6/p4iUxvYUng$"
    "s1jJD6JA/aRPzPcl/C9mAkVfRuewi7zFYv4KLoN+Tn4";

/// Each takes 64 MiB and a core: a crowd at the door must not take all of both.
std::counting_semaphore<2>& HashingTurns() {
  static std::counting_semaphore<2> turns(2);
  return turns;
}

class Turn {
 public:
  Turn() { HashingTurns().acquire(); }
  ~Turn() { HashingTurns().release(); }
  Turn(const Turn&) = delete;
  Turn& operator=(const Turn&) = delete;
};

}  // namespace

std::string HashPassword(const std::string& password) {
  const Turn turn;
  std::array<char, crypto_pwhash_STRBYTES> hash;
  const int failed =
      crypto_pwhash_str(hash.data(), password.data(), password.size(),
                        crypto_pwhash_OPSLIMIT_INTERACTIVE, crypto_pwhash_MEMLIMIT_INTERACTIVE);
  return failed != 0 ? std::string() : std::string(hash.data());
}

bool IsPassword(const std::string& hash, const std::string& password) {
  const Turn turn;
  const char* const compared = hash.empty() ? kNobodysHash : hash.c_str();
  const bool same = crypto_pwhash_str_verify(compared, password.data(), password.size()) == 0;
  return same && !hash.empty();
}

std::string NobodysHash() {
  return kNobodysHash;
}

}  // namespace bookgate::auth
