// Reading JSON as webhooks really send it. Most of what is here was met in the wild: numbers as
// text, null in the place of anything, another type than last time.
#include <doctest/doctest.h>
#include <bookgate/json.hpp>

#include <string>

namespace bookgate::json {
namespace {

/// The text of the member "v" of an object that is made of `json`.
struct Given {
  explicit Given(const std::string& json) : document(Document::Parse("{\"v\": " + json + "}")) {
    REQUIRE(document);
  }
  Value value() const { return document->root()["v"]; }
  std::optional<Document> document;
};

TEST_CASE("an absent value gives absence, however far one goes on asking") {
  const Value absent;
  CHECK_FALSE(absent.exists());
  CHECK_FALSE(absent.has_value());
  CHECK_FALSE(absent.is_null());
  CHECK(absent.size() == 0);
  CHECK_FALSE(absent["a"][std::size_t{3}].At("/b/c").exists());
  CHECK_FALSE(absent.Text());
  CHECK_FALSE(absent.RawString());
  CHECK_FALSE(absent.Integer());
  CHECK_FALSE(absent.Bool());
  CHECK(absent.raw() == nullptr);
}

TEST_CASE("a control character that is not escaped is no JSON, wherever it stands") {
  for (char control = 1; control < 0x20; ++control) {
    for (std::size_t at = 0; at < 40; ++at) {
      std::string text(40, 'x');
      text[at] = control;
      CAPTURE(static_cast<int>(control));
      CHECK_FALSE(Document::Parse("{\"v\": \"" + text + "\"}"));
    }
  }
}

TEST_CASE("null exists but has no value") {
  const Given given("null");
  CHECK(given.value().exists());
  CHECK_FALSE(given.value().has_value());
  CHECK(given.value().is_null());
  CHECK_FALSE(given.value().Text());
}

TEST_CASE("members and elements of the wrong container are absent") {
  CHECK_FALSE(Given("[1]").value()["0"].exists());
  CHECK_FALSE(Given(R"({"0": 1})").value()[std::size_t{0}].exists());
  CHECK_FALSE(Given("[1]").value()[std::size_t{1}].exists());
  CHECK_FALSE(Given("\"text\"").value()["length"].exists());
}

TEST_CASE("pointers") {
  const Given given(R"({"a": [{"b/c": {"~d": 1}}], "": 2})");
  CHECK(given.value().At("/a/0/b~1c/~0d").Integer() == 1);
  CHECK(given.value().At("/").Integer() == 2);
  CHECK(given.value().At("").is_object());
  CHECK_FALSE(given.value().At("/a/1").exists());
  CHECK_FALSE(given.value().At("/a/-").exists());
  CHECK_FALSE(given.value().At("/a/0/b~2c").exists());
  CHECK_FALSE(given.value().At("a").exists());
}

TEST_CASE("members in the body's order; of a doubled one the first counts") {
  const Given given(R"({"z": 1, "a": 2, "z": 3})");
  REQUIRE(given.value().size() == 3);
  CHECK(given.value().NameAt(0) == "z");
  CHECK(given.value().NameAt(1) == "a");
  CHECK(given.value().ValueAt(2).Integer() == 3);
  CHECK(given.value()["z"].Integer() == 1);
}

TEST_CASE("text: what was meant as text") {
  CHECK(Given(R"("  Jane Doe\n")").value().Text() == "Jane Doe");
  CHECK(Given("0").value().Text() == "0");
  CHECK(Given("-7").value().Text() == "-7");
  CHECK(Given("12345678901").value().Text() == "12345678901");
  CHECK(Given("18446744073709551615").value().Text() == "18446744073709551615");
  CHECK(Given("30.0").value().Text() == "30");
  CHECK(Given("0.1").value().Text() == "0.1");
  CHECK(Given(R"("\u00e9\ud83d\ude00")").value().Text() == "\xC3\xA9\xF0\x9F\x98\x80");
}

TEST_CASE("text: what was not") {
  for (const char* json : {"\"\"", "\"  \\t\"", "null", "true", "false", "{}", "[\"a\"]"}) {
    INFO(std::string(json));
    CHECK_FALSE(Given(json).value().Text());
  }
}

TEST_CASE("raw strings are as sent, blanks and NULs included") {
  CHECK(Given(R"("  a ")").value().RawString() == "  a ");
  CHECK(Given(R"("")").value().RawString() == "");
  CHECK(Given(R"("a\u0000b")").value().RawString() == std::string_view("a\0b", 3));
  CHECK_FALSE(Given("1").value().RawString());
}

TEST_CASE("integers, also where they came as text or with a point") {
  CHECK(Given("60").value().Integer() == 60);
  CHECK(Given("60.0").value().Integer() == 60);
  CHECK(Given("6e1").value().Integer() == 60);
  CHECK(Given("\" 60 \"").value().Integer() == 60);
  CHECK(Given("\"60.00\"").value().Integer() == 60);
  CHECK(Given("\"-3\"").value().Integer() == -3);
  CHECK(Given("9223372036854775807").value().Integer() == 9223372036854775807);
  CHECK(Given("\"9223372036854775807\"").value().Integer() == 9223372036854775807);
}

TEST_CASE("what is no integer") {
  for (const char* json :
       {"60.5", "\"60.5\"", "\"60 min\"", "\"60.\"", "\"\"", "\"+60\"", "\"0x3c\"", "\"1e3\"",
        "true", "null", "{}", "[60]", "9223372036854775808", "\"9223372036854775808\"", "1e300",
        "-1e300", "9007199254740994.0"}) {
    INFO(std::string(json));
    CHECK_FALSE(Given(json).value().Integer());
  }
}

TEST_CASE("booleans, also where they came as text; numbers are none") {
  CHECK(Given("true").value().Bool() == true);
  CHECK(Given("\"TRUE\"").value().Bool() == true);
  CHECK(Given("\" false \"").value().Bool() == false);
  for (const char* json : {"1", "0", "\"1\"", "\"yes\"", "\"\"", "null", "{}"}) {
    INFO(std::string(json));
    CHECK_FALSE(Given(json).value().Bool());
  }
}

TEST_CASE("documents: one JSON text, with or without a byte order mark") {
  CHECK(Document::Parse("7")->root().Integer() == 7);
  CHECK(Document::Parse(" \r\n\t{} \n")->root().is_object());
  CHECK(Document::Parse("\xEF\xBB\xBF{}")->root().is_object());
  for (const char* text :
       {"", " ", "{", "{} {}", "{} x", "{'a': 1}", "{\"a\": 1,}", "// c\n{}", "NaN", "01",
        "\xEF\xBB\xBF", "\"\xFF\"", "\"\xC0\xAF\"", "\"\\ud800\"", "\"a\nb\"", "1e999"}) {
    INFO(std::string(text));
    CHECK_FALSE(Document::Parse(text));
  }
}

TEST_CASE("documents: nothing may hide behind a NUL") {
  CHECK_FALSE(Document::Parse(std::string_view("{}\0{\"a\": 1}", 11)));
  CHECK_FALSE(Document::Parse(std::string_view("{}\0", 3)));
  CHECK_FALSE(Document::Parse(std::string_view("\0", 1)));
}

TEST_CASE("documents: nesting is limited, so that brackets cost neither stack nor memory") {
  const auto nested = [](std::size_t depth) {
    return std::string(depth, '[') + std::string(depth, ']');
  };
  CHECK(Document::Parse(nested(Document::kMaxDepth)));
  CHECK_FALSE(Document::Parse(nested(Document::kMaxDepth + 1)));
  CHECK_FALSE(Document::Parse(std::string(1'000'000, '[')));
  // Depth is not length: siblings do not add up.
  std::string siblings = "[";
  for (int i = 0; i < 1000; ++i) siblings += "[{}],";
  CHECK(Document::Parse(siblings + "[]]"));
}

TEST_CASE("a document can be moved; values are asked for anew") {
  Document first = *Document::Parse(R"({"a": "x"})");
  const Document second = std::move(first);
  CHECK(second.root()["a"].Text() == "x");
}

}  // namespace
}  // namespace bookgate::json
