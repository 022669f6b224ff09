// How many deliveries of a provider may be under way, as its API answers or does not.
#include "intake/pauses.hpp"

#include <doctest/doctest.h>

namespace bookgate::intake {
namespace {

using Kind = lookup::Obstacle::Kind;
using std::chrono::seconds;

Pauses::Time At(seconds second) {
  return Pauses::Time(std::chrono::hours(1) + second);
}

lookup::Obstacle Away() {
  return {Kind::kProvider, "x", "unreachable", "Acme's API could not be reached", {}};
}

struct Fixture {
  Pauses pauses{config::LookupsSettings(), 8};

  void FailTimes(int times, seconds when) {
    for (int i = 0; i < times; ++i) pauses.Failed("acme", 1, Away(), At(when));
  }
  std::size_t Most(seconds when) const { return pauses.MostAtOnce("acme", At(when)); }
};

TEST_CASE_FIXTURE(Fixture, "a failure now and then is no outage") {
  CHECK(Most(seconds(0)) == 8);
  for (int i = 0; i < 10; ++i) {
    FailTimes(2, seconds(i));
    CHECK(Most(seconds(i)) == 8);
    pauses.Answered("acme");
  }
}

TEST_CASE_FIXTURE(Fixture,
                  "an API that is away is left alone, then asked once, and well when it answers") {
  FailTimes(3, seconds(0));
  CHECK(Most(seconds(3)) == 0);
  CHECK(Most(seconds(7)) == 1);
  pauses.Answered("acme");
  CHECK(Most(seconds(7)) == 8);
}

TEST_CASE_FIXTURE(Fixture, "pauses grow, but never beyond a minute and a bit") {
  FailTimes(3, seconds(0));
  seconds now(0);
  for (int i = 0; i < 20; ++i) {
    seconds pause(0);
    while (Most(now + pause) == 0) ++pause;
    CHECK(pause <= seconds(60));
    now += pause;
    FailTimes(1, now);
  }
  CHECK(Most(now + seconds(40)) == 0);
  CHECK(Most(now + seconds(61)) == 1);
}

TEST_CASE_FIXTURE(Fixture, "those that fail together are one failure") {
  FailTimes(8, seconds(0));
  CHECK(Most(seconds(7)) == 1);
}

TEST_CASE_FIXTURE(Fixture, "an API that says when it is back is believed") {
  lookup::Obstacle away = Away();
  away.retry_after = seconds(300);
  for (int i = 0; i < 3; ++i) pauses.Failed("acme", 1, away, At(seconds(0)));
  CHECK(Most(seconds(299)) == 0);
  CHECK(Most(seconds(300)) == 1);
}

TEST_CASE_FIXTURE(Fixture, "one provider's outage is not another's") {
  FailTimes(5, seconds(0));
  CHECK(pauses.MostAtOnce("another", At(seconds(0))) == 8);
}

TEST_CASE_FIXTURE(Fixture, "an org that asks too often waits alone, as long as the API says") {
  lookup::Obstacle limited{Kind::kLimit, "x", "limited", "", seconds(30)};
  for (int i = 0; i < 5; ++i) pauses.Failed("acme", 1, limited, At(seconds(0)));
  limited.retry_after.reset();
  pauses.Failed("acme", 2, limited, At(seconds(0)));
  CHECK(Most(seconds(0)) == 8);
  CHECK(pauses.LimitedOrgs("acme", At(seconds(4))) == std::vector<std::int64_t>{1, 2});
  CHECK(pauses.LimitedOrgs("acme", At(seconds(29))) == std::vector<std::int64_t>{1});
  CHECK(pauses.LimitedOrgs("acme", At(seconds(30))).empty());
  CHECK(pauses.LimitedOrgs("another", At(seconds(0))).empty());
}

TEST_CASE_FIXTURE(Fixture, "a token that is refused says nothing of the API") {
  for (int i = 0; i < 5; ++i) {
    pauses.Failed("acme", 1, {Kind::kCredential, "x", "credential_refused", "", {}},
                  At(seconds(0)));
  }
  CHECK(Most(seconds(0)) == 8);
}

}  // namespace
}  // namespace bookgate::intake
