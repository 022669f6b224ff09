// Doubled keys of every form are named by their place, and what comes after them is still read.
#include <doctest/doctest.h>

#include "config/document.hpp"
#include "config/doubled_key.hpp"

namespace {

using namespace bookgate::config;

struct Case {
  std::string text;
  std::vector<std::string> problems;  ///< "LINE:COLUMN: KEY"
};

std::vector<std::string> DoublesOf(const std::string& text) {
  Problems problems("f");
  ParseToml(text, problems);
  std::vector<std::string> found;
  for (const ConfigProblem& problem : std::move(problems).InOrder()) {
    CHECK_MESSAGE(problem.message.find("twice") != std::string::npos, problem.message);
    found.push_back(std::to_string(problem.line) + ":" + std::to_string(problem.column) + ": " +
                    problem.key);
  }
  return found;
}

}  // namespace

TEST_CASE("keys and tables that are there twice") {
  const std::vector<Case> cases = {
      {"a = 1\na = 2", {"2:1: a"}},
      {"a = 1\na = 2\na = 3", {"2:1: a", "3:1: a"}},
      {"[s]\n x = 1\n\tx\t=\t2\n", {"3:2: s.x"}},
      {"[s]\n\"x y\" = 1\n\"x y\" = 2\n", {"3:1: s.\"x y\""}},
      {"[s]\nx.y = 1\nx.y = 2\n", {"3:3: s.x.y"}},
      {"a = [\n1]\na = [\n2,\n3]\nb = 1\nb = 1", {"3:1: a", "7:1: b"}},
      {"s = {x = 1, x = 2, x = 3}", {"1:13: s.x", "1:20: s.x"}},
      {"\"\xC3\xA9\" = {\"\xC3\xA9\" = 1, x = 2, x = 3}", {"1:24: \xC3\xA9.x"}},
      {"[s]\na = 1\n[ s ] # again\na = 1", {"3:3: s"}},
      {"[s.t]\n[s]\n[s.t]", {"3:2: s.t"}},
      {"a = 1\n[a]\n[a.b]", {"2:2: a", "3:2: a.b"}},
      {"[\"a]b\"]\n[\"a]b\"]", {"2:2: \"a]b\""}},
  };
  for (const Case& test : cases) {
    CAPTURE(test.text);
    CHECK(DoublesOf(test.text) == test.problems);
  }
}

TEST_CASE("the first of two stays, and what follows keeps its place") {
  Problems problems("f");
  const auto table = ParseToml("s = {a = 1, a = 2, b = 3}\nc = 4\n", problems);
  REQUIRE(table.has_value());
  REQUIRE(table->size() == 2);
  const auto& inner = std::get<Table>(table->at(0).value.content);
  REQUIRE(inner.size() == 2);
  CHECK(std::get<std::int64_t>(inner[0].value.content) == 1);
  CHECK(inner[1].key == "b");
  CHECK(inner[1].place == Place{1, 20});
  CHECK(inner[1].value.place == Place{1, 24});
  CHECK(table->at(1).place == Place{2, 1});
}

TEST_CASE("a syntax error after a doubled key: both are said") {
  Problems problems("f");
  CHECK_FALSE(ParseToml("a = 1\na = 2\nb = \n", problems).has_value());
  const std::vector<ConfigProblem> found = std::move(problems).InOrder();
  REQUIRE(found.size() == 2);
  CHECK(found[0].key == "a");
  CHECK(found[1].line == 3);
}

TEST_CASE("a text doubled without end is given up on, not read for ever") {
  std::string text;
  for (int i = 0; i < 200; ++i) text += "a = 1\n";
  Problems problems("f");
  CHECK_FALSE(ParseToml(text, problems).has_value());
  CHECK(std::move(problems).InOrder().size() == 51);
}

TEST_CASE("a complaint that is about no key changes nothing") {
  for (const Place place : {Place{1, 1}, Place{9, 1}, Place{2, 1}}) {
    std::string text = "= 1\n";
    DoubledKeys doubled;
    CHECK_FALSE(doubled.Rename(text, place));
    CHECK(text == "= 1\n");
    CHECK(doubled.renamed().empty());
  }
}
