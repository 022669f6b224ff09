#include "admin/input.hpp"

#include <doctest/doctest.h>

namespace bookgate::admin {
namespace {

http::Request RequestWith(const std::string& body) {
  http::Request request;
  request.body = body;
  return request;
}

/// Pointers and codes of the refusal's errors; its status if it has none; "fine" without one.
std::string Told(Input& input) {
  const std::optional<http::Answer> refusal = input.Refusal();
  if (!refusal) return "fine";
  const auto document = json::Document::Parse(refusal->body);
  const json::Value errors = document->root()["errors"];
  if (errors.size() == 0) return std::to_string(refusal->status);
  std::string told;
  for (std::size_t i = 0; i < errors.size(); ++i) {
    told += (i > 0 ? " " : "") + errors[i]["pointer"].Text().value() + ":" +
            errors[i]["code"].Text().value();
  }
  return told;
}

}  // namespace

TEST_CASE("members are read as they were sent") {
  Input input(RequestWith(R"({"name":" a ","more":"","count":7,"none":null})"));
  CHECK(input.Required("name", 1, 10) == " a ");
  CHECK(input.Optional("more", 10) == "");
  CHECK(input.Optional("none", 10) == std::nullopt);
  CHECK(input.Integer("count", 0, 9, 1) == 7);
  CHECK(input.Integer("absent", 0, 9, 1) == 1);
  CHECK(Told(input) == "fine");
}

TEST_CASE("everything that is wrong is told at once") {
  Input input(RequestWith(R"({"a":1,"b":"","c":"too long","d":10,"e":"1","f":1.5,"x/y~z":0})"));
  input.Required("a", 1, 5);
  input.Required("b", 1, 5);
  input.Required("c", 1, 5);
  input.Required("gone", 1, 5);
  input.Integer("d", 0, 9, 0);
  input.Integer("e", 0, 9, 0);
  input.Integer("f", 0, 9, 0);
  CHECK(Told(input) ==
        "/a:bad_type /b:bad_length /c:bad_length /gone:missing /d:bad_number /e:bad_number "
        "/f:bad_number /x~1y~0z:unknown_member");
}

TEST_CASE("no body is an empty object, and anything but an object is refused") {
  Input empty(RequestWith(""));
  CHECK(empty.Integer("count", 0, 9, 3) == 3);
  CHECK(Told(empty) == "fine");
  for (const char* body : {"[]", "1", "null", "\"x\"", "{", "{} {}", "{\"a\":\"\xff\"}"}) {
    CAPTURE(body);
    Input input(RequestWith(body));
    CHECK(Told(input) == "400");
  }
}

TEST_CASE("strangers' members do not make a long answer") {
  std::string body = "{";
  for (int i = 0; i < 1000; ++i) body += (i > 0 ? ",\"m" : "\"m") + std::to_string(i) + "\":0";
  Input input(RequestWith(body + "}"));
  CHECK(input.Refusal()->body.size() < 3000);
}

TEST_CASE("numbers of the query are whole, in range, or told to be wrong") {
  http::Request request;
  request.query = {{"limit", "20"}, {"bad", "2x"}, {"empty", ""}, {"big", "101"}};
  CHECK(QueryInteger(request, "limit", 1, 100, 5) == 20);
  CHECK(QueryInteger(request, "absent", 1, 100, 5) == 5);
  for (const char* name : {"bad", "empty", "big"}) {
    CAPTURE(name);
    CHECK(QueryInteger(request, name, 1, 100, 5) == std::nullopt);
  }
}

}  // namespace bookgate::admin
