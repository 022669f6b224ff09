/// \file document.hpp
/// A TOML document as plain data in which everything knows its place.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "config/problems.hpp"

namespace bookgate::config {

struct Value;
struct Member;

/// A date or time of any kind. No setting is one, so that its value does not matter.
struct DateTime {};
using Array = std::vector<Value>;
/// In the file's order; no key is there twice.
using Table = std::vector<Member>;

struct Value {
  Place place;  ///< Of a table that has a header: its header.
  std::variant<bool, std::int64_t, double, std::string, DateTime, Array, Table> content;
};

struct Member {
  std::string key;
  Place place;  ///< Of the key.
  Value value;
};

/// Reads TOML. Doubled keys are problems, and only the first of them is in the document. Any other
/// error of syntax is a problem that ends the reading: nullopt then.
std::optional<Table> ParseToml(std::string text, Problems& problems);

}  // namespace bookgate::config
