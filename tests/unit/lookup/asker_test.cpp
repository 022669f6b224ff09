// A round of look-ups on a fetcher that only writes down what it is asked for: what each request
// bears, and what comes back however the replies come.
#include "lookup/asker.hpp"

#include <doctest/doctest.h>

#include <bookgate/translator_abi.h>

#include <optional>
#include <utility>

#include "support/fake_fetcher.hpp"

namespace bookgate::lookup {
namespace {

using std::chrono::steady_clock;

const base::Instant kNow{std::chrono::seconds(1'800'000'000)};

struct FakeObserver : LookupObserver {
  void OnLookup(const std::string& provider, std::string_view outcome, double) override {
    seen.push_back(provider + " " + std::string(outcome));
  }
  std::vector<std::string> seen;
};

struct Fixture {
  tests::FakeFetcher fetcher;
  auth::Sealer sealer{std::vector<std::uint8_t>(32, 7)};
  FakeObserver observer;
  Asker asker{fetcher, sealer, observer, [] { return kNow; }};
  translate::Plugin plugin;
  Caller caller{"org1", Seal("token-1", "org1")};
  std::optional<Round> round;

  Fixture() {
    plugin.manifest.provider = "acme";
    plugin.manifest.lookup_name = "Acme";
    plugin.manifest.lookup_credential = "api_token";
    plugin.manifest.lookup_headers = {{"acme-version", "2"}};
  }

  std::string Seal(const std::string& value, const std::string& org) const {
    return sealer.Seal(value, {org, "acme", auth::ProviderSecretKind::kCredential});
  }

  void Ask(const std::vector<std::string>& ids,
           steady_clock::time_point deadline = steady_clock::time_point::max()) {
    std::vector<translate::Lookup> lookups;
    for (const std::string& id : ids)
      lookups.push_back({id, "api.example.com", "/" + id, {}, false});
    asker.Ask(plugin, caller, lookups, deadline, [this](Round done) { round = std::move(done); });
  }
};

TEST_CASE("a request bears what the manifest says, and the credential") {
  Fixture fixture;
  const steady_clock::time_point deadline = steady_clock::now() + std::chrono::seconds(2);
  fixture.Ask({"a"}, deadline);
  REQUIRE(fixture.fetcher.requests.size() == 1);
  const FetchRequest& request = fixture.fetcher.requests[0];
  CHECK(request.lane == "acme");
  CHECK(request.url == "https://api.example.com/a");
  CHECK_FALSE(request.address_is_ours);
  REQUIRE(request.headers.size() == 1);
  CHECK(request.headers[0].name == "acme-version");
  CHECK(request.headers[0].value == "2");
  CHECK(request.authorization.view() == "Bearer token-1");
  CHECK(request.deadline == deadline);
}

TEST_CASE("a request bears the look-up's own method, body and headers, too") {
  Fixture fixture;
  translate::Lookup lookup{"a", "api.example.com", "/a", {}, false};
  lookup.method = translate::Method::kDelete;
  lookup.body = R"({"reason": "none"})";
  lookup.headers = {{"acme-reason", "none"}};
  fixture.asker.Ask(fixture.plugin, fixture.caller, {lookup}, steady_clock::time_point::max(),
                    [&](Round done) { fixture.round = std::move(done); });
  REQUIRE(fixture.fetcher.requests.size() == 1);
  const FetchRequest& request = fixture.fetcher.requests[0];
  CHECK(request.method == translate::Method::kDelete);
  CHECK(request.body == R"({"reason": "none"})");
  REQUIRE(request.headers.size() == 2);
  CHECK(request.headers[1].name == "acme-reason");
  fixture.fetcher.Answer(0, tests::ApiAnswer(204, ""));
  REQUIRE(fixture.round);
  CHECK(fixture.round->replies[0].outcome == BKG_LOOKUP_ANSWERED);
  CHECK(fixture.round->obstacles.empty());
}

TEST_CASE("look-ups go where the operator sends them") {
  Fixture fixture;
  fixture.plugin.lookup_base_url = "http://127.0.0.1:99";
  fixture.Ask({"a"});
  CHECK(fixture.fetcher.requests[0].url == "http://127.0.0.1:99/a");
  CHECK(fixture.fetcher.requests[0].address_is_ours);
}

TEST_CASE("replies come back in the order asked, whichever came first") {
  Fixture fixture;
  fixture.Ask({"a", "b", "c"});
  fixture.fetcher.Answer(2, tests::ApiAnswer(404, ""));
  fixture.fetcher.Answer(0, tests::ApiAnswer(200, R"({"is": "a"})"));
  CHECK_FALSE(fixture.round);
  fixture.fetcher.Answer(1, tests::ApiAnswer(503, ""));
  REQUIRE(fixture.round);
  REQUIRE(fixture.round->replies.size() == 3);
  CHECK(fixture.round->replies[0].id == "a");
  CHECK(fixture.round->replies[0].body == R"({"is": "a"})");
  CHECK(fixture.round->replies[1].http_status == 503);
  CHECK(fixture.round->replies[2].http_status == 404);
  REQUIRE(fixture.round->obstacles.size() == 1);
  CHECK(fixture.round->obstacles[0].lookup_id == "b");
  CHECK(fixture.round->ended_at == kNow);
  CHECK(fixture.observer.seen ==
        std::vector<std::string>{"acme not_found", "acme answered", "acme server_error"});
}

TEST_CASE("without a credential nothing is sent") {
  Fixture fixture;
  fixture.caller.sealed_credential.clear();
  fixture.Ask({"a", "b"});
  CHECK(fixture.fetcher.requests.empty());
  REQUIRE(fixture.round);
  CHECK(fixture.round->replies[1].outcome == BKG_LOOKUP_DENIED);
  CHECK(fixture.round->obstacles.size() == 2);
  CHECK(fixture.round->obstacles[0].text == "No token for Acme is set; set one");
}

TEST_CASE("a credential that is another org's, or sealed with another key, is sent nowhere") {
  Fixture fixture;
  SUBCASE("moved from another org") {
    fixture.caller.sealed_credential = fixture.Seal("token-1", "org2");
  }
  SUBCASE("another master key") {
    fixture.caller.sealed_credential =
        auth::Sealer(std::vector<std::uint8_t>(32, 8))
            .Seal("token-1", {"org1", "acme", auth::ProviderSecretKind::kCredential});
  }
  fixture.Ask({"a"});
  CHECK(fixture.fetcher.requests.empty());
  REQUIRE(fixture.round);
  CHECK(fixture.round->replies[0].outcome == BKG_LOOKUP_DENIED);
  CHECK(fixture.round->obstacles[0].text ==
        "The master key of this gateway does not open the token for Acme; set it again");
}

TEST_CASE("an API that needs no credential gets none") {
  Fixture fixture;
  fixture.plugin.manifest.lookup_credential.clear();
  fixture.Ask({"a"});
  REQUIRE(fixture.fetcher.requests.size() == 1);
  CHECK(fixture.fetcher.requests[0].authorization.empty());
}

TEST_CASE("where too many wait already, the round ends at once") {
  Fixture fixture;
  fixture.fetcher.full = true;
  fixture.Ask({"a"});
  REQUIRE(fixture.round);
  CHECK(fixture.round->replies[0].outcome == BKG_LOOKUP_FAILED);
  CHECK(fixture.round->obstacles[0].token == "crowded");
  CHECK(fixture.round->obstacles[0].may_pass());
}

}  // namespace
}  // namespace bookgate::lookup
