// The whole way of a delivery with fakes at its ends: no thread, no socket, no database. Each case
// sends one request and looks at what was stored and what was answered.
#include <doctest/doctest.h>

#include <algorithm>
#include <utility>

#include "unit/intake/way.hpp"

using namespace bookgate;
using namespace bookgate::tests;
using model::Outcome;

TEST_CASE_FIXTURE(Way, "a booking is stored and answered with its ids") {
  const http::Answer answer = Send(kBooking);
  CHECK(answer.status == 200);
  CHECK(answer.body.starts_with(R"({"appointment_id":12,"contact_id":7,"created":true,)"
                                R"("contact_created":false,"status":"booked","delivery_id":")"));
  REQUIRE(sink.jobs.size() == 1);
  CHECK(sink.jobs[0].events.size() == 1);
  CHECK(sink.jobs[0].delivery.provider == "generic");
  REQUIRE(observer.reports.size() == 1);
  CHECK(observer.reports[0].outcome == "stored");
  CHECK(observer.reports[0].status == 200);
}

TEST_CASE_FIXTURE(Way, "no secret and nothing unasked for is kept of the request") {
  Send(kBooking);
  const model::Delivery& delivery = sink.jobs.at(0).delivery;
  REQUIRE(delivery.headers.size() == 2);
  CHECK(delivery.headers[0].name == "x-event");
  CHECK(delivery.headers[1].name == "idempotency-key");
  CHECK(delivery.query.empty());
}

TEST_CASE_FIXTURE(Way, "several bookings are answered as a list in their order") {
  const http::Answer answer = Send(
      R"({"outcome":"bookings","events":[{"customer_email":"a@example.com","external_id":"1"},)"
      R"({"customer_email":"b@example.com","external_id":"2"}]})");
  CHECK(answer.body.starts_with(R"({"appointments":[{"appointment_id":12,)"));
  CHECK(Holds(answer.body, R"({"appointment_id":13,)"));
}

TEST_CASE_FIXTURE(Way, "what is no booking is ignored and kept") {
  const http::Answer answer = Send(R"({"outcome":"ignore","reason":"ping"})");
  CHECK(answer.status == 200);
  CHECK(answer.body.starts_with(R"({"ignored":true,"reason":"ping","delivery_id":")"));
  CHECK(sink.jobs.at(0).outcome == Outcome::kIgnored);
}

TEST_CASE_FIXTURE(Way, "a rejected body is refused to a person and held for a provider") {
  SUBCASE("refused with its errors") {
    const http::Answer answer = Send(R"({"outcome":"reject"})");
    CHECK(answer.status == 422);
    CHECK(answer.content_type.starts_with("application/problem+json"));
    CHECK(Holds(answer.body, R"("errors":[{"pointer":"/email","code":"missing")"));
    CHECK(Holds(answer.body, R"("delivery_id":")"));
    CHECK(sink.jobs.at(0).outcome == Outcome::kRefused);
    CHECK(sink.jobs.at(0).reason == "/email: is missing");
  }
  SUBCASE("held as a dead letter") {
    const http::Answer answer = Send(R"({"outcome":"reject"})", translate::OnReject::kHold);
    CHECK(answer.status == 202);
    CHECK(answer.body.starts_with(R"({"held":true,"reason":"not_understood","delivery_id":")"));
    CHECK(sink.jobs.at(0).outcome == Outcome::kDead);
  }
}

TEST_CASE_FIXTURE(Way, "a plugin at fault costs nothing but a dead letter") {
  const http::Answer answer = Send(R"({"outcome":"failed"})");
  CHECK(answer.status == 202);
  CHECK(Holds(answer.body, R"("reason":"plugin_failed")"));
  CHECK(sink.jobs.at(0).outcome == Outcome::kDead);
  CHECK(observer.translator_failures == std::vector<std::string>{"puts_nothing"});
}

TEST_CASE_FIXTURE(Way, "a look-up is waited for only where the webhook does not suffice") {
  SUBCASE("it suffices") {
    const http::Answer answer = Send(
        R"({"outcome":"need_lookups","events":[{"customer_email":"a@example.com","external_id":"1"}]})");
    CHECK(answer.status == 200);
    CHECK(sink.jobs.at(0).outcome == Outcome::kStored);
    CHECK_FALSE(sink.jobs.at(0).reason.empty());
  }
  SUBCASE("nobody is named") {
    const http::Answer answer =
        Send(R"({"outcome":"need_lookups","events":[{"external_id":"1"}]})");
    CHECK(answer.status == 202);
    CHECK(Holds(answer.body, R"("reason":"lookup_pending")"));
    CHECK(sink.jobs.at(0).outcome == Outcome::kHeld);
    CHECK(sink.jobs.at(0).events.empty());
  }
  SUBCASE("the translator says that it is required") {
    const http::Answer answer = Send(
        R"({"outcome":"need_lookups","required":true,"events":[{"customer_email":"a@example.com","external_id":"1"}]})");
    CHECK(answer.status == 202);
  }
}

TEST_CASE_FIXTURE(Way, "a booking of nobody is no booking, a cancellation by its id is one") {
  CHECK(Send(R"({"outcome":"bookings","events":[{"external_id":"1"}]})").status == 422);
  CHECK(Send(R"({"outcome":"bookings","events":[{"external_id":"1","action":"cancelled"}]})")
            .status == 200);
  CHECK(Send(R"({"outcome":"bookings","events":[{"action":"cancelled"}]})").status == 422);
}

TEST_CASE_FIXTURE(Way, "what cannot be stored is never acknowledged") {
  SUBCASE("the database is away") {
    sink.down = true;
  }
  SUBCASE("the queue is full") {
    sink.full = true;
  }
  const http::Answer answer = Send(kBooking);
  CHECK(answer.status == 503);
  CHECK(std::any_of(answer.headers.begin(), answer.headers.end(),
                    [](const model::Field& header) { return header.name == "Retry-After"; }));
  CHECK(observer.reports.at(0).outcome == "unavailable");
}

TEST_CASE_FIXTURE(Way, "who is not let in is told nothing, and is stored nowhere") {
  http::Request request = Request();
  SUBCASE("a wrong secret") {
    request.headers[0].value = "Bearer wrong";
    const http::Answer answer = Send({}, std::nullopt, request);
    CHECK(answer.status == 401);
    CHECK(observer.failures == std::vector<std::string>{"wrong_credential"});
  }
  SUBCASE("another org") {
    CHECK(Send({}, std::nullopt, request, "zzzzzzzz12345678").status == 404);
  }
  SUBCASE("no such provider") {
    CHECK(Send({}, "nobody", request).status == 404);
  }
  CHECK(sink.jobs.empty());
}

TEST_CASE_FIXTURE(Way, "failures of an address are slowed down, its right secret is not") {
  http::Request wrong = Request();
  wrong.headers[0].value = "Bearer wrong";
  for (int i = 0; i < 3; ++i) CHECK(Send({}, std::nullopt, wrong).status == 401);
  const http::Answer answer = Send({}, std::nullopt, wrong);
  CHECK(answer.status == 429);
  CHECK(Send(kBooking).status == 200);
}

TEST_CASE_FIXTURE(Way, "an org that sends too much is asked to wait") {
  org_limit.SetRate(0.001, 1);
  CHECK(Send(kBooking).status == 200);
  CHECK(Send(kBooking).status == 429);
  CHECK(sink.jobs.size() == 1);
}

TEST_CASE_FIXTURE(Way, "the provider is the path's, else the one that recognises the request") {
  const auto plugins = [] {
    std::vector<translate::Plugin> list;
    list.push_back(MakePlugin("generic", translate::OnReject::kRefuse, kBooking));
    list.push_back(MakePlugin("one", translate::OnReject::kHold, kBooking, "x-event"));
    list.push_back(MakePlugin("other", translate::OnReject::kHold, kBooking, "x-nobody-sends"));
    return list;
  };
  Send(plugins(), std::nullopt, Request());
  Send(plugins(), "other", Request());
  http::Request plain = Request();
  std::erase_if(plain.headers, [](const model::Field& field) { return field.name == "x-event"; });
  Send(plugins(), std::nullopt, plain);
  REQUIRE(sink.jobs.size() == 3);
  CHECK(sink.jobs[0].delivery.provider == "one");
  CHECK(sink.jobs[1].delivery.provider == "other");
  CHECK(sink.jobs[2].delivery.provider == "generic");
}

TEST_CASE_FIXTURE(Way, "two plugins that claim one request are one too many") {
  std::vector<translate::Plugin> plugins;
  plugins.push_back(MakePlugin("one", translate::OnReject::kHold, kBooking, "x-event"));
  plugins.push_back(MakePlugin("two", translate::OnReject::kHold, kBooking, "cookie"));
  const http::Answer answer = Send(std::move(plugins), std::nullopt, Request());
  CHECK(answer.status == 422);
  CHECK(Holds(answer.body, "one and two"));
  CHECK(sink.jobs.at(0).outcome == Outcome::kRefused);
}
