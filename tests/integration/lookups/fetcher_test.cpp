// The fetcher against an API that answers over the wire: what is sent, what is read, and what ends
// a request.
#include "lookup/curl_fetcher.hpp"

#include <cstdlib>
#include <future>
#include <set>
#include <string>
#include <utility>

#include "integration/lookups/lookups_fixture.hpp"

namespace bookgate::tests {
namespace {

using lookup::FetchEnd;
using lookup::FetchReply;
using lookup::FetchRequest;

FetchRequest RequestTo(const FakeApi& api, const std::string& path) {
  FetchRequest request;
  request.lane = "calcom";
  request.url = api.url() + path;
  request.headers = {{"cal-api-version", "2024-08-13"}};
  request.authorization = auth::ProtectedText("Bearer right-token");
  request.address_is_ours = true;
  request.deadline = std::chrono::steady_clock::now() + std::chrono::seconds(30);
  return request;
}

FetchReply Fetch(lookup::CurlFetcher& fetcher, FetchRequest request) {
  std::promise<FetchReply> promise;
  REQUIRE(fetcher.Fetch(std::move(request),
                        [&](FetchReply reply) { promise.set_value(std::move(reply)); }));
  return promise.get_future().get();
}

struct Calcom {
  Calcom() { api.Put("bookings", "u1", R"({"start":"2026-05-20T14:00:00.000Z"})"); }
  FetchReply Get(const std::string& path = "/v2/bookings/u1") {
    return Fetch(fetcher, RequestTo(api, path));
  }

  FakeApi api{"calcom"};
  lookup::CurlFetcher fetcher;
};

TEST_CASE_FIXTURE(Calcom, "an answer with its status, type and body") {
  const FetchReply reply = Get();
  CHECK(reply.end == FetchEnd::kAnswered);
  CHECK(reply.status == 200);
  CHECK(reply.content_type == "application/json; charset=utf-8");
  CHECK(ParseJson(reply.body).root().At("/data/start").Text() == "2026-05-20T14:00:00.000Z");
  CHECK(Get("/v2/bookings/u2").status == 404);
}

TEST_CASE_FIXTURE(Calcom, "headers and credential are of one request alone") {
  Get();
  FetchRequest bare = RequestTo(api, "/v2/bookings/u1");
  bare.headers.clear();
  bare.authorization = {};
  CHECK(Fetch(fetcher, std::move(bare)).status == 401);
  const std::vector<ApiRequest> requests = api.Requests();
  REQUIRE(requests.size() == 2);
  CHECK(requests[0].headers.at("authorization") == "Bearer right-token");
  CHECK(requests[0].headers.at("cal-api-version") == "2024-08-13");
  CHECK_FALSE(requests[1].headers.contains("authorization"));
  CHECK_FALSE(requests[1].headers.contains("cal-api-version"));
  CHECK(requests[0].connection == requests[1].connection);
}

TEST_CASE_FIXTURE(Calcom, "a proxy of the environment is not used") {
  setenv("http_proxy", "http://127.0.0.1:1", 1);
  setenv("ALL_PROXY", "http://127.0.0.1:1", 1);
  CHECK(Get().status == 200);
  unsetenv("http_proxy");
  unsetenv("ALL_PROXY");
}

TEST_CASE_FIXTURE(Calcom, "a redirect is an answer, and followed nowhere") {
  api.Script(R"({"times":1,"redirect":"/v2/bookings/u1"})");
  CHECK(Get().status == 302);
  CHECK(api.Requests().size() == 1);
}

TEST_CASE_FIXTURE(Calcom, "dots in a path stay") {
  CHECK(Get("/v2/a/../bookings/u1").status == 404);
}

TEST_CASE_FIXTURE(Calcom, "more than an answer may have") {
  SUBCASE("it says so") {
    api.Script(R"({"too_large":1048577})");
  }
  SUBCASE("much more") {
    api.Script(R"({"too_large":50000000})");
  }
  CHECK(Get().end == FetchEnd::kTooLarge);
  api.EndTrouble();
  CHECK(Get().status == 200);
}

TEST_CASE_FIXTURE(Calcom, "connections that break") {
  api.Script(R"({"times":1,"drop":"amid"})");
  CHECK(Get().end == FetchEnd::kBroken);
  CHECK(Get().status == 200);
  // One that breaks before an answer has begun, on a connection that was kept, is asked once more
  // by libcurl itself; so it has to break twice.
  api.Script(R"({"times":5,"drop":"before"})");
  CHECK(Get().end == FetchEnd::kBroken);
}

TEST_CASE_FIXTURE(Calcom, "how long the API asks not to be asked") {
  api.Script(R"({"times":1,"status":429,"headers":{"retry-after":"17"}})");
  CHECK(Get().retry_after == std::chrono::seconds(17));
  api.Script(R"({"times":1,"status":429,"headers":{"x-ratelimit-reset":"60"}})");
  CHECK(Get().retry_after == std::chrono::seconds(60));
  api.Script(R"({"times":1,"status":429,"headers":{"x-ratelimit-reset":"1800000000"}})");
  CHECK_FALSE(Get().retry_after);
  CHECK_FALSE(Get().retry_after);
}

TEST_CASE_FIXTURE(Calcom, "an answer that comes after the deadline is none") {
  api.Script(R"({"times":1,"slow":60000})");
  FetchRequest request = RequestTo(api, "/v2/bookings/u1");
  request.deadline = std::chrono::steady_clock::now() + std::chrono::milliseconds(100);
  CHECK(Fetch(fetcher, std::move(request)).end == FetchEnd::kLate);
}

TEST_CASE_FIXTURE(Calcom, "an address of this machine is asked only if the operator named it") {
  FetchRequest request = RequestTo(api, "/v2/bookings/u1");
  request.address_is_ours = false;
  CHECK(Fetch(fetcher, std::move(request)).end == FetchEnd::kBroken);
  CHECK(api.Requests().empty());
}

}  // namespace
}  // namespace bookgate::tests
