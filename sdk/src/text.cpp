#include <bookgate/text.hpp>

#include <algorithm>
#include <cstdint>
#include <cstring>

namespace bookgate {
namespace {

bool IsBlank(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' || c == '\v' || c == '\0';
}
bool IsDigit(char c) {
  return c >= '0' && c <= '9';
}
char LowerAscii(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
}
bool IsAlphaAscii(char c) {
  return LowerAscii(c) >= 'a' && LowerAscii(c) <= 'z';
}

int HexDigit(char c) {
  if (IsDigit(c)) return c - '0';
  const char lower = LowerAscii(c);
  return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

/// Most of what webhooks say is ASCII, and eight bytes of it are as quickly seen as one.
bool StartsWithEightAscii(std::string_view text) {
  std::uint64_t bytes = 0;
  if (text.size() < sizeof(bytes)) return false;
  std::memcpy(&bytes, text.data(), sizeof(bytes));
  return (bytes & 0x8080'8080'8080'8080u) == 0;
}

}  // namespace

std::string_view Trim(std::string_view text) {
  while (!text.empty() && IsBlank(text.front())) text.remove_prefix(1);
  while (!text.empty() && IsBlank(text.back())) text.remove_suffix(1);
  return text;
}

std::optional<std::string> NonEmpty(std::string_view text) {
  text = Trim(text);
  if (text.empty()) return std::nullopt;
  return std::string(text);
}

std::string ToLowerAscii(std::string_view text) {
  std::string lower(text);
  std::transform(lower.begin(), lower.end(), lower.begin(), LowerAscii);
  return lower;
}

bool EqualsIgnoringAsciiCase(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](char x, char y) { return LowerAscii(x) == LowerAscii(y); });
}

bool LooksLikeEmail(std::string_view text) {
  const std::size_t at = text.rfind('@');
  if (at == std::string_view::npos || at == 0 || at + 1 == text.size()) return false;
  const auto bad = [](char c) {
    return static_cast<unsigned char>(c) <= 0x20 || c == 0x7F || c == '<' || c == '>' || c == ',' ||
           c == '{' || c == '}';
  };
  // One @: a quoted local part with another one in it is legal and never seen; an address list
  // that somebody pasted is seen often.
  return text.find('@') == at && std::none_of(text.begin(), text.end(), bad) &&
         text.back() != '.' && text[at + 1] != '.';
}

bool LooksLikePhone(std::string_view text) {
  const auto digits = static_cast<std::size_t>(std::count_if(text.begin(), text.end(), IsDigit));
  constexpr std::string_view kBetween = " +-().,/;:#\t";
  const auto allowed = [&](char c) {
    return IsDigit(c) || kBetween.find(c) != std::string_view::npos;
  };
  std::string_view number = text;
  const std::size_t extension = text.find_first_of("xXeE");
  if (extension != std::string_view::npos && extension > 0) {
    const std::string_view word = text.substr(extension);
    const auto in_extension = [&](char c) { return allowed(c) || IsAlphaAscii(c); };
    const std::string lower = ToLowerAscii(word.substr(0, 3));
    if ((lower[0] == 'x' || lower == "ext") &&
        std::all_of(word.begin(), word.end(), in_extension)) {
      number = text.substr(0, extension);
    }
  }
  return digits >= 5 && digits <= 20 && std::all_of(number.begin(), number.end(), allowed);
}

bool LooksLikeTimeZone(std::string_view text) {
  if (text == "UTC" || text == "GMT") return true;
  const auto allowed = [](char c) {
    return IsAlphaAscii(c) || IsDigit(c) || c == '/' || c == '_' || c == '-' || c == '+';
  };
  const std::size_t slash = text.find('/');
  return slash != std::string_view::npos && slash > 0 && text.back() != '/' && text.size() <= 64 &&
         IsAlphaAscii(text.front()) && std::all_of(text.begin(), text.end(), allowed);
}

bool IsUtf8(std::string_view text) {
  std::size_t i = 0;
  while (i < text.size()) {
    if (StartsWithEightAscii(text.substr(i))) {
      i += 8;
      continue;
    }
    const auto lead = static_cast<unsigned char>(text[i]);
    if (lead < 0x80) {
      ++i;
      continue;
    }
    const std::size_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
    if (lead < 0xC2 || lead > 0xF4 || i + length > text.size()) return false;
    std::uint32_t code = lead & (0x7Fu >> length);
    for (std::size_t k = 1; k < length; ++k) {
      const auto next = static_cast<unsigned char>(text[i + k]);
      if ((next & 0xC0u) != 0x80u) return false;
      code = code << 6 | (next & 0x3Fu);
    }
    const bool overlong = (length == 3 && code < 0x800) || (length == 4 && code < 0x10000);
    if (overlong || code > 0x10FFFF || (code >= 0xD800 && code <= 0xDFFF)) return false;
    i += length;
  }
  return true;
}

std::string ToValidUtf8(std::string_view text) {
  std::string repaired;
  repaired.reserve(text.size());
  while (!text.empty()) {
    std::size_t length = 1;
    while (length <= 4 && length <= text.size() && !IsUtf8(text.substr(0, length))) ++length;
    const bool valid = length <= 4 && length <= text.size();
    repaired += valid ? text.substr(0, length) : std::string_view("\xEF\xBF\xBD");
    text.remove_prefix(valid ? length : 1);
  }
  return repaired;
}

std::string PercentEncode(std::string_view text) {
  constexpr char kHex[] = "0123456789ABCDEF";
  std::string encoded;
  encoded.reserve(text.size());
  for (const char c : text) {
    if (IsDigit(c) || IsAlphaAscii(c) || c == '-' || c == '.' || c == '_' || c == '~') {
      encoded += c;
    } else {
      const auto byte = static_cast<unsigned char>(c);
      encoded += '%';
      encoded += kHex[byte >> 4];
      encoded += kHex[byte & 0x0F];
    }
  }
  return encoded;
}

bool IsPathSegment(std::string_view id) {
  constexpr std::size_t kMaxBytes = 255;
  return id.size() <= kMaxBytes && id.find_first_not_of('.') != std::string_view::npos;
}

std::string PercentDecode(std::string_view text, bool plus_is_blank) {
  std::string decoded;
  decoded.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '%' && i + 2 < text.size() && HexDigit(text[i + 1]) >= 0 &&
        HexDigit(text[i + 2]) >= 0) {
      decoded += static_cast<char>(HexDigit(text[i + 1]) * 16 + HexDigit(text[i + 2]));
      i += 2;
    } else {
      decoded += plus_is_blank && text[i] == '+' ? ' ' : text[i];
    }
  }
  return decoded;
}

std::vector<std::pair<std::string, std::string>> ParseForm(std::string_view body) {
  std::vector<std::pair<std::string, std::string>> fields;
  while (!body.empty()) {
    const std::string_view field = body.substr(0, body.find('&'));
    body.remove_prefix(std::min(body.size(), field.size() + 1));
    if (field.empty()) continue;
    const std::size_t equals = field.find('=');
    const std::string_view name = field.substr(0, equals);
    const std::string_view value =
        equals == std::string_view::npos ? std::string_view() : field.substr(equals + 1);
    fields.emplace_back(PercentDecode(name, true), PercentDecode(value, true));
  }
  return fields;
}

std::string MediaType(std::string_view content_type) {
  return ToLowerAscii(Trim(content_type.substr(0, content_type.find(';'))));
}

}  // namespace bookgate
