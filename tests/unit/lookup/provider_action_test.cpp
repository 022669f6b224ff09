// Operations driven to their end, on a fetcher that answers as the test says: what is sent, what is
// sent again, and which signing key comes of it.
#include "lookup/provider_action.hpp"

#include <doctest/doctest.h>

#include <bookgate/translator_abi.h>
#include <bookgate/translator.hpp>

#include <map>
#include <memory>
#include <utility>

#include "support/fake_fetcher.hpp"

namespace bookgate::lookup {
namespace {

using translate::LookupReply;
using translate::Method;

struct NoObserver : LookupObserver {
  void OnLookup(const std::string&, std::string_view, double) override {}
};

translate::Done DoneWith(std::optional<translate::SigningKeyAt> key_at) {
  translate::Done done;
  done.subscription.id = "sub-1";
  done.signing_key_at = std::move(key_at);
  return done;
}

/// Asks for the rounds that a test gives, one after the other, and ends as it says.
class ScriptedRunner : public translate::Runner {
 public:
  translate::StepOutcome Step(const translate::StepInput& input) override {
    operations.emplace_back(input.operation);
    parameters.emplace_back(input.parameters);
    received_at.push_back(input.received_at_ms);
    replies = *input.replies;
    translate::StepOutcome outcome;
    if (input.lookup_rounds < rounds.size()) {
      outcome.result = translate::NeedLookups{rounds[input.lookup_rounds], {}};
    } else {
      outcome.result = end;
    }
    return outcome;
  }

  std::vector<std::vector<translate::Lookup>> rounds;
  translate::StepResult end = DoneWith({});
  std::vector<std::string> operations;
  std::vector<std::string> parameters;
  std::vector<std::int64_t> received_at;
  std::vector<LookupReply> replies;
};

struct Fixture {
  tests::FakeFetcher fetcher;
  auth::Sealer sealer{std::vector<std::uint8_t>(32, 7)};
  NoObserver observer;
  Asker asker{fetcher, sealer, observer};
  std::vector<std::chrono::milliseconds> pauses;
  ActionRunner actions{asker, sealer, std::chrono::seconds(5),
                       [this](std::chrono::milliseconds pause) { pauses.push_back(pause); }};
  translate::Plugin plugin;
  ScriptedRunner* runner = nullptr;
  std::string credential = "user:pass:word";

  Fixture() {
    plugin.manifest.provider = "acme";
    plugin.manifest.name = "Acme";
    plugin.manifest.lookup_credential = "api_token";
    plugin.manifest.lookup_searches = {"/search"};
    auto made = std::make_unique<ScriptedRunner>();
    runner = made.get();
    plugin.runner = std::move(made);
    fetcher.answer = [](const FetchRequest&) { return tests::ApiAnswer(200); };
  }

