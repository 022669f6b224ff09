// What each provider's webhooks lack, asked for at its API: the requests that it gets, and the rows
// that come of its answers.
#include <map>
#include <set>
#include <string>
#include <vector>

#include "integration/lookups/lookups_fixture.hpp"

namespace bookgate::tests {
namespace {

TEST_CASE("Square's customer, service, host and place are looked up while Square waits") {
  const LookupGateway running;
  const HttpReply reply = running.Post(SquareBody());
  REQUIRE(reply.status == 200);
  CHECK(ParseJson(reply.body).root()["created"].Bool() == true);
  CHECK(AppointmentRows(running.database) == kSquareRows);
  CHECK(running.database.Text("SELECT Outcome, Reason, Attempts FROM deliveries") ==
        "stored | NULL | 1");
  CHECK(running.Unfinished() == 0);

  const std::vector<ApiRequest> requests = running.api.Requests();
  CHECK(requests.size() == 4);
  for (const ApiRequest& request : requests) {
    CHECK(request.method == "GET");
    CHECK(request.headers.at("authorization") == "Bearer right-token");
    CHECK(request.headers.at("square-version") == "2025-08-20");
    CHECK(request.headers.at("accept") == "application/json");
    CHECK(request.headers.at("user-agent").starts_with("Bookgate/"));
  }
  CHECK(running.api.CountRequests("/v2/customers/CUSTOMER1") == 1);
  CHECK(running.api.CountRequests("/v2/catalog/object/SERVICE1") == 1);
  CHECK(running.api.CountRequests("/v2/bookings/team-member-booking-profiles/TMember1") == 1);
  CHECK(running.api.CountRequests("/v2/locations/LOCATION1") == 1);
}

TEST_CASE("where the token may not read Square's booking profiles, the team member is asked for") {
  const LookupGateway running;
  running.api.Put(
      "team-members", "TMember1",
      R"({"given_name":"Sam","family_name":"Stylist","email_address":"sam@shop.example"})");
  running.api.Script(R"({"path":"/v2/bookings/team-member","status":403})");
  REQUIRE(running.Post(SquareBody()).status == 200);
  CHECK(running.database.Text("SELECT HostName, HostEmail FROM appointments") ==
        "Sam Stylist | sam@shop.example");
}

TEST_CASE("connections to an API are kept for the next request") {
  const LookupGateway running;
  for (int i = 0; i < 5; ++i) REQUIRE(running.Post(SquareBooking(i, i)).status < 300);
  running.api.ForgetRequests();
  running.api.Put("customers", "C9", R"({"email_address":"nine@example.com"})");
  REQUIRE(running.Post(SquareBooking(9, 9)).status == 200);
  std::set<std::int64_t> before;
  for (const ApiRequest& request : running.api.Requests()) before.insert(request.connection);
  running.api.ForgetRequests();
  REQUIRE(running.Post(SquareBooking(10, 9)).status == 200);
  for (const ApiRequest& request : running.api.Requests()) {
    CHECK(before.contains(request.connection));
  }
}

/// The appointment that every case of Acuity begins with.
constexpr const char* kAcuityAppointment = R"({"firstName":"Bob","lastName":"McTest",
    "email":"bob@example.com","phone":"1231231234","datetime":"2026-07-02T10:15:00-0700",
    "duration":"60","type":"Regular Visit","appointmentTypeID":1,"calendar":"Room 2",
    "calendarID":2,"location":"Main Street","timezone":"America/New_York","canceled":false,
    "forms":[{"id":1,"name":"Intake","values":[{"id":1,"fieldID":1,"name":"Allergies?",
    "value":"None"}]}],
    "pastForms":[{"id":2,"name":"Old","values":[{"id":2,"fieldID":2,"name":"Old?",
    "value":"Yes"}]}]})";

WebhookOptions AcuityForm() {
  WebhookOptions options;
  options.provider = "acuity";
  options.headers = {"Content-Type: application/x-www-form-urlencoded"};
  return options;
}

TEST_CASE("Acuity's appointment is looked up with its forms") {
  const LookupGateway running(kAcuity, Hasty({}), "12345:key");
  running.api.Put("appointments", "777", kAcuityAppointment);
  const HttpReply reply =
      running.Post("action=scheduled&id=777&calendarID=2&appointmentTypeID=1", AcuityForm());
  REQUIRE(reply.status == 200);
  CHECK(running.database.Text(
            "SELECT c.Name, c.Email, c.Phone, a.ExternalID, a.AppointmentType, a.HostName, "
            "a.StartTime, a.DurationMinutes, a.Location, a.TimeZone, a.Answers FROM appointments a "
            "JOIN contacts c USING (OrgID, ContactID)") ==
        "Bob McTest | bob@example.com | 1231231234 | 777 | Regular Visit | Room 2 | "
        "2026-07-02 17:15:00.000 | 60 | Main Street | America/New_York | "
        "[{\"question\":\"Allergies?\",\"answer\":\"None\"}]");
  const std::vector<ApiRequest> requests = running.api.Requests();
  REQUIRE(requests.size() == 1);
  CHECK(requests[0].path == "/api/v1/appointments/777");
  CHECK(requests[0].query == std::map<std::string, std::string>{{"pastFormAnswers", "false"}});
  // user:key in base64.
  CHECK(requests[0].headers.at("authorization") == "Basic MTIzNDU6a2V5");
}

