/// \file password.hpp
/// Admins' passwords: Argon2id.
#pragma once

#include <cstddef>
#include <string>

namespace bookgate::auth {

inline constexpr std::size_t kShortestPassword = 10;
/// Nobody types more; hashing longer ones would only be work that strangers make us do.
inline constexpr std::size_t kLongestPassword = 1024;

/// Argon2id in its text form, with the salt and the costs in it; "" if there is not enough memory.
/// Takes a tenth of a second and 64 MiB: never on a reactor's thread.
std::string HashPassword(const std::string& password);

/// Whether `hash` is of that password. Without a hash ("") it takes the same time and is false, so
/// that nobody learns from the clock which email addresses are known.
bool IsPassword(const std::string& hash, const std::string& password);

/// What IsPassword compares with where there is no hash: one of no password that anybody knows.
std::string NobodysHash();

}  // namespace bookgate::auth
