/// \file grace.hpp
/// How long a secret that was replaced still works.
#pragma once

#include <chrono>
#include <optional>
#include <string>

namespace bookgate::commands {

/// What to say of anything that ReadGrace refuses.
inline constexpr const char* kGraceUsage = "--grace takes 0s to 7d, such as 24h";

/// "0s", "15m", "24h" or "7d"; nullopt for anything else and for more than seven days.
std::optional<std::chrono::seconds> ReadGrace(const std::string& text);

}  // namespace bookgate::commands
