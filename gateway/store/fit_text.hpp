/// \file fit_text.hpp
/// Texts that are ours to shorten.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace bookgate::store {

/// What deliveries.Reason holds.
inline constexpr std::size_t kReasonBytes = 1000;

/// At most that many bytes, cut where a character begins. For texts of ours and for headers that
/// nothing depends on; what belongs to a booking is never cut.
std::string FitText(std::string_view text, std::size_t limit);

}  // namespace bookgate::store
