// Decisions as documents: exactly these bytes, for golden files and for the schema's sake.
#include <doctest/doctest.h>
#include <bookgate/schema.hpp>
#include <bookgate/text.hpp>
#include <bookgate/translator.hpp>

#include <fstream>
#include <iterator>
#include <stdexcept>
#include <string>
#include <utility>

namespace bookgate {
namespace {

/// The decision as text, which must be valid against the schema as well.
std::string Document(const Decision& decision) {
  std::ifstream file(BOOKGATE_SOURCE_DIR "/schemas/step-result.json");
  const auto schema = json::Schema::Parse(std::string(std::istreambuf_iterator<char>(file), {}));
  REQUIRE(schema);
  std::string text = ToJson(decision);
  const auto document = json::Document::Parse(text);
  REQUIRE(document);
  const auto problem = schema->Check(document->root());
  CHECK_MESSAGE(!problem, problem->ToString());
  return text;
}

TEST_CASE("a booking: only what is said is written") {
  Booking booking;
  booking.external_id = "evt-1";
  booking.customer_email = "jane@example.com";
  booking.customer_name = "";
  booking.duration_minutes = 0;
  CHECK(Document(One(booking)) ==
        R"({"outcome":"bookings","events":[{"action":"booked","external_id":"evt-1",)"
        R"("customer_email":"jane@example.com","duration_minutes":0}]})");
}

TEST_CASE("control characters in a customer's text survive the way through the document") {
  for (char control = 0; control < 0x20; ++control) {
    for (std::size_t at = 1; at < 40; ++at) {
      Booking booking;
      booking.notes = std::string(41, 'x');
      booking.notes->at(at) = control;
      const auto document = json::Document::Parse(ToJson(One(booking)));
      CAPTURE(static_cast<int>(control));
      REQUIRE(document);
      CHECK(document->root().At("/events/0/notes").RawString() == *booking.notes);
    }
  }
}

TEST_CASE("a booking that says everything") {
  Booking booking;
  booking.action = Action::kCancelled;
  booking.source = "shop";
  booking.external_id = "a";
  booking.previous_external_id = "b";
  booking.next_external_id = "c";
  booking.superseded = true;
  booking.customer_email = "jane@example.com";
  booking.customer_name = "Jane";
  booking.customer_phone = "+1 555 0100";
  booking.start_time = "2026-05-20T14:00:00Z";
  booking.end_time = "2026-05-20T14:30:00Z";
  booking.duration_minutes = 30;
  booking.time_zone = "Europe/Lisbon";
  booking.appointment_type = "Intro";
  booking.notes = "n";
  booking.location = "l";
  booking.host_name = "h";
  booking.host_email = "host@example.com";
  booking.referred_by = "r";
  booking.cancel_reason = "x";
  booking.occurred_at = "2026-05-01T00:00:00Z";
  booking.sequence = -1;
  booking.answers = {{"Why?", "\"Because\""}, {"", ""}};
  CHECK(Document(One(booking)) ==
        R"({"outcome":"bookings","events":[{"action":"cancelled","source":"shop",)"
        R"("external_id":"a","previous_external_id":"b","next_external_id":"c","superseded":true,)"
        R"("customer_email":"jane@example.com","customer_name":"Jane",)"
        R"("customer_phone":"+1 555 0100","start_time":"2026-05-20T14:00:00Z",)"
        R"("end_time":"2026-05-20T14:30:00Z","duration_minutes":30,"time_zone":"Europe/Lisbon",)"
        R"("appointment_type":"Intro","notes":"n","location":"l","host_name":"h",)"
        R"("host_email":"host@example.com","referred_by":"r","cancel_reason":"x",)"
        R"("occurred_at":"2026-05-01T00:00:00Z","sequence":-1,)"
        R"("answers":[{"question":"Why?","answer":"\"Because\""},{"question":"","answer":""}]}]})");
}

TEST_CASE("every action has its name") {
  constexpr std::pair<Action, const char*> kNames[] = {{Action::kBooked, "booked"},
                                                       {Action::kRescheduled, "rescheduled"},
                                                       {Action::kCancelled, "cancelled"},
                                                       {Action::kNoShow, "no_show"},
                                                       {Action::kUpdated, "updated"}};
  for (const auto& [action, name] : kNames) {
    Booking booking;
    booking.action = action;
    CHECK(Document(One(booking)) ==
          R"({"outcome":"bookings","events":[{"action":")" + std::string(name) + "\"}]}");
  }
}

TEST_CASE("several bookings, notes and a cursor") {
  Bookings bookings;
  bookings.events.resize(2);
  bookings.notes = {"one", "two"};
  bookings.next_cursor = "p2";
  CHECK(Document(bookings) ==
        R"({"outcome":"bookings","events":[{"action":"booked"},{"action":"booked"}],)"
        R"("next_cursor":"p2","notes":["one","two"]})");
}

