/// \file lost_plus.hpp
/// In a URL-encoded form a "+" that the sender did not escape is a blank. Two kinds of values show
/// that it was one.
#pragma once

#include <string>
#include <string_view>

namespace bookgate::normalized {

/// " 15555550100" was "+15555550100". `raw` is the phone number as it arrived, `phone` is trimmed.
void RestorePhonePlus(std::string_view raw, std::string& phone);

/// "2026-06-15T14:00:00 02:00" was "2026-06-15T14:00:00+02:00".
void RestoreOffsetPlus(std::string& time);

}  // namespace bookgate::normalized
