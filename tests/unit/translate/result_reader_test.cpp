// Every outcome as a document, and every way in which one can be wrong.
#include "translate/result_reader.hpp"

#include <doctest/doctest.h>

#include <string>
#include <variant>

namespace bookgate::translate {
namespace {

/// "REASON DETAIL" of a result that must have failed.
std::string Fault(const std::string& text, std::string_view operation = "translate") {
  const StepOutcome outcome = ReadResult(text, operation);
  const auto* failed = std::get_if<Failed>(&outcome.result);
  return failed == nullptr ? "not failed" : failed->reason + " " + failed->detail;
}

std::string Repeat(const std::string& element, std::size_t count) {
  std::string list = "[";
  for (std::size_t i = 0; i < count; ++i) list += (i == 0 ? "" : ",") + element;
  return list + "]";
}

TEST_CASE("bookings: the events point into the document, which the outcome keeps") {
  const StepOutcome outcome = ReadResult(
      R"({"outcome": "bookings", "events": [{"external_id": "a"}, {"external_id": "b"}],
          "next_cursor": "more", "notes": ["first", "second"], "to_come": 1})",
      "list_bookings");
  REQUIRE(std::holds_alternative<Bookings>(outcome.result));
  const auto& bookings = std::get<Bookings>(outcome.result);
  REQUIRE(bookings.events.size() == 2);
  CHECK(bookings.events[1]["external_id"].Text() == "b");
  CHECK(bookings.next_cursor == "more");
  CHECK(outcome.notes == std::vector<std::string>{"first", "second"});
  CHECK(outcome.document != nullptr);
}

TEST_CASE("bookings: only a list may be empty, or go on") {
  const std::string empty = R"({"outcome": "bookings", "events": []})";
  CHECK(Fault(empty) == "invalid_result /events: is empty");
  CHECK(Fault(empty, "list_bookings") == "not failed");
  const std::string with_cursor = R"({"outcome": "bookings", "events": [{}], "next_cursor": "x"})";
  CHECK(Fault(with_cursor) == "invalid_result /next_cursor: is only for list_bookings");
  CHECK(Fault(with_cursor, "list_bookings") == "not failed");
}

TEST_CASE("bookings: events of other types, and too many") {
  CHECK(Fault(R"({"outcome": "bookings"})") == "invalid_result /events: must be a list");
  CHECK(Fault(R"({"outcome": "bookings", "events": {}})") ==
        "invalid_result /events: must be a list");
  CHECK(Fault(R"({"outcome": "bookings", "events": [{}, 1]})") ==
        "invalid_result /events/1: must be an object");
  CHECK(Fault(R"({"outcome": "bookings", "events": )" + Repeat("{}", 200) + "}") == "not failed");
  CHECK(Fault(R"({"outcome": "bookings", "events": )" + Repeat("{}", 201) + "}") ==
        "too_many_events /events: has 201 elements; at most 200 are allowed");
  CHECK(Fault(R"({"outcome": "bookings", "events": [{}], "next_cursor": ")" +
                  std::string(4097, 'x') + "\"}",
              "list_bookings") == "invalid_result /next_cursor: is too long");
}

TEST_CASE("ignore: the reason is a token, for it becomes a label") {
  const StepOutcome outcome = ReadResult(R"({"outcome": "ignore", "reason": "routing_form.2"})");
  REQUIRE(std::holds_alternative<Ignore>(outcome.result));
  CHECK(std::get<Ignore>(outcome.result).reason == "routing_form.2");
  const std::string fault = "invalid_result /reason: must be a token of a-z, 0-9, _ and .";
  for (const char* reason : {R"("")", R"("Ping")", R"("jane@example.com")", R"("two words")", "1",
                             "null", R"("a\nb")"}) {
    CHECK(Fault(std::string(R"({"outcome": "ignore", "reason": )") + reason + "}") == fault);
  }
  CHECK(Fault(R"({"outcome": "ignore"})") == fault);
  CHECK(Fault(R"({"outcome": "ignore", "reason": ")" + std::string(64, 'a') + "\"}") ==
        "not failed");
  CHECK(Fault(R"({"outcome": "ignore", "reason": ")" + std::string(65, 'a') + "\"}") == fault);
}

