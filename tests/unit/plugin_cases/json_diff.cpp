#include "unit/plugin_cases/json_diff.hpp"

#include <algorithm>

#include "unit/plugin_cases/case_folder.hpp"

namespace bookgate::plugin_cases {
namespace {

using json::Value;

std::string Shown(Value value) {
  return value.exists() ? JsonText(value) : "nothing";
}

void Compare(const std::string& place, Value expected, Value got, std::string& lines);

void CompareObjects(const std::string& place, Value expected, Value got, std::string& lines) {
  for (std::size_t i = 0; i < expected.size(); ++i) {
    const std::string name(expected.NameAt(i));
    Compare(place + "/" + name, expected.ValueAt(i), got[name], lines);
  }
  for (std::size_t i = 0; i < got.size(); ++i) {
    const std::string name(got.NameAt(i));
    if (!expected[name].exists()) Compare(place + "/" + name, {}, got.ValueAt(i), lines);
  }
}

void CompareLists(const std::string& place, Value expected, Value got, std::string& lines) {
  for (std::size_t i = 0; i < std::max(expected.size(), got.size()); ++i) {
    Compare(place + "/" + std::to_string(i), expected[i], got[i], lines);
  }
}

void Compare(const std::string& place, Value expected, Value got, std::string& lines) {
  if (expected.is_object() && got.is_object()) return CompareObjects(place, expected, got, lines);
  if (expected.is_array() && got.is_array()) return CompareLists(place, expected, got, lines);
  if (expected.exists() && got.exists() && *expected.raw() == *got.raw()) return;
  lines += "  at " + (place.empty() ? "the top" : place) + "\n    expected " + Shown(expected) +
           "\n    got      " + Shown(got) + "\n";
}

}  // namespace

std::string Difference(Value expected, Value got) {
  std::string lines;
  Compare("", expected, got, lines);
  return lines;
}

}  // namespace bookgate::plugin_cases
