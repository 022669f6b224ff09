// What an API may do instead of answering: each ends in the rows that it would have ended in, or in
// a dead letter that says why.
#include <chrono>
#include <string>

#include "integration/lookups/lookups_fixture.hpp"

namespace bookgate::tests {
namespace {

/// The delivery was held, and becomes the same rows as if nothing had been.
void CheckFinishes(const LookupGateway& running) {
  REQUIRE(Eventually([&] { return running.Outcome() == "stored" && running.Unfinished() == 0; }));
  CHECK(AppointmentRows(running.database) == kSquareRows);
  CHECK(running.Reason() == "NULL");
}

TEST_CASE("while Square's API is down a booking is held; once it is back it is stored") {
  LookupGateway running;
  running.api.Stop();
  const HttpReply reply = running.Post(SquareBody());
  REQUIRE(reply.status == 202);
  const json::Document answer = ParseJson(reply.body);
  CHECK(answer.root()["held"].Bool() == true);
  CHECK(answer.root()["reason"].Text() == "lookup_pending");
  // It is asked for again and again meanwhile.
  REQUIRE(
      Eventually([&] { return running.database.Number("SELECT Attempts FROM deliveries") >= 3; }));
  CHECK(running.Outcome() == "held");
  CHECK(running.Reason() == "Square's API could not be reached; it is asked again.");
  CHECK(running.database.Number("SELECT COUNT(*) FROM appointments") == 0);
  running.api.Start();
  running.api.SetToken(kToken);
  FillSquare(running.api);
  CheckFinishes(running);
}

TEST_CASE("trouble that passes") {
  const LookupGateway running;
  SUBCASE("an error of the API's") {
    running.api.Script(R"({"times":3,"path":"/v2/customers","status":500})");
  }
  SUBCASE("connections that break before the answer") {
    running.api.Script(R"({"times":3,"path":"/v2/customers","drop":"before"})");
  }
  SUBCASE("connections that break amid the answer") {
    running.api.Script(R"({"times":3,"path":"/v2/customers","drop":"amid"})");
  }
  SUBCASE("a page of some proxy's") {
    running.api.Script(R"({"times":3,"path":"/v2/customers","wrong_json":"<html>down</html>"})");
  }
  SUBCASE("JSON that is cut off") {
    running.api.Script(R"({"times":3,"path":"/v2/customers","wrong_json":"{\"customer\":{"})");
  }
  REQUIRE(running.Post(SquareBody()).status == 202);
  CheckFinishes(running);
}

TEST_CASE("an answer that is slow, but comes while the sender waits") {
  const LookupGateway running;
  running.api.Script(R"({"path":"/v2/customers","slow":300})");
  CHECK(running.Post(SquareBody()).status == 200);
  CHECK(AppointmentRows(running.database) == kSquareRows);
}

TEST_CASE("an answer that is too slow for the sender, but not for the gateway") {
  const LookupGateway running(kSquare, Hasty({{"lookups.timeout", "\"20s\""}}));
  running.api.Script(R"({"path":"/v2/customers","slow":3000})");
  CHECK(running.Post(SquareBody()).status == 202);
  CheckFinishes(running);
}

TEST_CASE("an API that never answers is given up on, one request at a time") {
  const LookupGateway running(kSquare, Hasty({{"lookups.timeout", "\"200ms\""}}));
  running.api.Script(R"({"times":4,"path":"/v2/customers","silent":true})");
  CHECK(running.Post(SquareBody()).status == 202);
  CheckFinishes(running);
}

TEST_CASE("Retry-After is waited for") {
  const LookupGateway running;
  running.api.Script(
      R"({"times":1,"path":"/v2/customers","status":429,"headers":{"retry-after":"3600"}})");
  REQUIRE(running.Post(SquareBody()).status == 202);
  CHECK(running.database.Number("SELECT NextAttemptAt > UTC_TIMESTAMP() + INTERVAL 55 MINUTE FROM "
                                "unfinished_deliveries") == 1);
  CHECK(running.Reason() ==
        "Square's API says that it is asked too often (429); it is asked again.");
  // An hour later, the API is asked once more.
  running.database.Execute("UPDATE unfinished_deliveries SET NextAttemptAt = UTC_TIMESTAMP()");
  CheckFinishes(running);
}

TEST_CASE("a detail that is not to be had now keeps no booking waiting, and is filled in") {
  const LookupGateway running;
  running.api.Script(R"({"times":3,"path":"/v2/catalog","status":503})");
  REQUIRE(running.Post(SquareBody()).status == 200);
  CHECK(running.database.Text("SELECT HostName, AppointmentType FROM appointments")
            .starts_with("Sam Stylist | "));
  REQUIRE(Eventually([&] { return running.Unfinished() == 0; }));
  CHECK(AppointmentRows(running.database) == kSquareRows);
}

TEST_CASE("a wrong token makes a dead letter that says so; a replay with a right one stores it") {
  const LookupGateway running;
  running.api.SetToken("another");
  REQUIRE(running.Post(SquareBody()).status == 202);
  REQUIRE(running.BecomesOutcome("dead"));
  CHECK(running.Reason() ==
        "Square refused the token: 401; set a new one. Then replay this delivery.");
  CHECK(running.Unfinished() == 0);
  CHECK(running.database.Number("SELECT COUNT(*) FROM appointments") == 0);
  SUBCASE("with the wrong one still") {
    running.Replay();
    REQUIRE(Eventually([&] { return running.Unfinished() == 0; }));
    CHECK(running.Outcome() == "dead");
  }
  SUBCASE("with the right one") {
    running.SetToken("another");
    running.Replay();
    CheckFinishes(running);
  }
}

TEST_CASE("a delivery that comes before its token waits, and goes on by itself once it is set") {
  // Nobody waits for the next attempt by itself.
  const LookupGateway running(
      kSquare, {{"lookups.first_retry", "\"1h\""}, {"lookups.longest_retry", "\"1h\""}}, "");
  REQUIRE(running.Post(SquareBody()).status == 202);
  REQUIRE(Eventually([&] {
    return running.Reason() ==
           "No token for Square is set; set one, and this delivery goes on by itself.";
  }));
  CHECK(running.Outcome() == "held");
  CHECK(running.api.Requests().empty());
  running.api.SetToken("right-token");
  running.SetToken("right-token");
  CheckFinishes(running);
}

TEST_CASE("a token that was set a moment ago is the one that counts") {
  const LookupGateway running(kSquare, Hasty({}), "");
  running.SetToken("right-token");
  running.api.SetToken("right-token");
  // The gateway may not know of it yet; the delivery must not suffer.
  REQUIRE(running.Post(SquareBody()).status <= 202);
  CheckFinishes(running);
}

TEST_CASE("a token without the right to read customers") {
  const LookupGateway running;
  running.api.Script(R"({"path":"/v2/customers","status":403})");
  REQUIRE(running.Post(SquareBody()).status == 202);
  REQUIRE(running.BecomesOutcome("dead"));
  CHECK(running.Reason() ==
        "Square refused the token: 403; set one with the rights that this look-up "
        "needs. Then replay this delivery.");
  // The plugin knows which one.
  CHECK(running.database.Text("SELECT Problems FROM deliveries").find("CUSTOMERS_READ") !=
        std::string::npos);
}

TEST_CASE("what no second try would change is a dead letter at once") {
  const LookupGateway running;
  SUBCASE("there is no such customer") {
    running.api.Delete("customers", "CUSTOMER1");
    REQUIRE(running.Post(SquareBody()).status == 202);
    CHECK(running.Reason() == "The customer is not known: Square's API answered with status 404");
  }
  SUBCASE("the customer has neither address nor number") {
    running.api.Put("customers", "CUSTOMER1", R"({"given_name":"Jane"})");
    REQUIRE(running.Post(SquareBody()).status == 202);
    CHECK(running.Reason().find("neither an email address nor a phone number") !=
          std::string::npos);
  }
  SUBCASE("the answer is larger than any customer") {
    running.api.Script(R"({"path":"/v2/customers","too_large":1100000})");
    REQUIRE(running.Post(SquareBody()).status == 202);
    CHECK(running.Reason() == "Square's API answered with more than this gateway takes.");
  }
  SUBCASE("the API sends us elsewhere") {
    running.api.Script(R"({"path":"/v2/customers","redirect":"http://127.0.0.1:1/stolen"})");
    REQUIRE(running.Post(SquareBody()).status == 202);
    CHECK(running.Reason() == "The customer is not known: Square's API answered with status 302");
  }
  CHECK(running.Outcome() == "dead");
  CHECK(running.Unfinished() == 0);
}

TEST_CASE("what waits too long is given up, and says why") {
  const LookupGateway running(kSquare, Hasty({{"lookups.give_up_after", "\"1s\""}}));
  running.api.Script(R"({"path":"/v2/customers","status":503})");
  REQUIRE(running.Post(SquareBody()).status == 202);
  REQUIRE(running.BecomesOutcome("dead"));
  CHECK(running.Reason() == "Given up after 1s: Square's API answered with status 503.");
  CHECK(running.Unfinished() == 0);
  // Once the API is back, a replay is all it takes.
  running.api.EndTrouble();
  running.Replay();
  CheckFinishes(running);
}

TEST_CASE("a replay takes nothing away that was looked up before") {
  const LookupGateway running;
  REQUIRE(running.Post(SquareBody()).status == 200);
  REQUIRE(AppointmentRows(running.database) == kSquareRows);
  SUBCASE("the API tells the same") {
    running.Replay();
  }
  SUBCASE("a detail is gone") {
    running.api.Delete("catalog", "SERVICE1");
    running.api.Script(R"({"path":"/v2/catalog","status":403})");
    running.Replay();
  }
  SUBCASE("the token is wrong by now") {
    running.api.SetToken("another");
    running.Replay();
  }
  REQUIRE(Eventually([&] { return running.Unfinished() == 0; }));
  CHECK(AppointmentRows(running.database) == kSquareRows);
  CHECK(running.Outcome() == "stored");
}

TEST_CASE("one provider's outage is no other one's") {
  const FakeApi acuity("acuity");
  acuity.Put("appointments", "777", R"({"firstName":"Bob","email":"bob@example.com",
      "datetime":"2026-07-02T10:15:00-0700","appointmentTypeID":1})");
  const LookupGateway running(kSquare, Hasty(KeysOf(acuity, kAcuity.name, kAcuity.host)));
  REQUIRE(running.gateway.Command({"credential", "set", running.org.id, "acuity"}, kToken)
              .exit_status == 0);
  running.api.Script(R"({"silent":true})");
  for (int i = 0; i < 3; ++i) CHECK(running.Post(SquareBooking(i, i)).status == 202);
  WebhookOptions options;
  options.provider = "acuity";
  options.headers = {"Content-Type: application/x-www-form-urlencoded"};
  CHECK(running.Post("action=scheduled&id=777", options).status == 200);
}

}  // namespace
}  // namespace bookgate::tests
