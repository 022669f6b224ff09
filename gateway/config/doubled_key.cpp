#include "config/doubled_key.hpp"

#include <algorithm>
#include <cstddef>
#include <iterator>

namespace bookgate::config {
namespace {

constexpr std::string_view kBlanks = " \t";
constexpr std::string_view kBareKeyCharacters =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-";

/// Bytes of the text, from `begin` to before `end`.
struct Span {
  std::size_t begin = 0;
  std::size_t end = 0;
};

bool ContinuesCharacter(char byte) {
  return (static_cast<unsigned char>(byte) & 0xC0u) == 0x80u;
}

std::optional<std::size_t> LineBegin(std::string_view text, std::uint32_t line) {
  std::size_t begin = 0;
  for (std::uint32_t at = 1; at < line; ++at) {
    begin = text.find('\n', begin);
    if (begin == std::string_view::npos) return std::nullopt;
    ++begin;
  }
  return begin;
}

std::size_t OffsetOf(std::string_view text, std::size_t line_begin, std::uint32_t column) {
  std::size_t offset = line_begin;
  for (std::uint32_t at = 1; at < column && offset < text.size(); ++at) {
    ++offset;
    while (offset < text.size() && ContinuesCharacter(text[offset])) ++offset;
  }
  return offset;
}

std::uint32_t ColumnOf(std::string_view text, std::size_t line_begin, std::size_t offset) {
  const std::string_view before = text.substr(line_begin, offset - line_begin);
  const auto characters = std::count_if(before.begin(), before.end(),
                                        [](char byte) { return !ContinuesCharacter(byte); });
  return static_cast<std::uint32_t>(characters) + 1;
}

std::size_t SkipBlanks(std::string_view text, std::size_t at) {
  return std::min(text.find_first_not_of(kBlanks, at), text.size());
}

std::size_t SkipBlanksBackwards(std::string_view text, std::size_t begin, std::size_t end) {
  while (end > begin && kBlanks.find(text[end - 1]) != std::string_view::npos) --end;
  return end;
}

/// What stands in the brackets of the header that begins at `bracket`.
Span HeaderKey(std::string_view text, std::size_t bracket) {
  std::size_t begin = bracket + 1;
  if (begin < text.size() && text[begin] == '[') ++begin;
  begin = SkipBlanks(text, begin);
  char quote = '\0';
  std::size_t end = begin;
  for (; end < text.size() && (quote != '\0' || text[end] != ']'); ++end) {
    if (quote == '\0' && (text[end] == '"' || text[end] == '\'')) {
      quote = text[end];
    } else if (text[end] == quote) {
      quote = '\0';
    }
  }
  return {begin, SkipBlanksBackwards(text, begin, end)};
}

/// The key in front of the "=" in front of `value`; of a dotted key its last part.
Span KeyBefore(std::string_view text, std::size_t line_begin, std::size_t value) {
  std::size_t end = SkipBlanksBackwards(text, line_begin, value);
  if (end > line_begin && text[end - 1] == '=') --end;
  end = SkipBlanksBackwards(text, line_begin, end);
  std::size_t begin = end;
  if (end > line_begin && (text[end - 1] == '"' || text[end - 1] == '\'')) {
    const std::size_t quote = text.rfind(text[end - 1], end < 2 ? 0 : end - 2);
    begin = quote == std::string_view::npos || quote < line_begin ? end : quote;
  } else {
    while (begin > line_begin &&
           kBareKeyCharacters.find(text[begin - 1]) != std::string_view::npos) {
      --begin;
    }
  }
  return {begin, end};
}

/// One that is not in the text yet.
std::string NewName(std::string_view text, std::size_t number) {
  std::string name = "doubled-" + std::to_string(number);
  while (text.find(name) != std::string_view::npos) name += '-';
  return name;
}

}  // namespace

bool DoubledKeys::Rename(std::string& text, Place complaint) {
  const std::optional<std::size_t> line_begin = LineBegin(text, complaint.line);
  if (!line_begin) return false;
  const std::size_t first = SkipBlanks(text, *line_begin);
  const bool is_header = first < text.size() && text[first] == '[';
  const Span key =
      is_header ? HeaderKey(text, first)
                : KeyBefore(text, *line_begin, OffsetOf(text, *line_begin, complaint.column));
  if (key.begin >= key.end) return false;

  const Place place{complaint.line, ColumnOf(text, *line_begin, key.begin)};
  const std::int64_t old_columns =
      std::int64_t{ColumnOf(text, *line_begin, key.end)} - place.column;
  std::string name = NewName(text, renamed_.size());
  renamed_.push_back(
      {Original(place), text.substr(key.begin, key.end - key.begin), name, is_header});
  edits_.push_back({place, std::ssize(name) - old_columns});
  text.replace(key.begin, key.end - key.begin, name);
  return true;
}

const DoubledKeys::Renamed* DoubledKeys::Find(std::string_view name) const {
  const auto found = std::find_if(renamed_.begin(), renamed_.end(),
                                  [&](const Renamed& renamed) { return renamed.new_name == name; });
  return found == renamed_.end() ? nullptr : &*found;
}

Place DoubledKeys::Original(Place place) const {
  for (auto edit = edits_.rbegin(); edit != edits_.rend(); ++edit) {
    if (edit->place.line != place.line || place.column <= edit->place.column) continue;
    place.column = static_cast<std::uint32_t>(std::int64_t{place.column} - edit->growth);
  }
  return place;
}

}  // namespace bookgate::config
