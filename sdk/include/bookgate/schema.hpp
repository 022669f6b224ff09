/// \file bookgate/schema.hpp
/// Checks documents against JSON Schema draft 4 and says in a sentence what is wrong where. For
/// tools, tests and start-up; a translator's Step has no need of it.
#pragma once

#include <bookgate/json.hpp>

#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace bookgate::json {

/// The first thing that is wrong with a document.
struct SchemaProblem {
  std::string pointer;  ///< RFC 6901, into the document; "" for the whole.
  std::string keyword;  ///< The schema's keyword that it breaks, such as "required".
  std::string message;  ///< What would be right. Quotes nothing but names of members.

  /// "/a/b: MESSAGE", or "the document: MESSAGE".
  std::string ToString() const;
};

/// A compiled schema. Only "#/..." references within the schema are followed. Not thread-safe: the
/// regular expressions in it keep state while they match.
class Schema {
 public:
  /// nullopt if `text` is not a JSON object.
  static std::optional<Schema> Parse(std::string_view text);
  /// Copies what it needs of `schema`, which must be an object.
  explicit Schema(Value schema);
  Schema(Schema&&) noexcept;
  Schema& operator=(Schema&&) noexcept;
  ~Schema();

  /// nullopt if the document is valid.
  std::optional<SchemaProblem> Check(Value document) const;

 private:
  struct Compiled;
  std::unique_ptr<Compiled> compiled_;
};

}  // namespace bookgate::json
