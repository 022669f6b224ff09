/// \file fold.hpp
/// Keys by which contacts are found: two spellings of one address or number give one key.
#pragma once

#include <string>
#include <string_view>

namespace bookgate::booking {

/// The text in Unicode's full case folding, without white space around it. No other folding: dots
/// and plus tags of an address are significant, and so are accents. The input must be UTF-8.
std::string FoldCase(std::string_view text);

/// The digits of a telephone number; "" if there are fewer than five, which is no number.
std::string PhoneDigits(std::string_view phone);

/// An address that a provider made up for somebody who booked by telephone. It is nobody's.
bool IsPlaceholderEmail(std::string_view email_key);

}  // namespace bookgate::booking
