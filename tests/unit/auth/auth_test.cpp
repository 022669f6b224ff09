// Who may deliver to an org: every combination of proofs against every state of an endpoint.
#include <doctest/doctest.h>

#include "auth/authenticate.hpp"
#include "auth/limits.hpp"

namespace {

using namespace bookgate;
using auth::Decision;

const std::vector<std::uint8_t> kMasterKey(32, 7);
const base::Instant kNow{std::chrono::seconds(1'800'000'000)};
constexpr std::string_view kOrg = "abcdefgh12345678";

struct Fixture {
  auth::SecretHasher hasher{kMasterKey};
  auth::Directory directory;
  std::string secret = auth::GenerateSecret();
  std::string old_secret = auth::GenerateSecret();

  model::Org Org(model::EndpointState state) {
    model::Org org;
    org.id = 1;
    org.public_id = kOrg;
    org.endpoint = state;
    org.secret_hash = hasher.Hash(secret);
    org.version = 5;
    return org;
  }
  Decision Decide(const http::Request& request, std::string_view org = kOrg,
                  base::Instant now = kNow) {
    return auth::CheckSecret(directory, hasher, org, request, now).decision;
  }
};

http::Request WithBearer(const std::string& value) {
  http::Request request;
  request.headers.push_back({"authorization", value});
  return request;
}

http::Request WithToken(const std::string& value) {
  http::Request request;
  request.query.push_back({"token", value});
  return request;
}

}  // namespace

TEST_CASE("secrets have the promised form, are never the same, and are hashed with the key") {
  const std::string secret = auth::GenerateSecret();
  CHECK(secret.size() == 47);
  CHECK(secret.starts_with("bgs_"));
  CHECK(secret.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_",
                                 4) == std::string::npos);
  CHECK(secret != auth::GenerateSecret());
  const auth::SecretHasher one(kMasterKey);
  const auth::SecretHasher other(std::vector<std::uint8_t>(32, 8));
  CHECK(auth::SameHash(one.Hash(secret), one.Hash(secret)));
  CHECK_FALSE(auth::SameHash(one.Hash(secret), other.Hash(secret)));
  CHECK_THROWS(auth::SecretHasher({1, 2, 3}));
  CHECK(auth::SecretHint("bgs_abcdWXYZ") == "WXYZ");
}

TEST_CASE_FIXTURE(Fixture, "before the orgs are loaded nobody can say that one does not exist") {
  CHECK(Decide(WithBearer("Bearer " + secret)) == Decision::kNotLoaded);
  directory.Update({});
  CHECK(Decide(WithBearer("Bearer " + secret)) == Decision::kUnknownOrg);
}

TEST_CASE_FIXTURE(Fixture, "an active endpoint takes its secret in either place and nothing else") {
  directory.Update({Org(model::EndpointState::kActive)});
  CHECK(Decide(WithBearer("Bearer " + secret)) == Decision::kAccepted);
  CHECK(Decide(WithBearer("bearer   " + secret + " ")) == Decision::kAccepted);
  CHECK(Decide(WithToken(secret)) == Decision::kAccepted);
  CHECK(Decide({}) == Decision::kNoCredential);
  CHECK(Decide(WithBearer("Bearer " + old_secret)) == Decision::kWrongCredential);
  CHECK(Decide(WithBearer("Bearer")) == Decision::kWrongCredential);
  CHECK(Decide(WithBearer("Bearer ")) == Decision::kWrongCredential);
  CHECK(Decide(WithBearer("Basic " + secret)) == Decision::kWrongCredential);
  CHECK(Decide(WithBearer(secret)) == Decision::kWrongCredential);
  CHECK(Decide(WithToken("")) == Decision::kWrongCredential);
  CHECK(Decide(WithToken(secret.substr(0, 46))) == Decision::kWrongCredential);
  CHECK(Decide(WithBearer("Bearer " + secret), "abcdefgh12345679") == Decision::kUnknownOrg);
}

TEST_CASE_FIXTURE(Fixture, "a wrong proof is refused even beside a right one") {
  directory.Update({Org(model::EndpointState::kActive)});
  http::Request request = WithBearer("Bearer " + secret);
  request.query.push_back({"token", old_secret});
  CHECK(Decide(request) == Decision::kWrongCredential);
  request.query.front().value = secret;
  CHECK(Decide(request) == Decision::kAccepted);
  request.headers.push_back({"authorization", "Bearer nonsense"});
  CHECK(Decide(request) == Decision::kWrongCredential);
}

TEST_CASE_FIXTURE(Fixture, "a disabled endpoint and one without a secret take nothing") {
  directory.Update({Org(model::EndpointState::kDisabled)});
  CHECK(Decide(WithBearer("Bearer " + secret)) == Decision::kDisabled);
  model::Org none = Org(model::EndpointState::kNone);
  none.version = 6;
  none.secret_hash = {};
  directory.Update({none});
  CHECK(Decide(WithToken("")) == Decision::kDisabled);
}

TEST_CASE_FIXTURE(Fixture, "a rotated-out secret works until it expires, and not a moment longer") {
  model::Org org = Org(model::EndpointState::kActive);
  const base::Instant end = kNow + std::chrono::hours(1);
  org.previous = model::PreviousSecret{hasher.Hash(old_secret), end};
  directory.Update({org});
  const http::Request request = WithBearer("Bearer " + old_secret);
  const auth::Verdict verdict = auth::CheckSecret(directory, hasher, kOrg, request, kNow);
  CHECK(verdict.decision == Decision::kAccepted);
  CHECK(verdict.by_previous_secret);
  CHECK(Decide(request, kOrg, end) == Decision::kWrongCredential);
  CHECK(Decide(WithBearer("Bearer " + secret), kOrg, end) == Decision::kAccepted);
}

TEST_CASE_FIXTURE(Fixture, "the directory keeps the newest of what is reported in any order") {
  model::Org newer = Org(model::EndpointState::kDisabled);
  newer.version = 9;
  directory.Update({newer});
  directory.Update({Org(model::EndpointState::kActive)});
  CHECK(directory.Find(kOrg)->endpoint == model::EndpointState::kDisabled);
  CHECK(directory.version() == 9);
}

TEST_CASE_FIXTURE(Fixture, "uses of secrets are reported once") {
  directory.MarkUsed(1, false, kNow);
  directory.MarkUsed(1, true, kNow);
  const auto uses = directory.TakeUses();
  REQUIRE(uses.size() == 1);
  CHECK(uses.at(1).current == kNow);
  CHECK(uses.at(1).previous == kNow);
  CHECK(directory.TakeUses().empty());
}

TEST_CASE("a bucket gives its burst, then what flows in, and says how long to wait") {
  auth::RateLimiter limiter(2.0, 3.0);
  const auth::RateLimiter::Time start{};
  for (int i = 0; i < 3; ++i) CHECK_FALSE(limiter.Spend("a", start));
  CHECK(limiter.Spend("a", start) == std::chrono::seconds(1));
  CHECK_FALSE(limiter.Spend("b", start));
  CHECK_FALSE(limiter.Spend("a", start + std::chrono::milliseconds(500)));
  CHECK(limiter.Spend("a", start + std::chrono::milliseconds(500)));
}

TEST_CASE("strangers cannot make the limiter grow without end") {
  auth::RateLimiter limiter(0.001, 1.0, 4);
  const auth::RateLimiter::Time start{};
  for (int i = 0; i < 4; ++i) CHECK_FALSE(limiter.Spend(std::to_string(i), start));
  // No bucket is full again, so the rest share one, which is empty after the first of them.
  CHECK_FALSE(limiter.Spend("5", start));
  CHECK(limiter.Spend("6", start));
  CHECK(limiter.Spend("0", start));
}
