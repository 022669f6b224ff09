// What was booked and what came: appointments and deliveries on the command line.
#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "support/case_bodies.hpp"
#include "support/test_gateway.hpp"

namespace bookgate::tests {
namespace {

std::string Booking(const std::string& id) {
  return R"({"customer_email":"ann@example.com","customer_name":"Ann Lee","external_id":")" + id +
         R"(","start_time":"2026-06-15T14:00:00Z","appointment_type":"Haircut"})";
}

std::string DeliveryOf(const HttpReply& reply) {
  return ParseJson(reply.body).root()["delivery_id"].Text().value();
}

TEST_CASE("appointments: newest received first, at most as many as asked for") {
  const RunningGateway running;
  CHECK(running.gateway.JsonOf({"appointments", running.org.id}).root().size() == 0);
  for (int i = 0; i < 22; ++i) running.Post(Booking(std::to_string(i)));
  const json::Document latest = running.gateway.JsonOf({"appointments", running.org.id});
  REQUIRE(latest.root().size() == 20);
  const json::Value first = latest.root()[0];
  CHECK(first["external_id"].Text() == "21");
  CHECK(latest.root()[19]["external_id"].Text() == "2");
  CHECK(first["source"].Text() == "generic");
  CHECK(first["status"].Text() == "booked");
  CHECK(first["customer_name"].Text() == "Ann Lee");
  CHECK(first["customer_email"].Text() == "ann@example.com");
  CHECK(first["customer_phone"].is_null());
  CHECK(first["appointment_type"].Text() == "Haircut");
  CHECK(first["start_time"].Text() == "2026-06-15T14:00:00Z");
  CHECK(first["received_at"].Text().has_value());
  CHECK(running.gateway.JsonOf({"appointments", running.org.id, "--limit", "1"}).root().size() ==
        1);
  CHECK(running.gateway.JsonOf({"appointments", running.org.id, "--limit", "100"}).root().size() ==
        22);
  const ProgramResult table = running.gateway.Command({"appointments", running.org.id});
  CHECK(table.exit_status == 0);
  CHECK(table.out.find("Ann Lee <ann@example.com>") != std::string::npos);
  for (const std::string limit : {"0", "-1", "many"}) {
    CHECK(running.gateway.Command({"appointments", running.org.id, "--limit", limit}).exit_status ==
          2);
  }
}

TEST_CASE("a booking by telephone is listed, too") {
  const RunningGateway running;
  running.Post(CaseBody("calcom", "invented-address-of-a-booking-by-phone"));
  const json::Document listed = running.gateway.JsonOf({"appointments", running.org.id});
  REQUIRE(listed.root().size() == 1);
  CHECK(listed.root()[0]["customer_email"].is_null());
  CHECK(listed.root()[0]["customer_phone"].Text() == "+47 22 55 01 44");
}

TEST_CASE("deliveries list: by outcome, newest first") {
  const RunningGateway running;
  running.Post(Booking("1"));
  running.Post(Booking("1"));
  running.Post(R"({"type":"ping"})");
  running.Post("no JSON");
  running.Post(SquareBody());
  WebhookOptions calendly;
  calendly.provider = "calendly";
  const std::string dead = DeliveryOf(running.Post("no JSON", calendly));

  const std::vector<std::string> org = {"deliveries", "list", running.org.id};
  const json::Document all = running.gateway.JsonOf(org);
  const std::vector<std::string> outcomes = {"dead",    "held",      "refused",
                                             "ignored", "duplicate", "stored"};
  REQUIRE(all.root().size() == outcomes.size());
  for (std::size_t i = 0; i < outcomes.size(); ++i) {
    CHECK(all.root()[i]["outcome"].Text() == outcomes[i]);
    CHECK(all.root()[i]["received_at"].Text().has_value());
    // What is held is tried again meanwhile.
    CHECK(all.root()[i]["attempts"].Integer().value_or(0) >= 1);
    const json::Document one =
        running.gateway.JsonOf({"deliveries", "list", running.org.id, "--outcome", outcomes[i]});
    REQUIRE(one.root().size() == 1);
    CHECK(one.root()[0]["delivery_id"].Text() == all.root()[i]["delivery_id"].Text());
  }
  CHECK(all.root()[0]["delivery_id"].Text() == dead);
  CHECK(all.root()[0]["provider"].Text() == "calendly");
  CHECK(all.root()[5]["appointment_id"].Integer() ==
        running.database.Number("SELECT AppointmentID FROM appointments"));
  CHECK(running.gateway.JsonOf({"deliveries", "list", running.org.id, "--limit", "2"})
            .root()
            .size() == 2);
  CHECK(running.gateway.Command({"deliveries", "list", running.org.id, "--outcome", "lost"})
            .exit_status == 2);
  CHECK(running.gateway.Command(org).out.find(dead) != std::string::npos);
}

TEST_CASE("deliveries show: all that is kept of one") {
  const RunningGateway running;
  WebhookOptions options;
  options.headers.emplace_back("User-Agent: Tool/2.0");
  options.headers.emplace_back("Idempotency-Key: key-7");
  const std::string body = Booking("1");
  const std::string id = DeliveryOf(running.Post(body, options));
  const json::Document shown = running.gateway.JsonOf({"deliveries", "show", id});
  CHECK(shown.root()["delivery_id"].Text() == id);
  CHECK(shown.root()["org"].Text() == running.org.id);
  CHECK(shown.root()["provider"].Text() == "generic");
  CHECK(shown.root()["outcome"].Text() == "stored");
  CHECK(shown.root()["content_type"].Text() == "application/json");
  CHECK(shown.root()["body"].RawString() == body);
  CHECK(shown.root()["problems"].size() == 0);
  CHECK(shown.root()["headers"].size() == 2);
  const ProgramResult text = running.gateway.Command({"deliveries", "show", id});
  CHECK(text.exit_status == 0);
  CHECK(text.out.find("Tool/2.0") != std::string::npos);
  CHECK(text.out.find(body) != std::string::npos);

  const ProgramResult unknown = running.gateway.Command(
      {"deliveries", "show", "01970000-0000-7000-8000-000000000000", "--json"});
  CHECK(unknown.exit_status == 1);
  CHECK(unknown.out.empty());
  CHECK(running.gateway.Command({"deliveries", "show", "nonsense"}).exit_status == 2);
}

}  // namespace
}  // namespace bookgate::tests
