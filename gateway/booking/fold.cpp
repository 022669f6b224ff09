#include "booking/fold.hpp"

#include <unicode/unistr.h>
#include <bookgate/text.hpp>

#include <algorithm>
#include <array>

namespace bookgate::booking {
namespace {

bool IsAscii(std::string_view text) {
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

}  // namespace

std::string FoldCase(std::string_view text) {
  text = Trim(text);
  if (IsAscii(text)) return ToLowerAscii(text);
  icu::UnicodeString folded = icu::UnicodeString::fromUTF8(
      icu::StringPiece(text.data(), static_cast<std::int32_t>(text.size())));
  std::string utf8;
  folded.trim().foldCase().toUTF8String(utf8);
  return utf8;
}

std::string PhoneDigits(std::string_view phone) {
  std::string digits;
  std::copy_if(phone.begin(), phone.end(), std::back_inserter(digits),
               [](char c) { return c >= '0' && c <= '9'; });
  return digits.size() < 5 ? std::string() : digits;
}

bool IsPlaceholderEmail(std::string_view email_key) {
  // Cal.com gives a booking by phone number the address <digits>@sms.cal.com.
  constexpr std::array<std::string_view, 1> kInventedDomains = {"@sms.cal.com"};
  return std::any_of(kInventedDomains.begin(), kInventedDomains.end(),
                     [&](std::string_view domain) { return email_key.ends_with(domain); });
}

}  // namespace bookgate::booking
