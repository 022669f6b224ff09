// What the runner makes of translators that break the contract, and what it lets them see.
#include <bookgate/translator_abi.h>
#include <doctest/doctest.h>

#include <string>
#include <variant>
#include <vector>

#include "unit/translate/support.hpp"

namespace bookgate::translate {
namespace {

using testing::MustLoad;
using testing::SettingsOf;

Failed StepFailure(const std::string& name, const StepInput& input = {}) {
  const Plugin plugin = MustLoad(SettingsOf(name));
  const StepOutcome outcome = plugin.runner->Step(input);
  const auto* failed = std::get_if<Failed>(&outcome.result);
  REQUIRE(failed != nullptr);
  return *failed;
}

TEST_CASE("decides without a result") {
  const Failed failed = StepFailure("puts_nothing");
  CHECK(failed.reason == "puts_nothing");
  CHECK(failed.detail == "step() decided, but put no result.");
}

TEST_CASE("puts two results") {
  const Failed failed = StepFailure("puts_twice");
  CHECK(failed.reason == "puts_twice");
  CHECK(failed.detail == "step() put 2 results.");
}

TEST_CASE("puts what is no JSON") {
  const Failed failed = StepFailure("puts_not_json");
  CHECK(failed.reason == "puts_not_json");
  CHECK(failed.detail == "The result is not JSON in UTF-8, or nests too deep.");
}

TEST_CASE("puts a size without bytes") {
  const Failed failed = StepFailure("puts_null");
  CHECK(failed.reason == "puts_null");
  CHECK(failed.detail == "The result could not be copied.");
}

TEST_CASE("puts more than is allowed") {
  const Failed failed = StepFailure("puts_too_much");
  CHECK(failed.reason == "result_too_large");
  CHECK(failed.detail == "The result has 262145 bytes; at most 262144 are allowed.");
}

TEST_CASE("decides on an unknown outcome") {
  const Failed failed = StepFailure("unknown_outcome");
  CHECK(failed.reason == "unknown_outcome");
  CHECK(failed.detail == "/outcome: is not one that this gateway knows");
}

TEST_CASE("returns an unknown status, even with a good result") {
  const Failed failed = StepFailure("unknown_status");
  CHECK(failed.reason == "unknown_status");
  CHECK(failed.detail == "step() returned 77.");
}

TEST_CASE("lets an exception out: what it says is not told, for it may quote the body") {
  const Failed failed = StepFailure("throws");
  CHECK(failed.reason == "throws");
  CHECK(failed.detail == "step() let an exception out.");
}

TEST_CASE("fails with a text: one line of it is kept, without what moves a terminal's cursor") {
  const Failed failed = StepFailure("fails_with_text");
  CHECK(failed.reason == "step_failed");
  CHECK(failed.detail == "out of ?[1mpaper");
}

TEST_CASE("fails without a text") {
  const Failed failed = StepFailure("fails_silently");
  CHECK(failed.reason == "step_failed");
  CHECK(failed.detail == "");
}

TEST_CASE("asks for a host that it did not declare") {
  const Failed failed = StepFailure("asks_undeclared_host");
  CHECK(failed.reason == "undeclared_host");
  CHECK(failed.detail == "Look-up a goes to a host that the manifest does not declare.");
}

TEST_CASE("asks to change something while translating") {
  const Failed failed = StepFailure("deletes_while_translating");
  CHECK(failed.reason == "method_not_allowed");
  CHECK(failed.detail ==
        "Look-up a is neither GET nor a search of the manifest, and translate may only read.");
}

TEST_CASE("an operation that the manifest does not list is not even tried") {
  StepInput input;
  input.operation = "register_webhook";
  const Failed failed = StepFailure("deletes_while_translating", input);
  CHECK(failed.reason == "operation_not_offered");
  CHECK(failed.detail == "The manifest does not list register_webhook.");
}

TEST_CASE("asks for what was answered") {
  const std::vector<LookupReply> replies = {{BKG_LOOKUP_ANSWERED, "a", "", "", 404}};
  StepInput input;
  input.replies = &replies;
  input.lookup_rounds = 1;
  const Failed failed = StepFailure("asks_again", input);
  CHECK(failed.reason == "lookup_repeated");
  CHECK(failed.detail == "It asks for look-up a a second time.");
}

TEST_CASE("asks for ever: stopped after the rounds that its manifest allows") {
  const Plugin plugin = MustLoad(SettingsOf("asks_forever"));
  std::vector<LookupReply> replies;
  StepInput input;
  input.replies = &replies;
  StepOutcome outcome = plugin.runner->Step(input);
  while (const auto* need = std::get_if<NeedLookups>(&outcome.result)) {
    REQUIRE(replies.size() < 10);
    replies.push_back({BKG_LOOKUP_FAILED, need->lookups.front().id, "", "", 0});
    ++input.lookup_rounds;
    outcome = plugin.runner->Step(input);
  }
  CHECK(replies.size() == 2);
  REQUIRE(std::holds_alternative<Failed>(outcome.result));
  CHECK(std::get<Failed>(outcome.result).reason == "too_many_rounds");
  CHECK(std::get<Failed>(outcome.result).detail ==
        "It asks for look-ups once more after 2 rounds; its limit is 2.");
}

TEST_CASE("a translator sees its input, the headers it asked for, and never a credential") {
  const Plugin plugin = MustLoad(SettingsOf("tells_what_it_sees"));
  const std::vector<model::Field> headers = {{"authorization", "Bearer x"},
                                             {"cookie", "x"},
                                             {"x-signature", "x"},
                                             {"x-other", "x"},
                                             {"x-shown", "x"}};
  const std::vector<model::Field> query = {{"token", "secret"}, {"shown", "yes"}, {"other", "no"}};
  const std::vector<LookupReply> replies = {{BKG_LOOKUP_ANSWERED, "a", "text/plain", "hello", 200}};
  StepInput input;
  input.received_at_ms = 1'700'000'000'123;
  input.body = "a=b";
  input.content_type = "text/plain";
  input.headers = &headers;
  input.query = &query;
  input.replies = &replies;
  const StepOutcome outcome = plugin.runner->Step(input);
  REQUIRE(std::holds_alternative<Ignore>(outcome.result));
  CHECK(outcome.notes == std::vector<std::string>{"received=1700000000123 minor=0", "body=a=b",
                                                  "type=text/plain", "operation=translate",
                                                  "header=x-shown", "query=yes", "reply=hello"});
}

TEST_CASE("a step without anything given") {
  const Plugin plugin = MustLoad(SettingsOf("tells_what_it_sees"));
  const StepOutcome outcome = plugin.runner->Step({});
  REQUIRE(std::holds_alternative<Ignore>(outcome.result));
  CHECK(std::get<Ignore>(outcome.result).reason == "seen");
  CHECK(outcome.notes.size() == 4);
}

}  // namespace
}  // namespace bookgate::translate
