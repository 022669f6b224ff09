/// \file lookups_fixture.hpp
/// A gateway, the fake API of one provider, and an org that has set its token.
#pragma once

#include <doctest/doctest.h>

#include <cstdint>
#include <string>
#include <utility>

#include "support/case_bodies.hpp"
#include "support/fake_api.hpp"
#include "support/test_gateway.hpp"

namespace bookgate::tests {

inline constexpr const char* kToken = "right-token";

/// booking.created of Square: booking number N of customer number C.
inline std::string SquareBooking(int number, int customer) {
  const std::string id = std::to_string(number);
  return R"({"merchant_id":"MERCHANT1","type":"booking.created","event_id":"e)" + id +
         R"(","created_at":"2026-05-01T10:00:00Z","data":{"type":"booking","id":"b)" + id +
         R"(:0","object":{"booking":{"id":"b)" + id +
         R"(","version":0,"status":"ACCEPTED","created_at":"2026-05-01T10:00:00Z",)"
         R"("updated_at":"2026-05-01T10:00:00Z","start_at":"2026-05-20T15:30:00Z",)"
         R"("customer_id":"C)" +
         std::to_string(customer) +
         R"(","appointment_segments":[{"duration_minutes":60,)"
         R"("service_variation_id":"SERVICE1","team_member_id":"TMember1"}]}}}})";
}

/// invitee.created of Calendly's older shape, which names its event by an id alone: "event1".
inline std::string CalendlyOldShape() {
  return R"({"event":"invitee.created","created_at":"2026-05-01T10:00:00.000000Z","payload":{
      "uri":"https://api.calendly.com/scheduled_events/event1/invitees/i1",
      "event":"https://api.calendly.com/scheduled_events/event1",
      "email":"betty@example.com","name":"Betty","status":"active","questions_and_answers":[],
      "timezone":"America/New_York","created_at":"2026-05-01T10:00:00.000000Z",
      "updated_at":"2026-05-01T10:00:00.000000Z"}})";
}

/// What SquareBody and SquareBooking refer to.
inline void FillSquare(const FakeApi& api) {
  api.Put("customers", "CUSTOMER1",
          R"({"given_name":"Jane","family_name":"Doe","email_address":"Jane@example.com",
              "phone_number":"+1-212-555-4240"})");
  api.Put("catalog", "SERVICE1", R"({"item":"Haircut"})");
  api.Put("profiles", "TMember1", R"({"display_name":"Sam Stylist","is_bookable":true})");
  api.Put("locations", "LOCATION1",
          R"({"name":"Main Street","address":{"address_line_1":"1 Main St","locality":"Town"}})");
}

/// Keys for quick tests: an API that is away is asked again soon.
inline ConfigKeys Hasty(ConfigKeys keys) {
  keys.merge(ConfigKeys{{"lookups.timeout", "\"2s\""},
                        {"lookups.first_retry", "\"50ms\""},
                        {"lookups.longest_retry", "\"200ms\""}});
  return keys;
}

/// Keys that enable a provider and send its look-ups to the fake.
inline ConfigKeys KeysOf(const FakeApi& api, const std::string& provider, const std::string& host) {
  const std::string plugin = "plugins." + provider + ".";
  return {{plugin + "enabled", "true"},
          {plugin + "lookup_hosts", "[\"" + host + "\"]"},
          {plugin + "lookup_base_url", api.toml_url()}};
}

struct Provider {
  std::string name;
  std::string host;
};

inline const Provider kSquare{"square", "connect.squareup.com"};
inline const Provider kAcuity{"acuity", "acuityscheduling.com"};
inline const Provider kCalendly{"calendly", "api.calendly.com"};

struct LookupGateway {
  explicit LookupGateway(const Provider& of = kSquare, ConfigKeys keys = Hasty({}),
                         const std::string& token = kToken)
      : provider(of), api(of.name), gateway(database, Merged(std::move(keys), api, of)) {
    org = gateway.MakeOrg();
    if (!token.empty()) SetToken(token);
    api.SetToken(token);
    if (of.name == "square") FillSquare(api);
    gateway.Start();
  }

  void SetToken(const std::string& token) const {
    const ProgramResult set = gateway.Command({"credential", "set", org.id, provider.name}, token);
    REQUIRE(set.exit_status == 0);
  }

  HttpReply Post(const std::string& body, WebhookOptions options = {}) const {
    return gateway.Post(org, body, std::move(options));
  }

  /// deliveries.Outcome of the only delivery.
  std::string Outcome() const { return database.Text("SELECT Outcome FROM deliveries"); }
  bool BecomesOutcome(const std::string& outcome) const {
    return Eventually([&] { return Outcome() == outcome; });
  }
  std::string Reason() const { return database.Text("SELECT Reason FROM deliveries"); }
  std::int64_t Unfinished() const {
    return database.Number("SELECT COUNT(*) FROM unfinished_deliveries");
  }
  void Replay() const {
    const std::string id = database.Text("SELECT LOWER(HEX(DeliveryID)) FROM deliveries");
    const std::string dashed = id.substr(0, 8) + "-" + id.substr(8, 4) + "-" + id.substr(12, 4) +
                               "-" + id.substr(16, 4) + "-" + id.substr(20);
    REQUIRE(gateway.Command({"deliveries", "replay", dashed}).exit_status == 0);
  }

  static ConfigKeys Merged(ConfigKeys keys, const FakeApi& api, const Provider& of) {
    keys.merge(KeysOf(api, of.name, of.host));
    return keys;
  }

  const Provider provider;
  TestDatabase database;
  FakeApi api;
  TestGateway gateway;
  TestOrg org;
};

/// Everything that SquareBody becomes once Square has told the rest.
inline constexpr const char* kSquareRows =
    "Jane Doe | Jane@example.com | +1-212-555-4240 | squarebooking1 | booked | Haircut | "
    "Sam Stylist | 2026-05-20 15:30:00.000 | 60 | Main Street, 1 Main St, Town | Second door";

inline std::string AppointmentRows(const TestDatabase& database) {
  return database.Text(
      "SELECT c.Name, c.Email, c.Phone, a.ExternalID, a.Status, a.AppointmentType, a.HostName, "
      "a.StartTime, a.DurationMinutes, a.Location, a.Notes FROM appointments a "
      "JOIN contacts c USING (OrgID, ContactID)");
}

}  // namespace bookgate::tests
