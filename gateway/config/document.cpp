#include "config/document.hpp"

#define TOML_EXCEPTIONS 0
#define TOML_HEADER_ONLY 1
#define TOML_ENABLE_FORMATTERS 0
#include <toml++/toml.h>

#include <algorithm>
#include <string_view>
#include <utility>

#include "config/doubled_key.hpp"

namespace bookgate::config {
namespace {

/// More doubled keys than that are not worth naming one by one: each costs a reading of the text.
constexpr std::size_t kMaxDoubledKeys = 50;

Place PlaceOf(const toml::source_region& source) {
  return {source.begin.line, source.begin.column};
}

bool IsDoubledKey(const toml::parse_error& error) {
  return error.description().find("cannot redefine existing") != std::string_view::npos;
}

void AddDoubledKey(const DoubledKeys::Renamed& renamed, std::string key, Problems& problems) {
  problems.Add(renamed.place, std::move(key),
               renamed.is_header ? "this table is there twice; keep one header for all its keys"
                                 : "this key is there twice; keep one of them");
}

/// Copies toml++'s tree into ours, but for the keys that stood there twice: those become problems.
class Copier {
 public:
  Copier(const DoubledKeys& doubled, Problems& problems) : doubled_(doubled), problems_(problems) {}

  Table CopyTable(const toml::table& from, const std::string& path) {
    Table to;
    for (const auto& [key, node] : from) {
      const std::string name(key.str());
      if (const DoubledKeys::Renamed* renamed = doubled_.Find(name)) {
        AddDoubledKey(*renamed, renamed->is_header ? renamed->key : Join(path, renamed->key),
                      problems_);
        continue;
      }
      to.push_back({name, Original(key.source()), CopyValue(node, Join(path, name))});
    }
    // toml++ orders by name.
    std::stable_sort(to.begin(), to.end(),
                     [](const Member& a, const Member& b) { return a.place < b.place; });
    return to;
  }

 private:
  static std::string Join(const std::string& path, const std::string& key) {
    return path.empty() ? key : path + "." + key;
  }

  Place Original(const toml::source_region& source) const {
    return doubled_.Original(PlaceOf(source));
  }

  Value CopyValue(const toml::node& from, const std::string& path) {
    Value to{Original(from.source()), DateTime{}};
    if (const auto* table = from.as_table()) to.content = CopyTable(*table, path);
    if (const auto* array = from.as_array()) to.content = CopyArray(*array, path);
    if (const auto* text = from.as_string()) to.content = text->get();
    if (const auto* integer = from.as_integer()) to.content = integer->get();
    if (const auto* number = from.as_floating_point()) to.content = number->get();
    if (const auto* flag = from.as_boolean()) to.content = flag->get();
    return to;
  }

  Array CopyArray(const toml::array& from, const std::string& path) {
    Array to;
    to.reserve(from.size());
    for (const toml::node& node : from) to.push_back(CopyValue(node, path));
    return to;
  }

  const DoubledKeys& doubled_;
  Problems& problems_;
};

}  // namespace

std::optional<Table> ParseToml(std::string text, Problems& problems) {
  DoubledKeys doubled;
  for (;;) {
    const toml::parse_result result = toml::parse(std::string_view(text));
    if (result) return Copier(doubled, problems).CopyTable(result.table(), "");
    const Place place = PlaceOf(result.error().source());
    const bool goes_on = IsDoubledKey(result.error()) &&
                         doubled.renamed().size() < kMaxDoubledKeys && doubled.Rename(text, place);
    if (goes_on) continue;
    // There is no tree to take their tables' names from.
    for (const auto& renamed : doubled.renamed()) AddDoubledKey(renamed, renamed.key, problems);
    problems.Add(doubled.Original(place), "",
                 "not valid TOML: " + std::string(result.error().description()));
    return std::nullopt;
  }
}

}  // namespace bookgate::config