TEST_CASE("a token of Acuity's OAuth is shown as one") {
  const LookupGateway running(kAcuity);
  running.api.Put("appointments", "777", kAcuityAppointment);
  REQUIRE(running.Post("action=scheduled&id=777", AcuityForm()).status == 200);
  CHECK(running.api.Requests().at(0).headers.at("authorization") == "Bearer right-token");
}

TEST_CASE("a state of Acuity's that was fetched later is newer, whatever came first") {
  const LookupGateway running(kAcuity);
  running.api.Put("appointments", "777", kAcuityAppointment);
  // The webhook of the booking has to wait; that of the move comes through at once.
  running.api.Script(R"({"times":1,"status":503})");
  REQUIRE(running.Post("action=scheduled&id=777", AcuityForm()).status == 202);
  std::string moved = kAcuityAppointment;
  moved.replace(moved.find("T10:15"), 6, "T16:45");
  running.api.Put("appointments", "777", moved);
  REQUIRE(running.Post("action=rescheduled&id=777", AcuityForm()).status == 200);
  REQUIRE(Eventually([&] { return running.Unfinished() == 0; }));
  CHECK(running.database.Text("SELECT ExternalID, Status, StartTime FROM appointments") ==
        "777 | booked | 2026-07-02 23:45:00.000");
}

TEST_CASE("a cancellation of Acuity's is stored by its id at once, and completed") {
  const LookupGateway running(kAcuity);
  std::string canceled = kAcuityAppointment;
  canceled.replace(canceled.find("\"canceled\":false"), 16, "\"canceled\":true");
  running.api.Put("appointments", "777", canceled);
  REQUIRE(running.Post("action=canceled&id=777", AcuityForm()).status == 200);
  REQUIRE(Eventually([&] { return running.Unfinished() == 0; }));
  CHECK(running.database.Text("SELECT c.Email, a.ExternalID, a.Status, a.StartTime FROM "
                              "appointments a JOIN contacts c USING (OrgID, ContactID)") ==
        "bob@example.com | 777 | cancelled | 2026-07-02 17:15:00.000");
}

TEST_CASE("Calendly's older shape is stored at once; its start and host are filled in") {
  const LookupGateway running(kCalendly);
  running.api.Put("scheduled_events", "event1", R"({"name":"30 Minute Meeting",
      "status":"active","start_time":"2026-05-20T14:00:00.000000Z",
      "end_time":"2026-05-20T14:30:00.000000Z","location":{"type":"physical","location":"Office"},
      "event_memberships":[{"user_email":"host@example.com","user_name":"Host"}]})");
  const HttpReply reply = running.Post(CalendlyOldShape());
  REQUIRE(reply.status == 200);
  const std::int64_t id = *ParseJson(reply.body).root()["appointment_id"].Integer();
  REQUIRE(Eventually([&] { return running.Unfinished() == 0; }));
  CHECK(running.database.Text("SELECT a.AppointmentID, c.Email, a.AppointmentType, a.StartTime, "
                              "a.DurationMinutes, a.HostName, a.HostEmail, a.Location FROM "
                              "appointments a JOIN contacts c USING (OrgID, ContactID)") ==
        std::to_string(id) +
            " | betty@example.com | 30 Minute Meeting | 2026-05-20 14:00:00.000 | 30 | Host | "
            "host@example.com | Office");
  CHECK(running.database.Text("SELECT Outcome, Reason FROM deliveries") == "stored | NULL");
  CHECK(running.api.Requests().at(0).path == "/scheduled_events/event1");
}

TEST_CASE("a token shows nowhere but in the requests") {
  const std::string token = "EAAA-very-secret-token";
  const LookupGateway running(kSquare, Hasty({}), token);
  REQUIRE(running.Post(SquareBody()).status == 200);
  REQUIRE(AppointmentRows(running.database) == kSquareRows);
  running.api.SetToken("another");
  running.Post(SquareBooking(2, 2));
  REQUIRE(Eventually([&] { return running.Unfinished() == 0; }));
  CHECK(running.gateway.Log().find(token) == std::string::npos);
  CHECK(running.gateway.GetOps("/metrics").body.find(token) == std::string::npos);
  for (const char* table : {"deliveries", "appointments", "contacts", "unfinished_deliveries"}) {
    for (const auto& row : running.database.Rows("SELECT * FROM " + std::string(table))) {
      for (const std::string& value : row) CHECK(value.find(token) == std::string::npos);
    }
  }
  CHECK(running.database.Number("SELECT COUNT(*) FROM provider_secrets WHERE INSTR(Sealed, '" +
                                token + "') > 0") == 0);
}

TEST_CASE("look-ups are counted by what came of them") {
  const LookupGateway running;
  REQUIRE(running.Post(SquareBody()).status == 200);
  running.api.Script(R"({"status":503})");
  REQUIRE(running.Post(SquareBooking(2, 2)).status == 202);
  const std::string metrics = running.gateway.GetOps("/metrics").body;
  CHECK(metrics.find("bookgate_lookup_seconds_count{outcome=\"answered\",provider=\"square\"} 4") !=
        std::string::npos);
  CHECK(
      metrics.find("bookgate_lookup_seconds_count{outcome=\"server_error\",provider=\"square\"}") !=
      std::string::npos);
}

}  // namespace
}  // namespace bookgate::tests
