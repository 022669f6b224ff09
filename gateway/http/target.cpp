#include "http/target.hpp"

#include <algorithm>

#include "http/grammar.hpp"

namespace bookgate::http {
namespace {

/// The byte that text[at], a "%", and the two characters after it stand for.
std::optional<char> DecodeEscape(std::string_view text, std::size_t at) {
  if (at + 2 >= text.size()) return std::nullopt;
  const int high = HexValue(text[at + 1]);
  const int low = HexValue(text[at + 2]);
  if (high < 0 || low < 0) return std::nullopt;
  return static_cast<char>(high * 16 + low);
}

std::string DecodeFormText(std::string_view text) {
  std::string decoded;
  decoded.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '+') {
      decoded += ' ';
    } else if (const auto byte = text[i] == '%' ? DecodeEscape(text, i) : std::nullopt) {
      decoded += *byte;
      i += 2;
    } else {
      decoded += text[i];
    }
  }
  return decoded;
}

/// Without "http://authority" of an absolute-form target; nullopt if it is none.
std::optional<std::string_view> WithoutAuthority(std::string_view target) {
  for (const std::string_view scheme : {"http://", "https://"}) {
    if (!EqualsIgnoringCase(target.substr(0, scheme.size()), scheme)) continue;
    target.remove_prefix(scheme.size());
    const std::size_t end = target.find_first_of("/?");
    if (end == 0 || target.empty()) return std::nullopt;
    return end == std::string_view::npos ? std::string_view() : target.substr(end);
  }
  return std::nullopt;
}

}  // namespace

std::vector<model::Field> ParseQuery(std::string_view query) {
  std::vector<model::Field> fields;
  while (!query.empty()) {
    const std::string_view pair = query.substr(0, query.find('&'));
    query.remove_prefix(std::min(pair.size() + 1, query.size()));
    if (pair.empty()) continue;
    const std::size_t equals = pair.find('=');
    const std::string_view value =
        equals == std::string_view::npos ? std::string_view() : pair.substr(equals + 1);
    fields.push_back({DecodeFormText(pair.substr(0, equals)), DecodeFormText(value)});
  }
  return fields;
}

std::optional<Target> ParseTarget(std::string_view target) {
  if (target.find('#') != std::string_view::npos) return std::nullopt;
  if (target == "*") return Target{"*", {}, "*"};
  if (target.empty()) return std::nullopt;
  if (target.front() != '/') {
    const auto rest = WithoutAuthority(target);
    if (!rest) return std::nullopt;
    target = *rest;
  }
  const std::size_t question = target.find('?');
  Target parsed;
  parsed.path = target.substr(0, question);
  if (parsed.path.empty()) parsed.path = "/";
  if (question != std::string_view::npos) parsed.query = ParseQuery(target.substr(question + 1));
  parsed.as_sent = target;
  return parsed;
}

std::optional<std::string> DecodeSegment(std::string_view segment) {
  std::string decoded;
  decoded.reserve(segment.size());
  for (std::size_t i = 0; i < segment.size(); ++i) {
    if (segment[i] != '%') {
      decoded += segment[i];
      continue;
    }
    const auto byte = DecodeEscape(segment, i);
    if (!byte || IsControl(*byte)) return std::nullopt;
    decoded += *byte;
    i += 2;
  }
  return decoded;
}

}  // namespace bookgate::http
