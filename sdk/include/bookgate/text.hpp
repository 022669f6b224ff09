/// \file bookgate/text.hpp
/// Small things that translators do to text.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace bookgate {

/// Without the ASCII white space and NULs around it.
std::string_view Trim(std::string_view text);
/// Trimmed; nullopt if nothing is left.
std::optional<std::string> NonEmpty(std::string_view text);
/// A to Z in lower case, everything else as it is.
std::string ToLowerAscii(std::string_view text);
bool EqualsIgnoringAsciiCase(std::string_view a, std::string_view b);
/// Looks like one address: something, one @, a domain with no blanks or control characters.
bool LooksLikeEmail(std::string_view text);
/// Enough like a telephone number to be worth keeping: 5 to 20 digits and otherwise only blanks,
/// + - ( ) . / and an extension such as "x12".
bool LooksLikePhone(std::string_view text);
/// Has the form of an IANA time zone name: UTC, GMT, or Area/Place such as Europe/Lisbon. Says
/// nothing of whether there is such a zone.
bool LooksLikeTimeZone(std::string_view text);
/// The text is valid UTF-8.
bool IsUtf8(std::string_view text);
/// The text with every byte that is not part of valid UTF-8 replaced by U+FFFD.
std::string ToValidUtf8(std::string_view text);
/// Every byte but A-Z a-z 0-9 - . _ ~ as %XX (RFC 3986), for path segments and query values.
std::string PercentEncode(std::string_view text);
/// An id that can stand in a path, encoded, and leads where it says: not empty, not of dots alone,
/// which HTTP clients resolve as they do folders, and at most 255 bytes.
bool IsPathSegment(std::string_view id);
/// %XX resolved, and with `plus_is_blank` also + to a blank. A % without two hex digits stays.
std::string PercentDecode(std::string_view text, bool plus_is_blank);
/// The fields of an application/x-www-form-urlencoded body in order, names and values decoded.
/// Repeated names stay repeated.
std::vector<std::pair<std::string, std::string>> ParseForm(std::string_view body);
/// The media type of a Content-Type value, lower case, without parameters: "application/json".
std::string MediaType(std::string_view content_type);

}  // namespace bookgate
