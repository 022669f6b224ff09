#include <doctest/doctest.h>
#include <bookgate/schema.hpp>

#include <string>

namespace bookgate::json {
namespace {

/// What the schema has to say about the document; "" if it is valid.
std::string Problem(const std::string& schema, const std::string& document) {
  const auto compiled = Schema::Parse(schema);
  const auto parsed = Document::Parse(document);
  REQUIRE(compiled);
  REQUIRE(parsed);
  const auto problem = compiled->Check(parsed->root());
  return problem ? problem->ToString() : "";
}

TEST_CASE("a sentence a keyword, at the place where it is broken") {
  const std::string schema = R"({
    "type": "object", "required": ["a", "b"], "additionalProperties": false,
    "properties": {
      "a": {"type": "integer", "minimum": 1, "maximum": 3},
      "b": {"type": "array", "minItems": 1, "maxItems": 2, "uniqueItems": true,
            "items": {"type": "string", "minLength": 1, "maxLength": 2}},
      "c": {"enum": ["x", "y", 3]},
      "d": {"type": ["string", "null"], "pattern": "^[a-z]*$", "description": "Small letters."}
    }})";
  CHECK(Problem(schema, R"({"a": 1, "b": ["x"]})") == "");
  CHECK(Problem(schema, "[]") == "the document: must be of type object");
  CHECK(Problem(schema, "{}") == R"(the document: lacks "a", "b")");
  CHECK(Problem(schema, R"({"a": 1})") == R"(the document: lacks "b")");
  CHECK(Problem(schema, R"({"a": 1, "b": ["x"], "e": 1})") ==
        "/e: is not a member that is known here");
  CHECK(Problem(schema, R"({"a": "1"})") == "/a: must be of type integer");
  CHECK(Problem(schema, R"({"a": 0})") == "/a: must be at least 1");
  CHECK(Problem(schema, R"({"a": 4})") == "/a: must be at most 3");
  CHECK(Problem(schema, R"({"a": 1, "b": []})") == "/b: must have at least 1 elements");
  CHECK(Problem(schema, R"({"a": 1, "b": ["x", "y", "z"]})") == "/b: must have at most 2 elements");
  CHECK(Problem(schema, R"({"a": 1, "b": ["x", ""]})") == "/b/1: must have at least 1 characters");
  CHECK(Problem(schema, R"({"a": 1, "b": ["xyz"]})") == "/b/0: must have at most 2 characters");
  CHECK(Problem(schema, R"({"c": "z"})") == R"(/c: must be one of "x", "y", 3)");
  CHECK(Problem(schema, R"({"d": 1})") == R"(/d: must be of one of the types "string", "null")");
  CHECK(Problem(schema, R"({"d": "A"})") ==
        R"(/d: does not meet the schema's "pattern": Small letters.)");
}

TEST_CASE("references within the schema are followed") {
  const std::string schema =
      R"({"definitions": {"n": {"type": "number"}}, "items": {"$ref": "#/definitions/n"}})";
  CHECK(Problem(schema, "[1, 2.5]") == "");
  CHECK(Problem(schema, R"([1, "x"])") == "/1: must be of type number");
}

TEST_CASE("a schema can be moved and asked again") {
  auto first = Schema::Parse(R"({"type": "string"})");
  const Schema second = *std::move(first);
  const auto text = Document::Parse("\"a\"");
  const auto number = Document::Parse("1");
  CHECK_FALSE(second.Check(text->root()));
  CHECK(second.Check(number->root()));
  CHECK_FALSE(second.Check(text->root()));
}

TEST_CASE("what is no schema") {
  CHECK_FALSE(Schema::Parse(""));
  CHECK_FALSE(Schema::Parse("[]"));
}

}  // namespace
}  // namespace bookgate::json
