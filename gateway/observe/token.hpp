/// \file token.hpp
/// Values fit for a metric's label and for a log's event.
#pragma once

#include <algorithm>
#include <string_view>

namespace bookgate::observe {

/// 1 to 64 of a-z, 0-9, _ and ., as schemas/step-result.json says of reasons.
inline bool IsToken(std::string_view text) {
  return !text.empty() && text.size() <= 64 && std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '.';
  });
}

}  // namespace bookgate::observe
