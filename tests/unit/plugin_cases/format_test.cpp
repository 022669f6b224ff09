// The case format itself: what is said of a folder that is not right, and of a wrong decision.
#include <doctest/doctest.h>
#include <stdlib.h>

#include <fstream>
#include <string>

#include "unit/plugin_cases/case_folder.hpp"
#include "unit/plugin_cases/json_diff.hpp"

namespace bookgate::plugin_cases {
namespace {

/// A case folder that the test fills, removed with it.
class Folder {
 public:
  Folder() {
    std::string pattern = std::filesystem::temp_directory_path() / "bookgate-case-XXXXXX";
    REQUIRE(mkdtemp(pattern.data()) != nullptr);
    base_ = pattern;
    path_ = base_ / "a-case";
    std::filesystem::create_directories(path_ / "replies");
  }
  ~Folder() {
    std::error_code ignored;
    std::filesystem::remove_all(base_, ignored);
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;

  Folder& With(const std::string& file, const std::string& content) {
    std::ofstream(path_ / file, std::ios::binary) << content;
    return *this;
  }
  CaseFolder Read() const { return ReadCaseFolder(path_); }

 private:
  std::filesystem::path base_;
  std::filesystem::path path_;
};

using Problems = std::vector<std::string>;

TEST_CASE("an empty folder says what is missing") {
  const Folder folder;
  CHECK(folder.Read().problems ==
        Problems{"body.json or body.txt is missing", "expected.json is missing"});
}

TEST_CASE("the least that a case needs") {
  Folder folder;
  const CaseFolder read = folder.With("body.json", "{ }\n").With("expected.json", "{}").Read();
  CHECK(read.problems.empty());
  CHECK(read.content.name == "a-case");
  CHECK(read.content.body == "{ }\n");
  CHECK(read.content.content_type == "application/json");
  CHECK(read.content.config_json == "{}");
}

TEST_CASE("a case that gives everything") {
  Folder folder;
  folder.With("body.txt", "a=b").With("expected.json", "{}").With("config.json", R"({"x": 1})");
  folder.With("request.json", R"({"content_type": "text/plain", "headers": {"x-a": "1"},
                                  "query": {"q": "2"}, "received_at": "2026-01-02T03:04:05Z"})");
  folder.With("replies/event.json", R"({"outcome": "answered", "status": 404, "body": null})");
  const CaseFolder read = folder.Read();
  CHECK(read.problems.empty());
  CHECK(read.content.content_type == "text/plain");
  REQUIRE(read.content.headers.size() == 1);
  CHECK(read.content.headers[0].name == "x-a");
  REQUIRE(read.content.query.size() == 1);
  CHECK(read.content.query[0].value == "2");
  CHECK(read.content.received_at_ms == 1'767'323'045'000);
  CHECK(read.content.config_json == R"({"x":1})");
  CHECK(read.content.reply_ids == std::set<std::string>{"event"});
}

TEST_CASE("a case of another operation has parameters in place of a body") {
  Folder folder;
  folder.With("operation.json", R"({"operation": "webhook_status", "parameters": {"a": 1}})");
  const CaseFolder read = folder.With("expected.json", "{}").Read();
  CHECK(read.problems.empty());
  CHECK(read.content.operation == "webhook_status");
  CHECK(read.content.parameters == R"({"a":1})");
  CHECK(read.content.body == "");
  CHECK(read.content.content_type == "");
}

TEST_CASE("what is wrong with the case of an operation") {
  Folder folder;
  folder.With("operation.json", R"({"operation": "translate", "parameter": {}})");
  folder.With("body.json", "{}").With("expected.json", "{}");
  CHECK(folder.Read().problems ==
        Problems{"operation.json: /parameter is not known",
                 "operation.json: /operation must name another one than translate",
                 "operation.json is there, so there must be no body"});
}

TEST_CASE("what is misspelt or doubled is not passed over") {
  Folder folder;
  folder.With("body.json", "{}").With("body.txt", "").With("expected.jsn", "{}");
  folder.With("request.json", R"({"header": {}, "received_at": "yesterday"})");
  folder.With("replies/a.json", R"({"outcome": "lost", "code": 1})").With("expected.json", "[]");
  CHECK(folder.Read().problems ==
        Problems{"expected.jsn: there is no such file in the format of cases",
                 "both body.json and body.txt are there; there must be one of them",
                 "request.json: /header is not known",
                 "request.json: /received_at must be RFC 3339 with an offset",
                 "replies/a.json: /code is not known",
                 "replies/a.json: /outcome must be answered, failed or denied",
                 "expected.json is not a JSON object"});
}

std::string DifferenceOf(const std::string& expected, const std::string& got) {
  const auto a = json::Document::Parse(expected);
  const auto b = json::Document::Parse(got);
  return Difference(a->root(), b->root());
}

TEST_CASE("the order of members makes no difference, that of elements does") {
  CHECK(DifferenceOf(R"({"a": 1, "b": [1, 2]})", R"({"b": [1, 2], "a": 1})") == "");
  CHECK(DifferenceOf("[1, 2]", "[2, 1]") ==
        "  at /0\n    expected 1\n    got      2\n"
        "  at /1\n    expected 2\n    got      1\n");
}

TEST_CASE("what is there on one side only, and what is of another type") {
  CHECK(DifferenceOf(R"({"a": {"b": "x", "c": 1}})", R"({"a": {"b": 7, "d": null}})") ==
        "  at /a/b\n    expected \"x\"\n    got      7\n"
        "  at /a/c\n    expected 1\n    got      nothing\n"
        "  at /a/d\n    expected nothing\n    got      null\n");
  CHECK(DifferenceOf("{}", "[]") == "  at the top\n    expected {}\n    got      []\n");
}

}  // namespace
}  // namespace bookgate::plugin_cases
