/// \file recognition.hpp
/// Tells by its rules whether a request is a provider's, before any of the provider's code runs.
#pragma once

#include <bookgate/json.hpp>

#include <cstdint>
#include <string>
#include <vector>

#include "model/delivery.hpp"

namespace bookgate::translate {

/// One thing that must hold of a request.
struct RecognitionTest {
  enum class Subject : std::uint8_t { kHeader, kPointer };
  enum class Relation : std::uint8_t { kExists, kEquals, kStartsWith, kHasType };
  /// The JSON types that a manifest may ask for.
  enum class Type : std::uint8_t { kString, kNumber, kBoolean, kObject, kArray, kNull };

  Subject subject = Subject::kHeader;
  std::string where;  ///< A header's lower-case name, or a JSON pointer into the body.
  Relation relation = Relation::kExists;
  std::string text;           ///< Of kEquals and kStartsWith.
  Type type = Type::kObject;  ///< Of kHasType.
};

/// Alternatives, each a list of tests that must all hold. None: recognises nothing.
using RecognitionRules = std::vector<std::vector<RecognitionTest>>;

/// `body` is absent where the body is no JSON: then no test about a pointer holds. Text is compared
/// with strings only, exactly; a header that came several times is matched by any of its values.
bool Recognises(const RecognitionRules& rules, const std::vector<model::Field>& headers,
                json::Value body);

}  // namespace bookgate::translate
