// The small parts of a look-up: its URL, its credential, and how long to wait before the next one.
#include <doctest/doctest.h>

#include <bookgate/time.hpp>

#include "lookup/authorization.hpp"
#include "lookup/back_off.hpp"
#include "lookup/lookup_url.hpp"
#include "lookup/retry_after.hpp"

namespace bookgate::lookup {
namespace {

using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;
using translate::Attach;

TEST_CASE("a look-up goes to the host that it names, or to where the operator sends it") {
  translate::Lookup lookup;
  lookup.host = "api.example.com";
  lookup.path = "/v2/things/a%2Fb";
  CHECK(LookupUrl(lookup, "") == "https://api.example.com/v2/things/a%2Fb");
  lookup.query = {{"sort by", "a&b=c"}, {"x", ""}};
  CHECK(LookupUrl(lookup, "http://127.0.0.1:99/sandbox") ==
        "http://127.0.0.1:99/sandbox/v2/things/a%2Fb?sort%20by=a%26b%3Dc&x=");
}

TEST_CASE("a credential is shown as its provider wants it") {
  CHECK(AuthorizationOf(Attach::kBearer, "abc:def").view() == "Bearer abc:def");
  CHECK(AuthorizationOf(Attach::kBasic, "Aladdin:open sesame").view() ==
        "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==");
  CHECK(AuthorizationOf(Attach::kBasic, "a").view() == "Basic YQ==");
  CHECK(AuthorizationOf(Attach::kBasicOrBearer, "123:key").view() == "Basic MTIzOmtleQ==");
  CHECK(AuthorizationOf(Attach::kBasicOrBearer, "token").view() == "Bearer token");
}

TEST_CASE("how long an API asks not to be asked") {
  const base::Instant now(
      std::chrono::microseconds(ParseTimestamp("2026-01-02T03:04:05Z")->microseconds));
  CHECK(ReadRetryAfter("0", now) == seconds(0));
  CHECK(ReadRetryAfter("120", now) == seconds(120));
  CHECK(ReadRetryAfter("Fri, 02 Jan 2026 03:05:05 GMT", now) == seconds(60));
  CHECK(ReadRetryAfter("Fri, 02 Jan 2026 03:00:00 GMT", now) == seconds(0));
  for (const char* odd : {"", "soon", "-5", "1.5", "12x", "99999999999"}) {
    CHECK_MESSAGE(!ReadRetryAfter(odd, now), std::string(odd));
  }
}

TEST_CASE("pauses double up to a limit that is low at first") {
  const config::LookupsSettings settings;
  const auto pause = [&](unsigned failures, milliseconds waited) {
    return BackOff(settings, failures, waited, 0.5);
  };
  CHECK(pause(1, seconds(0)) == seconds(5));
  CHECK(pause(2, seconds(0)) == seconds(10));
  CHECK(pause(3, seconds(0)) == seconds(20));
  CHECK(pause(7, seconds(0)) == minutes(5));
  CHECK(pause(4'000'000'000u, hours(1)) == minutes(5));
  CHECK(pause(7, hours(3)) == seconds(320));
  CHECK(pause(100, hours(3)) == minutes(30));
}

TEST_CASE("pauses are spread, and never shorter than the operator's first one") {
  config::LookupsSettings settings;
  CHECK(BackOff(settings, 1, seconds(0), 0) == milliseconds(3750));
  CHECK(BackOff(settings, 1, seconds(0), 1) == milliseconds(6250));
  settings.first_retry = minutes(20);
  CHECK(BackOff(settings, 1, seconds(0), 0.5) == minutes(20));
  settings.first_retry = milliseconds(20);
  settings.longest_retry = milliseconds(50);
  CHECK(BackOff(settings, 9, seconds(0), 0.5) == milliseconds(50));
  for (int i = 0; i < 1000; ++i) {
    const double spread = RandomSpread();
    CHECK(spread >= 0);
    CHECK(spread <= 1);
  }
}

}  // namespace
}  // namespace bookgate::lookup
