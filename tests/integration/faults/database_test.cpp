// The database goes away under load: killed, stopped, or cutting connections in the middle of a
// COMMIT. Senders are told to come back, never left waiting or cut off, and the gateway recovers
// without being touched. Nothing that was acknowledged is lost or there twice.
#include <doctest/doctest.h>

#include <algorithm>
#include <stdexcept>
#include <string>

#include "integration/faults/faults.hpp"

namespace bookgate::tests {
namespace {

/// Every request was answered, with 200 or with 503 and when to come back.
void CheckAllAnswered(const LoadReport& report) {
  for (const auto& counted : report.statuses) {
    CAPTURE(counted.second);
    CHECK((counted.first == 200 || counted.first == 503));
  }
  CHECK(report.without_retry_after == 0);
  CHECK(report.not_connected == 0);
  CHECK(report.not_sent == 0);
  CHECK(report.not_answered.empty());
}

/// Every booking was sent once, so each acknowledged one was made by what acknowledged it.
void CheckAllCreated(const LoadReport& report) {
  CHECK(std::all_of(report.acknowledged.begin(), report.acknowledged.end(),
                    [](const Acknowledged& acknowledged) { return acknowledged.created; }));
}

/// Ends every connection to that database, whatever it is at.
void CutConnections(const TestDatabase& database) {
  for (const std::vector<std::string>& row :
       database.Rows("SELECT ID FROM information_schema.PROCESSLIST "
                     "WHERE DB = DATABASE() AND ID <> CONNECTION_ID()")) {
    try {
      database.Execute("KILL " + row[0]);
    } catch (const std::runtime_error&) {
      // It has ended by itself meanwhile.
    }
  }
}

TEST_CASE("the database is away for a while: 503, then 200 again") {
  MariaDbServer& server = DurableMariaDb();
  const TestDatabase database(server);
  TestGateway gateway(database);
  const TestOrg org = gateway.MakeOrg();
  gateway.Start();
  BookingLoad load(gateway.port(), org, "away");
  REQUIRE(GetsMore(load, 200));
  SUBCASE("killed with SIGKILL") {
    server.Kill();
  }
  SUBCASE("stopped in good order") {
    server.Stop();
  }
  CHECK(GetsMore(load, 503));
  CHECK(Eventually([&] { return gateway.GetOps("/readyz").status == 503; }));
  CHECK(ParseJson(gateway.GetOps("/readyz").body).root()["database"].Text() == "down");
  CHECK(gateway.GetOps("/healthz").status == 200);

  server.Start();
  CHECK(GetsMore(load, 200));
  CHECK(Eventually([&] { return gateway.GetOps("/readyz").status == 200; }));
  // The operator is told once of each.
  CHECK(Eventually([&] { return gateway.CountLogged("database_up") == 1; }));
  CHECK(gateway.CountLogged("database_down") == 1);
  const LoadReport report = load.Finish();
  CheckAllAnswered(report);
  CheckAllCreated(report);
  CheckExactlyOnce(database, report);
}

TEST_CASE("connections that are cut again and again cost nobody a booking") {
  const TestDatabase database(DurableMariaDb());
  TestGateway gateway(database);
  const TestOrg org = gateway.MakeOrg();
  gateway.Start();
  BookingLoad load(gateway.port(), org, "cut");
  for (int i = 0; i < 20; ++i) {
    CutConnections(database);
    REQUIRE(GetsMore(load, 200, 20));
  }
  const LoadReport report = load.Finish();
  CheckAllAnswered(report);
  CheckAllCreated(report);
  CheckExactlyOnce(database, report);
}

TEST_CASE("a gateway that starts while the database is away serves as soon as it is there") {
  MariaDbServer& server = DurableMariaDb();
  const TestDatabase database(server);
  TestGateway gateway(database);
  const TestOrg org = gateway.MakeOrg();
  server.Kill();
  gateway.StartWithoutDatabase();
  const std::string body = R"({"customer_email":"ann@example.com","external_id":"1"})";
  const HttpReply away = gateway.Post(org, body);
  CHECK(away.status == 503);
  CHECK(away.headers.count("retry-after") == 1);
  CHECK(ParseJson(away.body).root()["type"].Text() == "urn:bookgate:problem:unavailable");
  // Nobody can say yet that an org does not exist.
  CHECK(gateway.Post({"abcdefgh01234567", org.secret}, body).status == 503);
  CHECK(gateway.Get("/readyz").status == 503);
  CHECK(gateway.Get("/healthz").status == 200);
  server.Start();
  CHECK(Eventually([&] { return gateway.Post(org, body).status == 200; }));
  CHECK(gateway.Post({"abcdefgh01234567", org.secret}, body).status == 404);
  CHECK(database.Number("SELECT COUNT(*) FROM appointments") == 1);
  CHECK(gateway.Stop() == 0);
  CHECK(gateway.CountLogged("database_down") == 1);
  CHECK(gateway.CountLogged("database_up") == 1);
}

TEST_CASE("a gateway stops in time while the database is away") {
  MariaDbServer& server = DurableMariaDb();
  const TestDatabase database(server);
  TestGateway gateway(database);
  const TestOrg org = gateway.MakeOrg();
  gateway.Start();
  BookingLoad load(gateway.port(), org, "stop");
  REQUIRE(GetsMore(load, 200));
  server.Kill();
  REQUIRE(GetsMore(load, 503, 20));
  CHECK(gateway.Stop(std::chrono::seconds(10)) == 0);
  const LoadReport report = load.Finish();
  CHECK(report.not_sent == 0);
  CHECK(report.not_answered.empty());
  server.Start();
  CheckExactlyOnce(database, report);
}

}  // namespace
}  // namespace bookgate::tests