  ActionEnd Run(std::string_view operation,
                std::chrono::milliseconds within = std::chrono::minutes(1)) {
    const Caller caller{
        "org1", sealer.Seal(credential, {"org1", "acme", auth::ProviderSecretKind::kCredential})};
    return actions.Run(plugin, caller, {operation, R"({"a":1})"},
                       std::chrono::steady_clock::now() + within);
  }
};

translate::Lookup Request(std::string id, Method method, std::string path, std::string body = {}) {
  translate::Lookup lookup{std::move(id), "api.example.com", std::move(path), {}, false};
  lookup.method = method;
  lookup.body = std::move(body);
  return lookup;
}

std::string WithPlace() {
  return R"({"url":"u","key":")" + std::string(kSigningKeyPlaceholder) + R"("})";
}

TEST_CASE("an operation goes on round by round, with all replies and one moment") {
  Fixture fixture;
  fixture.runner->rounds = {
      {Request("me", Method::kGet, "/me")},
      {Request("a", Method::kDelete, "/a"), Request("b", Method::kGet, "/b")}};
  const ActionEnd end = fixture.Run("unregister_webhook");
  CHECK(std::get<translate::Done>(end.outcome.result).subscription.id == "sub-1");
  CHECK(fixture.runner->operations == std::vector<std::string>(3, "unregister_webhook"));
  CHECK(fixture.runner->parameters == std::vector<std::string>(3, R"({"a":1})"));
  CHECK(fixture.runner->received_at[0] == fixture.runner->received_at[2]);
  REQUIRE(fixture.runner->replies.size() == 3);
  CHECK(fixture.runner->replies[2].id == "b");
  CHECK(fixture.fetcher.requests[1].method == Method::kDelete);
  CHECK(end.obstacles.empty());
  CHECK(end.signing_key.empty());
}

TEST_CASE("only what changes nothing is sent again") {
  Fixture fixture;
  fixture.fetcher.answer = [](const FetchRequest&) { return tests::ApiAnswer(503, ""); };
  fixture.runner->rounds = {{Request("get", Method::kGet, "/get"),
                             Request("search", Method::kPost, "/search", "{}"),
                             Request("create", Method::kPost, "/create", "{}"),
                             Request("delete", Method::kDelete, "/delete")}};
  const ActionEnd end = fixture.Run("register_webhook");
  std::map<std::string, int> sent;
  for (const FetchRequest& request : fixture.fetcher.requests) ++sent[request.url.substr(23)];
  CHECK(sent ==
        std::map<std::string, int>{{"/get", 3}, {"/search", 3}, {"/create", 1}, {"/delete", 1}});
  CHECK(fixture.pauses.size() == 2);
  CHECK(fixture.runner->replies.size() == 4);
  CHECK(end.obstacles.size() == 4);
}

TEST_CASE("what answers when it is asked again leaves no obstacle") {
  Fixture fixture;
  int calls = 0;
  fixture.fetcher.answer = [&](const FetchRequest&) {
    FetchReply reply = tests::ApiAnswer(++calls == 1 ? 429 : 200);
    reply.retry_after = std::chrono::seconds(7);
    return reply;
  };
  fixture.runner->rounds = {{Request("get", Method::kGet, "/get")}};
  const ActionEnd end = fixture.Run("webhook_status");
  CHECK(end.obstacles.empty());
  CHECK(fixture.runner->replies[0].http_status == 200);
  CHECK(fixture.pauses == std::vector<std::chrono::milliseconds>{std::chrono::seconds(7)});
}

TEST_CASE("nothing is sent again beyond the deadline, and a refusal never is") {
  Fixture fixture;
  SUBCASE("deadline") {
    fixture.fetcher.answer = [](const FetchRequest&) { return tests::ApiAnswer(503, ""); };
  }
  SUBCASE("refused") {
    fixture.fetcher.answer = [](const FetchRequest&) { return tests::ApiAnswer(401, ""); };
  }
  fixture.runner->rounds = {{Request("get", Method::kGet, "/get")}};
  const ActionEnd end = fixture.Run("webhook_status", std::chrono::milliseconds(100));
  CHECK(fixture.fetcher.requests.size() == 1);
  CHECK(end.obstacles.size() == 1);
}

TEST_CASE("one key is made for an operation, sent in every place, and is what signs") {
  Fixture fixture;
  fixture.runner->rounds = {{Request("one", Method::kPost, "/one", WithPlace()),
                             Request("two", Method::kPost, "/two", WithPlace())}};
  const ActionEnd end = fixture.Run("register_webhook");
  CHECK(end.signing_key.size() == 43);
  for (const FetchRequest& request : fixture.fetcher.requests) {
    CHECK(request.body == R"({"url":"u","key":")" + std::string(end.signing_key.view()) + R"("})");
  }
  CHECK(fixture.Run("register_webhook").signing_key.view() != end.signing_key.view());
}

TEST_CASE("no key comes of what was rejected, or of another operation") {
  Fixture fixture;
  fixture.runner->rounds = {{Request("one", Method::kPost, "/one", WithPlace())}};
  std::string operation = "register_webhook";
  SUBCASE("rejected") {
    fixture.runner->end = translate::Reject{{{"lookup:one", "", "no", "no"}}};
  }
  SUBCASE("another operation") {
    operation = "webhook_status";
  }
  CHECK(fixture.Run(operation).signing_key.empty());
}

TEST_CASE("the key is where the translator says") {
  Fixture fixture;
  fixture.runner->rounds = {{Request("one", Method::kPost, "/one")}};
  fixture.fetcher.answer = [](const FetchRequest&) {
    return tests::ApiAnswer(200, R"({"key": "theirs"})");
  };
  std::string expected;
  SUBCASE("in an answer") {
    fixture.runner->end = DoneWith(translate::SigningKeyAt{"one", "/key"});
    expected = "theirs";
  }
  SUBCASE("not in the answer") {
    fixture.runner->end = DoneWith(translate::SigningKeyAt{"one", "/other"});
  }
  SUBCASE("the credential's password") {
    fixture.runner->end = DoneWith(translate::SigningKeyAt{"", ""});
    expected = "pass:word";
  }
  SUBCASE("a credential without a password") {
    fixture.credential = "token";
    fixture.runner->end = DoneWith(translate::SigningKeyAt{"", ""});
  }
  CHECK(fixture.Run("register_webhook").signing_key.view() == expected);
}

}  // namespace
}  // namespace bookgate::lookup