TEST_CASE("reject: problems with their places") {
  const StepOutcome outcome = ReadResult(
      R"({"outcome": "reject", "problems": [
           {"pointer": "/start", "code": "bad_timestamp", "message": "is no time"},
           {"in": "lookup:event", "pointer": "", "code": "missing", "message": "is missing"}]})");
  REQUIRE(std::holds_alternative<Reject>(outcome.result));
  const auto& problems = std::get<Reject>(outcome.result).problems;
  REQUIRE(problems.size() == 2);
  CHECK(problems[0].in == "body");
  CHECK(problems[0].pointer == "/start");
  CHECK(problems[0].code == "bad_timestamp");
  CHECK(problems[0].message == "is no time");
  CHECK(problems[1].in == "lookup:event");
}

TEST_CASE("reject: what is wrong with a problem") {
  const auto fault = [](const std::string& problem) {
    return Fault(R"({"outcome": "reject", "problems": [)" + problem + "]}");
  };
  CHECK(Fault(R"({"outcome": "reject"})") == "invalid_result /problems: must be a list, not empty");
  CHECK(fault("") == "invalid_result /problems: must be a list, not empty");
  CHECK(fault(R"({"code": "Bad", "message": "m"})") ==
        "invalid_result /problems/0/code: must be a token of a-z, 0-9 and _");
  CHECK(fault(R"({"code": "bad"})") == "invalid_result /problems/0/message: is missing");
  CHECK(fault(R"({"in": "header", "code": "bad", "message": "m"})") ==
        "invalid_result /problems/0/in: must be body, config, parameters or lookup:<id>");
  CHECK(fault(R"({"in": "lookup:", "code": "bad", "message": "m"})") ==
        "invalid_result /problems/0/in: must be body, config, parameters or lookup:<id>");
  CHECK(fault("7") == "invalid_result /problems/0/code: must be a token of a-z, 0-9 and _");
}

TEST_CASE("reject: a long message is cut, never within a character") {
  std::string message;
  while (message.size() < 499) message += 'x';
  message += "\xC3\xA9";  // é: its second byte would be the 501st.
  const StepOutcome outcome = ReadResult(
      R"({"outcome": "reject", "problems": [{"code": "bad", "message": ")" + message + "\"}]}");
  REQUIRE(std::holds_alternative<Reject>(outcome.result));
  CHECK(std::get<Reject>(outcome.result).problems[0].message == std::string(499, 'x'));
}

TEST_CASE("need_lookups: what is asked for, and what is known so far") {
  const StepOutcome outcome = ReadResult(
      R"({"outcome": "need_lookups",
          "lookups": [{"id": "event", "method": "GET", "host": "api.example.com",
                       "path": "/events/A%2FB", "query": {"a": "b c"}, "required": true},
                      {"id": "who", "host": "api.example.com", "path": "/"}],
          "events_so_far": [{"external_id": "x"}]})");
  REQUIRE(std::holds_alternative<NeedLookups>(outcome.result));
  const auto& need = std::get<NeedLookups>(outcome.result);
  REQUIRE(need.lookups.size() == 2);
  CHECK(need.lookups[0].id == "event");
  CHECK(need.lookups[0].host == "api.example.com");
  CHECK(need.lookups[0].path == "/events/A%2FB");
  CHECK(need.lookups[0].query == std::map<std::string, std::string>{{"a", "b c"}});
  CHECK(need.lookups[0].required);
  CHECK_FALSE(need.lookups[1].required);
  CHECK(need.events_so_far.size() == 1);
}

