// The gateway is killed, stopped, told of another configuration, or not alone, while bookings come
// in. Nothing that was acknowledged is lost or there twice, and who stops in good order cuts nobody
// off.
#include <doctest/doctest.h>
#include <signal.h>

#include <algorithm>
#include <map>
#include <string>

#include "integration/faults/faults.hpp"

namespace bookgate::tests {
namespace {

TEST_CASE("kill -9 under load: what was acknowledged is there after the next start") {
  const TestDatabase database(DurableMariaDb());
  TestGateway gateway(database);
  const TestOrg org = gateway.MakeOrg();
  gateway.Start();
  BookingLoad load(gateway.port(), org, "kill");
  for (int i = 0; i < 3; ++i) {
    REQUIRE(GetsMore(load, 200));
    gateway.Kill();
    gateway.Start();
    load.SetPort(gateway.port());
  }
  REQUIRE(GetsMore(load, 200));
  const LoadReport report = load.Finish();
  CHECK(report.statuses.size() == 1);
  CheckExactlyOnce(database, report);

  // Of those that got no answer nobody knows: sending them again is right either way.
  CHECK_FALSE(report.not_answered.empty());
  for (const std::string& id : report.not_answered) {
    const HttpReply again = gateway.Post(org, BookingLoad::Body(id, 0));
    REQUIRE(again.status == 200);
    CHECK(database.Number("SELECT COUNT(*) FROM appointments WHERE ExternalID = '" + id + "'") ==
          1);
  }
  CheckExactlyOnce(database, report);
}

void CheckStopsWithoutCuttingOff(BookingLoad::Connections connections) {
  const TestDatabase database(DurableMariaDb());
  TestGateway gateway(database);
  const TestOrg org = gateway.MakeOrg();
  gateway.Start();
  BookingLoad load(gateway.port(), org, "term", connections);
  REQUIRE(GetsMore(load, 200));
  CHECK(gateway.Stop(std::chrono::seconds(10)) == 0);
  CHECK(Eventually([&] { return load.CountNotConnected() > 0; }));
  const LoadReport report = load.Finish();
  CHECK(report.not_answered.empty());
  CHECK(report.not_sent == 0);
  CHECK(report.statuses.size() == 1);
  CheckExactlyOnce(database, report);
  // Everything that was written was acknowledged, too.
  CHECK(database.Number("SELECT COUNT(*) FROM appointments") ==
        static_cast<std::int64_t>(report.acknowledged.size()));
}

TEST_CASE("SIGTERM under load: every request that was sent is answered") {
  SUBCASE("over connections that are kept") {
    CheckStopsWithoutCuttingOff(BookingLoad::Connections::kKept);
  }
  SUBCASE("over a connection each") {
    CheckStopsWithoutCuttingOff(BookingLoad::Connections::kOneEach);
  }
}

TEST_CASE("SIGTERM and SIGINT end a gateway that has nothing to do") {
  const TestDatabase database(DurableMariaDb());
  TestGateway gateway(database);
  for (const int signal : {SIGTERM, SIGINT}) {
    gateway.Start();
    gateway.Signal(signal);
    CHECK(gateway.Wait(std::chrono::seconds(10)) == 0);
  }
}

TEST_CASE("SIGHUP under load takes over a right configuration and drops no request") {
  const TestDatabase database(DurableMariaDb());
  TestGateway gateway(database);
  const TestOrg org = gateway.MakeOrg();
  gateway.Start();
  BookingLoad load(gateway.port(), org, "hup");
  REQUIRE(GetsMore(load, 200));
  for (std::size_t i = 1; i <= 3; ++i) {
    gateway.SetKey("limits.org_burst", std::to_string(10'000 + i));
    gateway.Signal(SIGHUP);
    CHECK(Eventually([&] { return gateway.CountLogged("reloaded") == i; }));
    REQUIRE(GetsMore(load, 200, 50));
  }
  CHECK(load.Count(429) == 0);
  // And the new limits hold.
  gateway.SetKey("limits.org_burst", "1");
  gateway.SetKey("limits.org_requests_per_second", "0.01");
  gateway.Signal(SIGHUP);
  CHECK(GetsMore(load, 429, 20));
  gateway.SetKey("limits.org_requests_per_second", "1000000");
  gateway.SetKey("limits.org_burst", "1000000");
  gateway.Signal(SIGHUP);
  CHECK(GetsMore(load, 200));
  const LoadReport report = load.Finish();
  CHECK(report.not_answered.empty());
  CHECK(report.not_sent == 0);
  CHECK(report.not_connected == 0);
  CHECK(report.without_retry_after == 0);
  CheckExactlyOnce(database, report);
}

TEST_CASE("SIGHUP with a wrong configuration leaves everything as it was and says why") {
  const TestDatabase database(DurableMariaDb());
  TestGateway gateway(database);
  const TestOrg org = gateway.MakeOrg();
  gateway.Start();
  BookingLoad load(gateway.port(), org, "bad");
  REQUIRE(GetsMore(load, 200));
  gateway.SetKey("limits.org_burst", "1");
  SUBCASE("a key that there is not") {
    gateway.SetKey("limits.org_bursts", "1");
  }
  SUBCASE("a plugin that does not load") {
    gateway.SetKey("plugins.generic.library", "\"libbookgate-calcom.so\"");
  }
  gateway.Signal(SIGHUP);
  CHECK(Eventually([&] { return gateway.CountLogged("reload_refused") >= 1; }));
  CHECK(GetsMore(load, 200));
  CHECK(gateway.CountLogged("reloaded") == 0);
  const LoadReport report = load.Finish();
  CHECK(report.statuses.size() == 1);
  CHECK(report.not_answered.empty());
  CheckExactlyOnce(database, report);
}

TEST_CASE("SIGHUP enables and disables plugins") {
  const TestDatabase database(DurableMariaDb());
  TestGateway gateway(database, {{"plugins.calcom.enabled", "false"}});
  const TestOrg org = gateway.MakeOrg();
  gateway.Start();
  WebhookOptions options;
  options.provider = "calcom";
  const std::string ping = R"({"triggerEvent":"PING"})";
  CHECK(gateway.Post(org, ping, options).status == 404);
  gateway.SetKey("plugins.calcom.enabled", "true");
  gateway.Signal(SIGHUP);
  CHECK(Eventually([&] { return gateway.Post(org, ping, options).status == 200; }));
  gateway.SetKey("plugins.calcom.enabled", "false");
  gateway.Signal(SIGHUP);
  CHECK(Eventually([&] { return gateway.Post(org, ping, options).status == 404; }));
}

TEST_CASE("two gateways on one database: the same bookings at both are there once") {
  const TestDatabase database(DurableMariaDb());
  TestGateway first(database);
  const TestOrg org = first.MakeOrg();
  TestGateway second(database);
  first.Start();
  second.Start();
  BookingLoad at_first(first.port(), org, "both");
  BookingLoad at_second(second.port(), org, "both");
  REQUIRE(GetsMore(at_first, 200, 2 * kSome));
  REQUIRE(GetsMore(at_second, 200, 2 * kSome));
  const LoadReport one = at_first.Finish();
  const LoadReport other = at_second.Finish();
  std::map<std::string, int> created;
  for (const LoadReport* report : {&one, &other}) {
    CHECK(report->statuses.size() == 1);
    CHECK(report->not_answered.empty());
    CheckExactlyOnce(database, *report);
    for (const Acknowledged& acknowledged : report->acknowledged) {
      created[acknowledged.external_id] += acknowledged.created ? 1 : 0;
    }
  }
  CHECK(created.size() < one.acknowledged.size() + other.acknowledged.size());
  CHECK(std::all_of(created.begin(), created.end(),
                    [](const auto& booking) { return booking.second == 1; }));
  CHECK(first.Stop() == 0);
  CHECK(second.Stop() == 0);
}

TEST_CASE("a secret made through one gateway's configuration works at another within a second") {
  const TestDatabase database(DurableMariaDb());
  TestGateway first(database);
  TestGateway second(database);
  first.Start();
  second.Start();
  const TestOrg org = first.MakeOrg();
  for (const TestGateway* gateway : {&first, &second}) {
    CHECK(Eventually([&] { return gateway->Post(org, R"({"type":"ping"})").status == 200; },
                     std::chrono::seconds(5)));
  }
}

}  // namespace
}  // namespace bookgate::tests
