// What is held is finished whatever becomes of the gateway that held it, and by no two of them.
#include <signal.h>

#include <chrono>
#include <string>
#include <thread>

#include "integration/lookups/lookups_fixture.hpp"

namespace bookgate::tests {
namespace {

TEST_CASE("a held delivery outlives kill -9") {
  LookupGateway running;
  running.api.Script(R"({"status":503})");
  REQUIRE(running.Post(SquareBody()).status == 202);
  running.gateway.Kill();
  running.api.EndTrouble();
  running.gateway.Start();
  REQUIRE(running.BecomesOutcome("stored"));
  CHECK(AppointmentRows(running.database) == kSquareRows);
}

TEST_CASE("details that are still to be looked up outlive kill -9, too") {
  LookupGateway running(kCalendly);
  running.api.Script(R"({"status":503})");
  REQUIRE(running.Post(CalendlyOldShape()).status == 200);
  running.gateway.Kill();
  CHECK(running.Unfinished() == 1);
  running.api.EndTrouble();
  running.api.Put("scheduled_events", "event1",
                  R"({"name":"Meeting","start_time":"2026-05-20T14:00:00.000000Z"})");
  running.gateway.Start();
  REQUIRE(Eventually([&] { return running.Unfinished() == 0; }));
  CHECK(running.database.Text("SELECT StartTime FROM appointments") == "2026-05-20 14:00:00.000");
}

TEST_CASE("SIGTERM abandons look-ups that are under way, and what they were for stays held") {
  LookupGateway running(kSquare, Hasty({{"lookups.timeout", "\"60s\""}}));
  running.api.Script(R"({"path":"/v2/customers","silent":true})");
  REQUIRE(running.Post(SquareBody()).status == 202);
  running.api.ForgetRequests();
  // The finisher waits for an answer now.
  REQUIRE(Eventually([&] { return running.api.CountRequests("/v2/customers") == 1; }));
  const auto start = std::chrono::steady_clock::now();
  CHECK(running.gateway.Stop(std::chrono::seconds(10)) == 0);
  CHECK(std::chrono::steady_clock::now() - start < std::chrono::seconds(10));
  CHECK(running.Outcome() == "held");
  // It was let go of: the next gateway need not wait for a lease to end.
  CHECK(running.database.Number("SELECT NextAttemptAt <= UTC_TIMESTAMP(3) FROM "
                                "unfinished_deliveries") == 1);
  running.api.EndTrouble();
  running.gateway.Start();
  REQUIRE(running.BecomesOutcome("stored"));
}

TEST_CASE("a sender that waits when SIGTERM comes is answered all the same") {
  LookupGateway running;
  running.api.Script(R"({"path":"/v2/customers","silent":true})");
  HttpReply reply;
  std::thread sender([&] { reply = running.Post(SquareBody()); });
  CHECK(Eventually([&] { return running.api.CountRequests("/v2/customers") == 1; }));
  running.gateway.Signal(SIGTERM);
  sender.join();
  CHECK(reply.status == 202);
  CHECK(running.gateway.Stop() == 0);
  CHECK(running.Outcome() == "held");
}

TEST_CASE("gateways share what is held, and finish each of it once") {
  constexpr int kDeliveries = 60;
  LookupGateway running;
  for (int i = 0; i < kDeliveries; ++i) {
    running.api.Put("customers", "C" + std::to_string(i),
                    R"({"email_address":"c)" + std::to_string(i) + R"(@example.com"})");
  }
  running.api.Script(R"({"status":503})");
  for (int i = 0; i < kDeliveries; ++i) REQUIRE(running.Post(SquareBooking(i, i)).status == 202);
  running.gateway.Kill();
  running.api.EndTrouble();
  running.api.ForgetRequests();
  // Whatever the first gateway had taken when it died is let go of, so that nobody waits for it.
  running.database.Execute("UPDATE unfinished_deliveries SET NextAttemptAt = UTC_TIMESTAMP()");
  TestGateway second(running.database,
                     LookupGateway::Merged(Hasty({}), running.api, running.provider));
  running.gateway.Start();
  second.Start();
  REQUIRE(Eventually([&] { return running.Unfinished() == 0; }));
  CHECK(running.database.Number("SELECT COUNT(*) FROM appointments") == kDeliveries);
  CHECK(running.database.Number("SELECT COUNT(*) FROM deliveries WHERE Outcome = 'stored'") ==
        kDeliveries);
  CHECK(running.api.CountRequests("/v2/customers") == kDeliveries);
}

}  // namespace
}  // namespace bookgate::tests