TEST_CASE("need_lookups: what is wrong with one") {
  const auto fault = [](const std::string& lookup) {
    return Fault(R"({"outcome": "need_lookups", "lookups": [)" + lookup + "]}");
  };
  const std::string path_fault =
      "invalid_result /lookups/0/path: must begin with / and be percent-encoded";
  CHECK(fault("") == "invalid_result /lookups: must be a list, not empty");
  CHECK(fault(R"({"id": "a/b", "host": "h", "path": "/"})") ==
        "invalid_result /lookups/0/id: must be 1 to 64 of A-Z a-z 0-9 _ . : -");
  CHECK(fault(R"({"id": "a", "path": "/"})") == "invalid_result /lookups/0/host: is no host");
  CHECK(fault(R"({"id": "a", "host": "h", "path": "x"})") == path_fault);
  CHECK(fault(R"({"id": "a", "host": "h", "path": "/a b"})") == path_fault);
  CHECK(fault(R"({"id": "a", "host": "h", "path": "/a?b=c"})") == path_fault);
  CHECK(fault(R"({"id": "a", "host": "h", "path": "/a#b"})") == path_fault);
  CHECK(fault(R"({"id": "a", "host": "h", "path": "/a\r\nHost: x"})") == path_fault);
  CHECK(fault(R"({"id": "a", "host": "h", "path": "/é"})") == path_fault);
  for (const char* method : {R"("post")", R"("HEAD")", R"("")", "1", "null"}) {
    CHECK(
        fault(R"({"id": "a", "host": "h", "path": "/", "method": )" + std::string(method) + "}") ==
        "invalid_result /lookups/0/method: must be GET, POST, PUT, PATCH or DELETE");
  }
  CHECK(fault(R"({"id": "a", "host": "h", "path": "/", "query": {"n": 1}})") ==
        "invalid_result /lookups/0/query: must have short texts as values");
  CHECK(fault(R"({"id": "a", "host": "h", "path": "/", "query": [1]})") ==
        "invalid_result /lookups/0/query: must be an object");
}

TEST_CASE("need_lookups: eight a round") {
  const std::string lookup = R"({"id": "a", "host": "h", "path": "/"})";
  CHECK(Fault(R"({"outcome": "need_lookups", "lookups": )" + Repeat(lookup, 8) + "}") ==
        "not failed");
  CHECK(Fault(R"({"outcome": "need_lookups", "lookups": )" + Repeat(lookup, 9) + "}") ==
        "too_many_lookups /lookups: has 9 elements; at most 8 a round are allowed");
}

TEST_CASE("need_lookups: requests with a method, headers and a body") {
  const StepOutcome outcome = ReadResult(
      R"({"outcome": "need_lookups", "lookups": [
           {"id": "c", "method": "POST", "host": "h", "path": "/", "headers": {"api-version": "2"},
            "body": {"url": "u", "deep": [{"key": "${signing_key}"}]}},
           {"id": "d", "method": "DELETE", "host": "h", "path": "/"},
           {"id": "e", "method": "PATCH", "host": "h", "path": "/", "body": {}},
           {"id": "f", "method": "PUT", "host": "h", "path": "/", "body": null}]})",
      "register_webhook");
  REQUIRE(std::holds_alternative<NeedLookups>(outcome.result));
  const auto& lookups = std::get<NeedLookups>(outcome.result).lookups;
  REQUIRE(lookups.size() == 4);
  CHECK(lookups[0].method == Method::kPost);
  CHECK(lookups[0].body == R"({"url":"u","deep":[{"key":"${signing_key}"}]})");
  REQUIRE(lookups[0].headers.size() == 1);
  CHECK(lookups[0].headers[0].name == "api-version");
  CHECK(lookups[0].headers[0].value == "2");
  CHECK(lookups[1].method == Method::kDelete);
  CHECK(lookups[1].body == "");
  CHECK(lookups[2].method == Method::kPatch);
  CHECK(lookups[2].body == "{}");
  CHECK(lookups[3].method == Method::kPut);
}

