#include "http/message.hpp"

#include <algorithm>

namespace bookgate::http {
namespace {

std::optional<std::string_view> FirstOf(const std::vector<model::Field>& fields,
                                        std::string_view name) {
  const auto found = std::find_if(fields.begin(), fields.end(),
                                  [name](const model::Field& field) { return field.name == name; });
  if (found == fields.end()) return std::nullopt;
  return found->value;
}

}  // namespace

std::optional<std::string_view> Request::Header(std::string_view name) const {
  return FirstOf(headers, name);
}

std::optional<std::string_view> Request::Query(std::string_view name) const {
  return FirstOf(query, name);
}

}  // namespace bookgate::http
