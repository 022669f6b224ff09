/// \file bookgate/json_object.hpp
/// Builds small JSON objects as text: bodies of requests, and cursors.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace bookgate {

/// A JSON object that grows member by member, in the order of the calls. A name is given once.
/// Text that is not UTF-8 is repaired as in results.
class JsonObject {
 public:
  JsonObject& Text(std::string_view name, std::string_view value);
  JsonObject& Texts(std::string_view name, const std::vector<std::string>& values);
  JsonObject& Number(std::string_view name, std::int64_t value);
  JsonObject& Flag(std::string_view name, bool value);
  JsonObject& Object(std::string_view name, const JsonObject& value);

  std::string ToText() const;

 private:
  JsonObject& Raw(std::string_view name, std::string_view value);

  std::string members_;
};

}  // namespace bookgate