TEST_CASE("need_lookups: what is wrong with a body or a header") {
  const auto fault = [](const std::string& members) {
    return Fault(
        R"({"outcome": "need_lookups", "lookups": [{"id": "a", "host": "h", "path": "/", )" +
            members + "}]}",
        "register_webhook");
  };
  const std::string body = "invalid_result /lookups/0/body: ";
  CHECK(fault(R"("body": {})") == body + "is only for POST, PUT and PATCH");
  CHECK(fault(R"("method": "DELETE", "body": {})") == body + "is only for POST, PUT and PATCH");
  CHECK(fault(R"("method": "POST", "body": "{}")") == body + "must be an object");
  CHECK(fault(R"("method": "POST", "body": {"a": ["x${signing_key}"]})") ==
        body + "holds ${signing_key} as a part of a text");
  CHECK(fault(R"("method": "POST", "body": {"a": ")" + std::string(65'537, 'x') + "\"}") ==
        body + "has more than 65536 bytes");
  const std::string headers = "invalid_result /lookups/0/headers: ";
  CHECK(fault(R"("headers": [1])") == headers + "must be an object");
  for (const char* name : {"Authorization", "authorization", "cookie", "host", "a b", "a_b", ""}) {
    CHECK(fault(R"("headers": {")" + std::string(name) + R"(": "x"})") ==
          headers + "must have names in lower case, and none that the gateway sets itself");
  }
  for (const char* value : {R"("")", R"("a\r\nb: c")", R"("é")", "1"}) {
    CHECK(fault(R"("headers": {"a": )" + std::string(value) + "}") ==
          headers + "must have printable ASCII as values");
  }
}

TEST_CASE("done: the subscription") {
  const StepOutcome outcome = ReadResult(
      R"({"outcome": "done", "subscription": {"id": "7", "url": "https://a.example",
          "state": "disabled", "events": ["made"]}, "notes": ["n"]})",
      "webhook_status");
  REQUIRE(std::holds_alternative<Done>(outcome.result));
  const Done& done = std::get<Done>(outcome.result);
  CHECK(done.subscription.id == "7");
  CHECK(done.subscription.url == "https://a.example");
  CHECK(done.subscription.state == Subscription::State::kDisabled);
  CHECK(done.subscription.events == std::vector<std::string>{"made"});
  CHECK_FALSE(done.signing_key_at);
  CHECK(outcome.notes == std::vector<std::string>{"n"});
}

TEST_CASE("done: where the signing key is") {
  const auto read = [](const std::string& at) {
    const StepOutcome outcome =
        ReadResult(R"({"outcome": "done", "subscription": {"id": "7", "state": "active"},
                       "signing_key_at": )" +
                       at + "}",
                   "register_webhook");
    REQUIRE(std::holds_alternative<Done>(outcome.result));
    return std::get<Done>(outcome.result).signing_key_at;
  };
  CHECK(read(R"({"lookup": "create", "pointer": "/subscription/key"})")->lookup == "create");
  CHECK(read(R"({"lookup": "create", "pointer": "/subscription/key"})")->pointer ==
        "/subscription/key");
  CHECK(read(R"({"credential": "password"})")->lookup == "");
  CHECK_FALSE(read("null"));
}

