/// \file suggestion.hpp
/// Guesses which name was meant by a mistyped one.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace bookgate::config {

/// The known name that is nearest to the mistyped one; nullopt if none is near enough to be a guess
/// rather than a wild one. Upper case, and - for _, count as nearly right.
std::optional<std::string> NearestName(std::string_view mistyped,
                                       const std::vector<std::string>& known);

}  // namespace bookgate::config