TEST_CASE("ignore and reject") {
  CHECK(Document(Ignore{"ping"}) == R"({"outcome":"ignore","reason":"ping"})");
  CHECK(Document(RejectAt("/a", "missing", "is missing")) ==
        R"({"outcome":"reject","problems":[{"in":"body","pointer":"/a","code":"missing",)"
        R"("message":"is missing"}]})");
}

TEST_CASE("look-ups, with what is known so far only if anything is") {
  NeedLookups need;
  need.lookups.push_back({"event", "api.example.com", "/e/1", {{"b", "2"}, {"a", "1"}}, true});
  CHECK(Document(need) ==
        R"({"outcome":"need_lookups","lookups":[{"id":"event","method":"GET",)"
        R"("host":"api.example.com","path":"/e/1","query":{"a":"1","b":"2"},"required":true}]})");
  need.events_so_far.resize(1);
  CHECK(Document(need).ends_with(R"(,"events_so_far":[{"action":"booked"}]})"));
}

TEST_CASE("requests that change something: method, headers and body") {
  Lookup create{"create", "api.example.com", "/hooks"};
  create.method = Method::kPost;
  create.headers = {{"api-version", "2"}};
  create.body = R"({"url": "https://a.example", "key": "${signing_key}"})";
  Lookup remove{"delete-0", "api.example.com", "/hooks/1"};
  remove.method = Method::kDelete;
  CHECK(Document(NeedLookups{{create, remove}}) ==
        R"({"outcome":"need_lookups","lookups":[{"id":"create","method":"POST",)"
        R"("host":"api.example.com","path":"/hooks","query":{},"headers":{"api-version":"2"},)"
        R"("body":{"url":"https://a.example","key":"${signing_key}"},"required":false},)"
        R"({"id":"delete-0","method":"DELETE","host":"api.example.com","path":"/hooks/1",)"
        R"("query":{},"required":false}]})");
}

TEST_CASE("every method has its name") {
  constexpr std::pair<Method, const char*> kNames[] = {{Method::kGet, "GET"},
                                                       {Method::kPost, "POST"},
                                                       {Method::kPut, "PUT"},
                                                       {Method::kPatch, "PATCH"},
                                                       {Method::kDelete, "DELETE"}};
  for (const auto& [method, name] : kNames) {
    Lookup lookup{"a", "api.example.com", "/"};
    lookup.method = method;
    const std::string text = Document(NeedLookups{{lookup}});
    CHECK(text.find("\"method\":\"" + std::string(name) + "\"") != std::string::npos);
  }
}

TEST_CASE("a body that is no JSON is the translator's fault") {
  Lookup lookup{"a", "api.example.com", "/"};
  lookup.method = Method::kPost;
  lookup.body = "url=1";
  CHECK_THROWS_AS(ToJson(NeedLookups{{lookup}}), std::invalid_argument);
}

TEST_CASE("done: the subscription, and where the signing key is") {
  Done done;
  done.subscription = {"7", Subscription::State::kActive, "https://a.example", {"made", "gone"}};
  CHECK(Document(done) == R"({"outcome":"done","subscription":{"id":"7","state":"active",)"
                          R"("url":"https://a.example","events":["made","gone"]}})");
  done.subscription = {"7", Subscription::State::kDisabled};
  done.signing_key = SigningKeyAt{"create", "/key"};
  done.notes = {"one"};
  CHECK(Document(done) ==
        R"({"outcome":"done","subscription":{"id":"7","state":"disabled"},)"
        R"("signing_key_at":{"lookup":"create","pointer":"/key"},"notes":["one"]})");
  done.subscription.state = Subscription::State::kMissing;
  done.signing_key = SigningKeyIsPassword{};
  done.notes.clear();
  CHECK(Document(done) == R"({"outcome":"done","subscription":{"id":"7","state":"missing"},)"
                          R"("signing_key_at":{"credential":"password"}})");
}

TEST_CASE("any bytes at all become a document: what is not UTF-8 is replaced") {
  Booking booking;
  booking.customer_name = "Jos\xE9 \xF0\x9F\x98\x80 \xED\xA0\x80 \xE2\x82";
  booking.notes = std::string("a\0\x01\"\\\n", 6);
  const std::string text = Document(One(booking));
  CHECK(IsUtf8(text));
  const auto document = json::Document::Parse(text);
  const json::Value event = document->root().At("/events/0");
  const std::string gone = "\xEF\xBF\xBD";
  CHECK(event["customer_name"].RawString() ==
        "Jos" + gone + " \xF0\x9F\x98\x80 " + gone + gone + gone + " " + gone + gone);
  CHECK(event["notes"].RawString() == std::string_view("a\0\x01\"\\\n", 6));
}

TEST_CASE("names of a query's parameters are made fit for JSON as well") {
  NeedLookups need;
  need.lookups.push_back({"a", "api.example.com", "/", {{"\xFF", "\xFF"}}, false});
  CHECK(Document(need).find("\"\xEF\xBF\xBD\":\"\xEF\xBF\xBD\"") != std::string::npos);
}

}  // namespace
}  // namespace bookgate