TEST_CASE("done: what is wrong with it") {
  const auto fault = [](const std::string& members) {
    return Fault(R"({"outcome": "done", )" + members + "}", "register_webhook");
  };
  const std::string good = R"("subscription": {"id": "7", "state": "active"}, )";
  CHECK(fault(R"("x": 1)") == "invalid_result /subscription: must be an object");
  CHECK(fault(R"("subscription": {"state": "active"})") ==
        "invalid_result /subscription/id: must be a text of 1 to 255 bytes");
  CHECK(fault(R"("subscription": {"id": "7"})") ==
        "invalid_result /subscription/state: must be active, disabled or missing");
  CHECK(fault(R"("subscription": {"id": "7", "state": "on"})") ==
        "invalid_result /subscription/state: must be active, disabled or missing");
  CHECK(fault(R"("subscription": {"id": "7", "state": "active", "events": [1]})") ==
        "invalid_result /subscription/events: must have short names as elements");
  CHECK(fault(good + R"("signing_key_at": {})") ==
        "invalid_result /signing_key_at/lookup: must be the id of a look-up");
  CHECK(fault(good + R"("signing_key_at": {"lookup": "a", "pointer": ""})") ==
        "invalid_result /signing_key_at/pointer: must be a JSON pointer to a member");
  CHECK(fault(good + R"("signing_key_at": {"credential": "username"})") ==
        "invalid_result /signing_key_at/credential: must be password, without a lookup");
  CHECK(fault(good + R"("signing_key_at": {"credential": "password", "lookup": "a"})") ==
        "invalid_result /signing_key_at/credential: must be password, without a lookup");
}

TEST_CASE("each operation ends in its own way") {
  const std::string done = R"({"outcome": "done", "subscription": {"id": "7", "state": "active"}})";
  const std::string bookings = R"({"outcome": "bookings", "events": [{}]})";
  const std::string ignore = R"({"outcome": "ignore", "reason": "a"})";
  const std::string reject =
      R"({"outcome": "reject", "problems": [{"in": "parameters", "code": "a", "message": "m"}]})";
  const std::string unexpected =
      "unexpected_outcome /outcome: is not one that the operation ends with";
  CHECK(Fault(done, "translate") == unexpected);
  CHECK(Fault(done, "list_bookings") == unexpected);
  CHECK(Fault(ignore, "list_bookings") == unexpected);
  for (const char* operation : {"register_webhook", "unregister_webhook", "webhook_status"}) {
    CHECK(Fault(done, operation) == "not failed");
    CHECK(Fault(bookings, operation) == unexpected);
    CHECK(Fault(ignore, operation) == unexpected);
    CHECK(Fault(reject, operation) == "not failed");
  }
}

TEST_CASE("outcomes that nothing ends with") {
  const std::string fault = "unknown_outcome /outcome: is not one that this gateway knows";
  for (const char* text :
       {R"({"outcome": "Ignore"})", R"({"outcome": null})", R"({})", "[]", "7", R"("bookings")"}) {
    CHECK(Fault(text) == fault);
  }
}

TEST_CASE("what is no document") {
  const std::string fault = "puts_not_json The result is not JSON in UTF-8, or nests too deep.";
  CHECK(Fault("") == fault);
  CHECK(Fault("{") == fault);
  CHECK(Fault("{} {}") == fault);
  CHECK(Fault("{\"outcome\": \"\xFF\"}") == fault);
  CHECK(Fault(std::string(100, '[') + std::string(100, ']')) == fault);
}

TEST_CASE("a document that is too large is not even parsed") {
  const std::string start = R"({"outcome": "ignore", "reason": "a", "x": ")";
  const std::string end = "\"}";
  const std::string fits =
      start + std::string(kMaxResultBytes - start.size() - end.size(), 'x') + end;
  CHECK(Fault(fits) == "not failed");
  CHECK(Fault(fits + " ") ==
        "result_too_large The result has 262145 bytes; at most 262144 are allowed.");
}

TEST_CASE("notes are bounded in number and length, and need not be texts") {
  const StepOutcome outcome =
      ReadResult(R"({"outcome": "ignore", "reason": "a", "notes": [7, ")" + std::string(300, 'n') +
                 R"(", "1", "2", "3", "4", "5", "6", "7", "8"]})");
  REQUIRE(outcome.notes.size() == kMaxNotes);
  CHECK(outcome.notes[0] == std::string(kMaxNoteBytes, 'n'));
  CHECK(outcome.notes[7] == "7");
  CHECK(ReadResult(R"({"outcome": "ignore", "reason": "a", "notes": "one"})").notes.empty());
}

}  // namespace
}  // namespace bookgate::translate
