#include "translate/recognition.hpp"

#include <doctest/doctest.h>

#include <string>
#include <utility>

namespace bookgate::translate {
namespace {

using Relation = RecognitionTest::Relation;
using Subject = RecognitionTest::Subject;
using Type = RecognitionTest::Type;

RecognitionTest Test(Subject subject, std::string where, Relation relation, std::string text = "",
                     Type type = Type::kObject) {
  return {subject, std::move(where), relation, std::move(text), type};
}

const std::vector<model::Field> kHeaders = {{"x-kind", "first"}, {"x-kind", "second"}};

bool Holds(const RecognitionTest& test, std::string_view body = "") {
  const auto document = json::Document::Parse(body);
  return Recognises({{test}}, kHeaders, document ? document->root() : json::Value());
}

TEST_CASE("headers: present, equal, starting with; any of several values will do") {
  CHECK(Holds(Test(Subject::kHeader, "x-kind", Relation::kExists)));
  CHECK_FALSE(Holds(Test(Subject::kHeader, "x-none", Relation::kExists)));
  CHECK(Holds(Test(Subject::kHeader, "x-kind", Relation::kEquals, "second")));
  CHECK_FALSE(Holds(Test(Subject::kHeader, "x-kind", Relation::kEquals, "Second")));
  CHECK_FALSE(Holds(Test(Subject::kHeader, "x-kind", Relation::kEquals, "sec")));
  CHECK(Holds(Test(Subject::kHeader, "x-kind", Relation::kStartsWith, "sec")));
  CHECK_FALSE(Holds(Test(Subject::kHeader, "x-kind", Relation::kStartsWith, "ond")));
}

TEST_CASE("pointers: text is compared with strings only") {
  constexpr std::string_view kBody = R"({"event": "invitee.created", "n": 12, "nil": null})";
  CHECK(Holds(Test(Subject::kPointer, "/event", Relation::kExists), kBody));
  CHECK(Holds(Test(Subject::kPointer, "/nil", Relation::kExists), kBody));
  CHECK_FALSE(Holds(Test(Subject::kPointer, "/none", Relation::kExists), kBody));
  CHECK(Holds(Test(Subject::kPointer, "/event", Relation::kStartsWith, "invitee."), kBody));
  CHECK(Holds(Test(Subject::kPointer, "/event", Relation::kEquals, "invitee.created"), kBody));
  CHECK_FALSE(Holds(Test(Subject::kPointer, "/n", Relation::kEquals, "12"), kBody));
  CHECK_FALSE(Holds(Test(Subject::kPointer, "/nil", Relation::kStartsWith, ""), kBody));
}

TEST_CASE("pointers: types") {
  constexpr std::string_view kBody =
      R"({"s": "", "n": 1.5, "b": false, "o": {}, "a": [], "z": null})";
  constexpr std::pair<const char*, Type> kTypes[] = {{"/s", Type::kString},  {"/n", Type::kNumber},
                                                     {"/b", Type::kBoolean}, {"/o", Type::kObject},
                                                     {"/a", Type::kArray},   {"/z", Type::kNull}};
  for (const auto& [pointer, type] : kTypes) {
    for (const auto& [other_pointer, other] : kTypes) {
      const RecognitionTest test = Test(Subject::kPointer, pointer, Relation::kHasType, "", other);
      CHECK(Holds(test, kBody) == (type == other));
    }
  }
  CHECK_FALSE(Holds(Test(Subject::kPointer, "/none", Relation::kHasType, "", Type::kNull), kBody));
}

TEST_CASE("a body that is no JSON holds no pointer, not even the whole") {
  CHECK_FALSE(Holds(Test(Subject::kPointer, "", Relation::kExists), "a=b"));
  CHECK(Holds(Test(Subject::kPointer, "", Relation::kHasType, "", Type::kObject), "{}"));
}

TEST_CASE("all tests of one alternative must hold; one alternative is enough; none is none") {
  const RecognitionTest yes = Test(Subject::kHeader, "x-kind", Relation::kExists);
  const RecognitionTest no = Test(Subject::kHeader, "x-none", Relation::kExists);
  CHECK_FALSE(Recognises({{yes, no}}, kHeaders, {}));
  CHECK(Recognises({{yes, no}, {yes}}, kHeaders, {}));
  CHECK_FALSE(Recognises({{no}, {no}}, kHeaders, {}));
  CHECK_FALSE(Recognises({}, kHeaders, {}));
}

}  // namespace
}  // namespace bookgate::translate
