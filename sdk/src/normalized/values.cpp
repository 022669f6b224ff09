#include "values.hpp"

#include <bookgate/text.hpp>

#include <algorithm>
#include <cstddef>

namespace bookgate::normalized {
namespace {

bool IsNameCharacter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
         c == '-' || c == '.' || c == ' ';
}

std::optional<std::string> ScalarText(json::Value value) {
  // Whole numbers that came as 1.7e9 have to keep their digits.
  if (value.is_number()) {
    const std::optional<std::int64_t> whole = value.Integer();
    if (whole) return std::to_string(*whole);
  }
  return value.Text();
}

}  // namespace

bool IsPlaceholder(std::string_view text) {
  text = Trim(text);
  if (text.size() < 3 || text.front() != '{' || text.back() != '}') return false;
  if (text.starts_with("{{") && text.ends_with("}}")) return true;
  text = text.substr(1, text.size() - 2);
  return std::all_of(text.begin(), text.end(), IsNameCharacter);
}

bool SaysNothing(json::Value value) {
  if (!value.has_value()) return true;
  if (value.is_string()) {
    const std::optional<std::string> text = value.Text();
    return !text || IsPlaceholder(*text);
  }
  if (value.is_array()) {
    for (std::size_t i = 0; i < value.size(); ++i) {
      if (!SaysNothing(value[i])) return false;
    }
    return true;
  }
  return value.is_object() && value.size() == 0;
}

std::optional<std::string> TextOf(json::Value value, bool join) {
  if (!value.is_array()) return ScalarText(value);
  std::optional<std::string> text;
  for (std::size_t i = 0; i < value.size(); ++i) {
    if (SaysNothing(value[i])) continue;
    const std::optional<std::string> element = ScalarText(value[i]);
    if (!element) return std::nullopt;
    if (!text) {
      text = element;
    } else if (join) {
      *text += ", " + *element;
    } else if (*text != *element) {
      return std::nullopt;
    }
  }
  return text;
}

bool IsTrue(json::Value value) {
  if (value.is_bool()) return value.Bool() == true;
  const std::optional<std::string> text = value.Text();
  if (!text) return false;
  const std::string lower = ToLowerAscii(*text);
  return lower == "true" || lower == "yes" || lower == "on" || lower == "1";
}

}  // namespace bookgate::normalized
