// Budgets: of what an org may send, and of how often an address may fail to prove who it is.
#include <doctest/doctest.h>

#include <charconv>
#include <string>

#include "support/test_gateway.hpp"

namespace bookgate::tests {
namespace {

std::string Body(int id) {
  return R"({"customer_email":"ann@example.com","external_id":)" + std::to_string(id) + "}";
}

void CheckTooMany(const HttpReply& reply) {
  CHECK(reply.status == 429);
  CHECK(ParseJson(reply.body).root()["type"].Text() == "urn:bookgate:problem:too_many_requests");
  const std::string after =
      reply.headers.count("retry-after") ? reply.headers.at("retry-after") : "";
  int seconds = 0;
  std::from_chars(after.data(), after.data() + after.size(), seconds);
  CHECK(seconds >= 1);
}

HttpReply PostFrom(const RunningGateway& running, const std::string& address,
                   const std::string& secret) {
  WebhookOptions options;
  options.headers.push_back("X-Forwarded-For: " + address);
  return running.gateway.Post({running.org.id, secret}, Body(1), options);
}

TEST_CASE("an org that sends too much is told when to come back, and others are not slowed down") {
  // A budget that does not fill up again while the test runs.
  RunningGateway running(
      ConfigKeys{{"limits.org_burst", "3"}, {"limits.org_requests_per_second", "0.01"}});
  const TestOrg other = running.gateway.MakeOrg("Other shop");
  for (int i = 0; i < 3; ++i) CHECK(running.Post(Body(i)).status == 200);
  CheckTooMany(running.Post(Body(3)));
  CheckTooMany(running.Post(Body(0)));
  CHECK(running.database.Number("SELECT COUNT(*) FROM deliveries") == 3);
  CHECK(Eventually([&] { return running.gateway.Post(other, Body(4)).status == 200; }));
}

TEST_CASE("who fails too often is told so, but the right secret always gets through") {
  const RunningGateway running(ConfigKeys{{"limits.auth_failures_per_minute", "2"}});
  WebhookOptions without;
  without.bearer = false;
  CHECK(running.Post(Body(1), without).status == 401);
  CHECK(running.gateway.Post({running.org.id, "bgs_wrong"}, Body(1)).status == 401);
  CheckTooMany(running.Post(Body(1), without));
  CHECK(running.Post(Body(1)).status == 200);
}

TEST_CASE("addresses are told apart behind a trusted proxy") {
  const RunningGateway running(
      {{"limits.auth_failures_per_minute", "1"}, {"server.trusted_proxies", "[\"127.0.0.0/8\"]"}});
  CHECK(PostFrom(running, "192.0.2.1", "wrong").status == 401);
  CHECK(PostFrom(running, "192.0.2.1", "wrong").status == 429);
  CHECK(PostFrom(running, "192.0.2.2", "wrong").status == 401);
  // What the client itself says of an address does not count.
  CHECK(PostFrom(running, "198.51.100.7, 192.0.2.1", "wrong").status == 429);
}

TEST_CASE("who is no trusted proxy cannot hide behind X-Forwarded-For") {
  const RunningGateway running(ConfigKeys{{"limits.auth_failures_per_minute", "1"}});
  CHECK(PostFrom(running, "192.0.2.1", "wrong").status == 401);
  CHECK(PostFrom(running, "192.0.2.2", "wrong").status == 429);
}

}  // namespace
}  // namespace bookgate::tests
