#include "translate/recognition.hpp"

#include <algorithm>
#include <string_view>

namespace bookgate::translate {
namespace {

using Relation = RecognitionTest::Relation;
using Type = RecognitionTest::Type;

bool HasType(json::Value value, Type type) {
  switch (type) {
    case Type::kString:
      return value.is_string();
    case Type::kNumber:
      return value.is_number();
    case Type::kBoolean:
      return value.is_bool();
    case Type::kObject:
      return value.is_object();
    case Type::kArray:
      return value.is_array();
    case Type::kNull:
      return value.is_null();
  }
  return false;
}

bool TextHolds(const RecognitionTest& test, std::string_view text) {
  return test.relation == Relation::kEquals ? text == test.text : text.starts_with(test.text);
}

bool HeaderHolds(const RecognitionTest& test, const std::vector<model::Field>& headers) {
  return std::any_of(headers.begin(), headers.end(), [&](const model::Field& header) {
    return header.name == test.where &&
           (test.relation == Relation::kExists || TextHolds(test, header.value));
  });
}

bool PointerHolds(const RecognitionTest& test, json::Value body) {
  const json::Value value = body.At(test.where);
  if (test.relation == Relation::kExists) return value.exists();
  if (test.relation == Relation::kHasType) return HasType(value, test.type);
  const std::optional<std::string_view> text = value.RawString();
  return text && TextHolds(test, *text);
}

bool Holds(const RecognitionTest& test, const std::vector<model::Field>& headers,
           json::Value body) {
  return test.subject == RecognitionTest::Subject::kHeader ? HeaderHolds(test, headers)
                                                           : PointerHolds(test, body);
}

}  // namespace

bool Recognises(const RecognitionRules& rules, const std::vector<model::Field>& headers,
                json::Value body) {
  return std::any_of(rules.begin(), rules.end(), [&](const auto& tests) {
    return std::all_of(tests.begin(), tests.end(),
                       [&](const RecognitionTest& test) { return Holds(test, headers, body); });
  });
}

}  // namespace bookgate::translate
