// Bodies as the calendar tools send them, posted as they post them: what is answered, and the rows
// that are there then.
#include <doctest/doctest.h>

#include <string>

#include "support/case_bodies.hpp"
#include "support/test_gateway.hpp"

namespace bookgate::tests {
namespace {

constexpr const char* kAppointments =
    "SELECT a.Source, a.ExternalID, a.Status, a.StartTime, a.DurationMinutes, a.TimeZone, "
    "a.AppointmentType, a.Location, a.HostName, a.HostEmail, c.Email, c.Name, c.Phone "
    "FROM appointments a JOIN contacts c USING (OrgID, ContactID) ORDER BY a.AppointmentID";
constexpr const char* kDeliveries =
    "SELECT Provider, Outcome, AppointmentID, Attempts FROM deliveries ORDER BY DeliveryID";

constexpr const char* kMara =
    "calendly | b7a9e3d4-5c6f-4e21-8d90-31d5a7c2f001 | booked | 2026-05-20 14:00:00.000 | 45 | "
    "Europe/Lisbon | Colour consultation | 12 Harbour Lane, Porto | Rosa Lima | salon@example.com "
    "| mara.quinn@example.com | Mara Quinn | NULL";

TEST_CASE("a Calendly booking with a bearer token becomes a contact and an appointment") {
  const RunningGateway running;
  const HttpReply reply =
      running.Post(CaseBody("calendly", "invitee-created-with-everything-inline"));
  REQUIRE(reply.status == 200);
  const json::Document answer = ParseJson(reply.body);
  CHECK(answer.root()["created"].Bool() == true);
  CHECK(answer.root()["contact_created"].Bool() == true);
  CHECK(answer.root()["status"].Text() == "booked");
  CHECK(answer.root()["appointment_id"].Integer() ==
        running.database.Number("SELECT AppointmentID FROM appointments"));
  CHECK(answer.root()["contact_id"].Integer() ==
        running.database.Number("SELECT ContactID FROM contacts WHERE IsCustomer = 1"));
  CHECK(answer.root()["delivery_id"].Text() ==
        running.database.Text("SELECT LOWER(CONCAT_WS('-', SUBSTR(HEX(DeliveryID), 1, 8), "
                              "SUBSTR(HEX(DeliveryID), 9, 4), SUBSTR(HEX(DeliveryID), 13, 4), "
                              "SUBSTR(HEX(DeliveryID), 17, 4), SUBSTR(HEX(DeliveryID), 21))) "
                              "FROM deliveries"));
  CHECK(running.database.Text(kAppointments) == kMara);
  CHECK(running.database.Text(kDeliveries) == "calendly | stored | 1 | 1");
}

TEST_CASE("the provider at the end of the URL, and the secret in it, do the same") {
  const RunningGateway running;
  WebhookOptions options;
  options.provider = "calendly";
  options.query = "?token=" + running.org.secret;
  options.bearer = false;
  const std::string body = CaseBody("calendly", "invitee-created-with-everything-inline");
  CHECK(running.Post(body, options).status == 200);
  CHECK(running.database.Text(kAppointments) == kMara);
}

TEST_CASE("a Cal.com booking is recognised by its body") {
  const RunningGateway running;
  const HttpReply reply =
      running.Post(CaseBody("calcom", "created-with-its-members-in-another-order"));
  REQUIRE(reply.status == 200);
  CHECK(running.database.Text(kAppointments) ==
        "calcom | kP3vWq8ZtYb2NcRf5MhJxA | booked | 2026-06-02 08:00:00.000 | 30 | Europe/Oslo | "
        "First visit | https://cal.example.com/video/kP3vWq8ZtYb2NcRf5MhJxA | Dr. Ida Moen | "
        "ida@example.com | nils.aaker@example.com | Nils Aaker | NULL");
  CHECK(running.database.Text(kDeliveries) == "calcom | stored | 1 | 1");
}

TEST_CASE("a Cal.com cancellation keeps the row and sets its status") {
  const RunningGateway running;
  const json::Document booked =
      ParseJson(running.Post(CaseBody("calcom", "created-with-its-members-in-another-order")).body);
  const HttpReply reply =
      running.Post(CaseBody("calcom", "cancelled-with-offset-times-and-reason"));
  REQUIRE(reply.status == 200);
  const json::Document cancelled = ParseJson(reply.body);
  CHECK(cancelled.root()["status"].Text() == "cancelled");
  CHECK(cancelled.root()["created"].Bool() == false);
  CHECK(cancelled.root()["contact_created"].Bool() == false);
  for (const std::string_view id : {"appointment_id", "contact_id"}) {
    CHECK(cancelled.root()[id].Integer() == booked.root()[id].Integer());
  }
  CHECK(running.database.Text("SELECT Status, StartTime FROM appointments") ==
        "cancelled | 2026-06-02 08:00:00.000");
}

TEST_CASE("a Calendly reschedule keeps the appointment's id") {
  const RunningGateway running;
  const json::Document booked =
      ParseJson(running.Post(CaseBody("calendly", "invitee-created-with-everything-inline")).body);
  const json::Document moved =
      ParseJson(running.Post(CaseBody("calendly", "reschedule-new-half")).body);
  const HttpReply old_half =
      running.Post(CaseBody("calendly", "reschedule-old-half-does-not-cancel"));
  CHECK(old_half.status == 200);
  CHECK(moved.root()["appointment_id"].Integer() == booked.root()["appointment_id"].Integer());
  CHECK(moved.root()["created"].Bool() == false);
  CHECK(ParseJson(old_half.body).root()["appointment_id"].Integer() ==
        booked.root()["appointment_id"].Integer());
  CHECK(running.database.Text("SELECT ExternalID, Status, StartTime FROM appointments") ==
        "b7a9e3d4-5c6f-4e21-8d90-31d5a7c2f002 | booked | 2026-05-22 10:00:00.000");
}

TEST_CASE("the normalized body: every documented member is a column") {
  const RunningGateway running;
  REQUIRE(running.Post(CaseBody("generic", "documented-names-in-full")).status == 200);
  CHECK(running.database.Text(kAppointments) ==
        "website | web-1001 | booked | 2026-06-15 12:00:00.000 | 45 | Europe/Lisbon | Haircut | "
        "12 High Street | Marta Reis | marta@example.com | ann.lee@example.com | Ann Lee | "
        "+1 555 0100");
  CHECK(running.database.Text("SELECT Notes FROM appointments") == "First visit");
  CHECK(running.database.Text("SELECT RelationshipType, RelatedName FROM contact_relationships") ==
        "Referrer | Joe Park");
  CHECK(running.database.Text(kDeliveries) == "generic | stored | 1 | 1");
}

TEST_CASE("times without an offset are in the org's time zone") {
  const TestDatabase database;
  TestGateway gateway(database);
  const TestOrg org = gateway.MakeOrg("Salão da Rosa", "Europe/Lisbon");
  gateway.Start();
  const std::string body = R"({"email":"ann@example.com","start":"2026-06-15 14:00","id":1})";
  REQUIRE(gateway.Post(org, body).status == 200);
  CHECK(database.Text("SELECT StartTime, ExternalID FROM appointments") ==
        "2026-06-15 13:00:00.000 | 1");
}

TEST_CASE("a form, and JSON that is called something else, are understood") {
  const RunningGateway running;
  struct Sent {
    std::string content_type;
    std::string body;
  };
  const std::vector<Sent> sent = {
      {"application/x-www-form-urlencoded", "customer_email=form%40example.com&external_id=1"},
      {"application/cloudevents+json", R"({"customer_email":"a@example.com","external_id":"2"})"},
      {"text/plain", R"({"customer_email":"b@example.com","external_id":"3"})"},
      {"multipart/form-data; boundary=xx",
       "--xx\r\nContent-Disposition: form-data; name=\"customer_email\"\r\n\r\nc@example.com\r\n"
       "--xx\r\nContent-Disposition: form-data; name=\"external_id\"\r\n\r\n4\r\n--xx--\r\n"},
      // Without the header altogether.
      {"", R"({"customer_email":"d@example.com","external_id":"5"})"},
  };
  for (const Sent& request : sent) {
    CAPTURE(request.content_type);
    WebhookOptions options;
    options.headers = {"Content-Type:" +
                       (request.content_type.empty() ? std::string() : " " + request.content_type)};
    CHECK(running.Post(request.body, options).status == 200);
  }
  CHECK(running.database.Text("SELECT ExternalID, Email, ContentType FROM deliveries d "
                              "JOIN appointments a USING (OrgID, AppointmentID) "
                              "JOIN contacts c USING (OrgID, ContactID) ORDER BY ExternalID") ==
        "1 | form@example.com | application/x-www-form-urlencoded\n"
        "2 | a@example.com | application/cloudevents+json\n"
        "3 | b@example.com | text/plain\n"
        "4 | c@example.com | multipart/form-data; boundary=xx\n"
        "5 | d@example.com | NULL");
}

TEST_CASE("a Square booking of an unknown customer is held until a look-up tells who it is") {
  const RunningGateway running;
  REQUIRE(running.gateway.Command({"credential", "set", running.org.id, "square"}, "token")
              .exit_status == 0);
  const HttpReply reply = running.Post(SquareBody());
  REQUIRE(reply.status == 202);
  const json::Document answer = ParseJson(reply.body);
  CHECK(answer.root()["held"].Bool() == true);
  CHECK(answer.root()["reason"].Text() == "lookup_pending");
  CHECK(running.database.Number("SELECT COUNT(*) FROM appointments") == 0);

  const json::Document held =
      running.gateway.JsonOf({"deliveries", "list", running.org.id, "--outcome", "held"});
  REQUIRE(held.root().size() == 1);
  CHECK(held.root()[0]["delivery_id"].Text() == answer.root()["delivery_id"].Text());
  CHECK(held.root()[0]["provider"].Text() == "square");
  CHECK(held.root()[0]["outcome"].Text() == "held");
  CHECK(held.root()[0]["reason"].Text().has_value());
}

TEST_CASE("a Calendly booking of the old shape is stored from what the webhook says") {
  const RunningGateway running;
  const HttpReply reply = running.Post(CaseBody("calendly", "old-shape-asks-for-the-event"));
  REQUIRE(reply.status == 200);
  CHECK(ParseJson(reply.body).root()["created"].Bool() == true);
  CHECK(running.database.Text("SELECT ExternalID, Status, StartTime FROM appointments") ==
        "b7a9e3d4-5c6f-4e21-8d90-31d5a7c2f001 | booked | NULL");
}

TEST_CASE("a ping is acknowledged and makes no booking") {
  const RunningGateway running;
  struct Ping {
    std::string provider;
    std::string named_case;
    std::string reason;
  };
  for (const Ping& ping :
       {Ping{"generic", "ping", "ping"}, Ping{"calcom", "ping-looks-like-a-booking", "ping"},
        Ping{"calendly", "event-name-of-tomorrow-ignored", "unknown_event"}}) {
    CAPTURE(ping.provider);
    const HttpReply reply = running.Post(CaseBody(ping.provider, ping.named_case));
    CHECK(reply.status == 200);
    const json::Document answer = ParseJson(reply.body);
    CHECK(answer.root()["ignored"].Bool() == true);
    CHECK(answer.root()["reason"].Text() == ping.reason);
    CHECK(answer.root()["delivery_id"].Text().has_value());
  }
  CHECK(running.database.Text(kDeliveries) ==
        "generic | ignored | NULL | 1\ncalcom | ignored | NULL | 1\ncalendly | ignored | NULL | 1");
  CHECK(running.database.Number("SELECT COUNT(*) FROM appointments") == 0);
  CHECK(running.database.Number("SELECT COUNT(*) FROM contacts") == 0);
}

}  // namespace
}  // namespace bookgate::tests
