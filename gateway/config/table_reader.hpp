/// \file table_reader.hpp
/// Reads one table of the configuration key by key and says what is wrong with each.
#pragma once

#include <chrono>
#include <concepts>
#include <cstddef>
#include <initializer_list>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.hpp"
#include "config/document.hpp"
#include "config/problems.hpp"

namespace bookgate::config {

/// A problem that a parser of text found: what is wrong, what would be right. Never quotes the
/// text, which may hold a secret.
inline base::Failure Wrong(std::string text) {
  return {base::Code::kInvalid, std::move(text), ""};
}

/// Makes a value of text, or fails with Wrong().
template <class T>
using TextParser = base::Result<T> (*)(std::string_view text);

/// Each Read function knows its key from then on. If the key is there and right, it sets `into` and
/// returns the value's place; if not, it leaves `into` as it is, notes a problem if the key is
/// wrong, and returns nullopt. Call ReportUnknownKeys when every key was asked for.
class TableReader {
 public:
  TableReader(const Table& table, Problems& problems) : table_(&table), problems_(&problems) {}

  std::optional<Place> ReadText(std::string_view key, std::string& into);
  std::optional<Place> ReadFlag(std::string_view key, bool& into);
  /// Whole numbers count as well.
  std::optional<Place> ReadNumber(std::string_view key, double least, double most, double& into);
  template <std::integral T>
  std::optional<Place> ReadInteger(std::string_view key, T least, T most, T& into);
  template <class T>
  std::optional<Place> ReadChoice(std::string_view key,
                                  std::initializer_list<std::pair<std::string_view, T>> choices,
                                  T& into);
  template <class Unit>
  std::optional<Place> ReadDuration(std::string_view key, Unit least, Unit most, Unit& into);
  template <class T>
  std::optional<Place> ReadParsed(std::string_view key, TextParser<T> parse, T& into);
  /// An array of text; those of its elements that are right.
  template <class T>
  std::optional<Place> ReadList(std::string_view key, TextParser<T> parse, std::vector<T>& into);

  /// A table in this one; an empty one if it is absent or no table.
  TableReader Section(std::string_view key);

  /// Every key that was not asked for so far and is a table, in the file's order.
  std::vector<const Member*> OtherTables() const;
  /// A table as it is; nullptr if it is absent, or no table, which is a problem then.
  const Value* FindTable(std::string_view key);
  /// Knows the key without reading it; nullptr if it is absent.
  const Value* Find(std::string_view key);
  /// Notes a problem if the key is absent; `example` is what would be right.
  void Require(std::string_view key, std::string_view example);
  /// Notes a problem with the key.
  void Report(Place place, std::string_view key, std::string message);
  void ReportUnknownKeys();

  /// Of the table's header; 1:1 if there is none.
  Place place() const { return place_; }

 private:
  std::string PathOf(std::string_view key) const;
  void ReportType(const Value& value, std::string_view key, std::string_view right);
  const std::string* TextOf(const Value& value, std::string_view key);
  std::optional<std::int64_t> IntegerBetween(const Value& value, std::string_view key,
                                             std::int64_t least, std::int64_t most);
  std::optional<std::chrono::milliseconds> DurationBetween(const Value& value, std::string_view key,
                                                           std::chrono::milliseconds unit,
                                                           std::chrono::milliseconds least,
                                                           std::chrono::milliseconds most);
  const Array* ArrayOf(const Value& value, std::string_view key);

  const Table* table_;
  Problems* problems_;
  std::string path_;
  Place place_;
  bool is_broken_ = false;  ///< Is no table at all, which was said already.
  std::vector<std::string> known_;
};

template <std::integral T>
std::optional<Place> TableReader::ReadInteger(std::string_view key, T least, T most, T& into) {
  const Value* value = Find(key);
  if (value == nullptr) return std::nullopt;
  const auto integer = IntegerBetween(*value, key, static_cast<std::int64_t>(least),
                                      static_cast<std::int64_t>(most));
  if (!integer) return std::nullopt;
  into = static_cast<T>(*integer);
  return value->place;
}

template <class T>
std::optional<Place> TableReader::ReadChoice(
    std::string_view key, std::initializer_list<std::pair<std::string_view, T>> choices, T& into) {
  const Value* value = Find(key);
  const std::string* text = value == nullptr ? nullptr : TextOf(*value, key);
  if (text == nullptr) return std::nullopt;
  std::string right;
  for (const auto& [name, meaning] : choices) {
    if (*text == name) {
      into = meaning;
      return value->place;
    }
    right += (right.empty() ? "\"" : ", \"") + std::string(name) + "\"";
  }
  Report(value->place, key, "must be one of " + right);
  return std::nullopt;
}

template <class Unit>
std::optional<Place> TableReader::ReadDuration(std::string_view key, Unit least, Unit most,
                                               Unit& into) {
  const Value* value = Find(key);
  if (value == nullptr) return std::nullopt;
  const auto duration = DurationBetween(*value, key, Unit(1), least, most);
  if (!duration) return std::nullopt;
  into = std::chrono::duration_cast<Unit>(*duration);
  return value->place;
}

template <class T>
std::optional<Place> TableReader::ReadParsed(std::string_view key, TextParser<T> parse, T& into) {
  const Value* value = Find(key);
  const std::string* text = value == nullptr ? nullptr : TextOf(*value, key);
  if (text == nullptr) return std::nullopt;
  base::Result<T> parsed = parse(*text);
  if (!parsed) {
    Report(value->place, key, parsed.failure().operator_text);
    return std::nullopt;
  }
  into = std::move(parsed).value();
  return value->place;
}

template <class T>
std::optional<Place> TableReader::ReadList(std::string_view key, TextParser<T> parse,
                                           std::vector<T>& into) {
  const Value* value = Find(key);
  const Array* array = value == nullptr ? nullptr : ArrayOf(*value, key);
  if (array == nullptr) return std::nullopt;
  into.clear();
  for (const Value& element : *array) {
    const std::string* text = TextOf(element, key);
    if (text == nullptr) continue;
    base::Result<T> parsed = parse(*text);
    if (parsed) {
      into.push_back(std::move(parsed).value());
    } else {
      Report(element.place, key, parsed.failure().operator_text);
    }
  }
  return value->place;
}

}  // namespace bookgate::config
