// The whole way of a delivery with fakes at its ends: no thread, no socket, no database. Each case
// sends one request and looks at what was stored and what was answered.
#include <doctest/doctest.h>

#include <bookgate/translator_abi.h>

#include <utility>

#include "intake/intake.hpp"

namespace {

using namespace bookgate;
using model::Outcome;

const base::Instant kNow{std::chrono::seconds(1'800'000'000)};
constexpr const char* kOrg = "abcdefgh12345678";

/// Decides whatever the test says.
class FakeRunner : public translate::Runner {
 public:
  explicit FakeRunner(std::string document) : document_(std::move(document)) {}
  translate::StepOutcome Step(const translate::StepInput& input) override {
    seen_headers = input.headers == nullptr ? 0 : input.headers->size();
    translate::StepOutcome outcome;
    auto document = std::make_shared<json::Document>(*json::Document::Parse(document_));
    const json::Value root = document->root();
    const std::string kind = *root["outcome"].Text();
    if (kind == "bookings") outcome.result = translate::Bookings{List(root["events"]), {}};
    if (kind == "ignore") outcome.result = translate::Ignore{*root["reason"].Text()};
    if (kind == "reject") {
      outcome.result = translate::Reject{{{"body", "/email", "missing", "is missing"}}};
    }
    if (kind == "need_lookups") {
      const bool required = root["required"].Bool().value_or(false);
      outcome.result = translate::NeedLookups{{{"x", "api.example.com", "/x", {}, required}},
                                              List(root["events"])};
    }
    if (kind == "failed") outcome.result = translate::Failed{"puts_nothing", "put no result"};
    outcome.document = std::move(document);
    return outcome;
  }

  std::size_t seen_headers = 0;

 private:
  static std::vector<json::Value> List(json::Value list) {
    std::vector<json::Value> values;
    for (std::size_t i = 0; i < list.size(); ++i) values.push_back(list[i]);
    return values;
  }

  const std::string document_;
};

/// Commits everything at once, as appointment 12 of contact 7, unless told otherwise.
class FakeSink : public store::BookingSink {
 public:
  bool Submit(store::WriteJob& job) override {
    if (full) return false;
    store::WriteJob taken = std::move(job);
    store::Written written;
    written.outcome = taken.outcome;
    for (std::size_t i = 0; i < taken.events.size(); ++i) {
      written.appointments.push_back(
          {12 + static_cast<std::int64_t>(i), 7, true, false, model::AppointmentStatus::kBooked});
    }
    store::WriteDone done = std::move(taken.done);
    jobs.push_back(std::move(taken));
    if (down) {
      done(base::Unavailable("gone"));
    } else {
      done(std::move(written));
    }
    return true;
  }

  bool full = false;
  bool down = false;
  std::vector<store::WriteJob> jobs;
};

struct FakeObserver : intake::Observer {
  void OnDelivery(const intake::DeliveryReport& report) override { reports.push_back(report); }
  void OnAuthFailure(std::string_view reason) override { failures.emplace_back(reason); }
  void OnTranslated(const std::string&, double, std::string_view failure) override {
    translator_failures.emplace_back(failure);
  }
  std::vector<intake::DeliveryReport> reports;
  std::vector<std::string> failures;
  std::vector<std::string> translator_failures;
};

translate::RecognitionTest HasHeader(const std::string& name) {
  translate::RecognitionTest test;
  test.where = name;
  return test;
}

translate::Plugin MakePlugin(const std::string& provider, translate::OnReject on_reject,
                             const std::string& document, const std::string& header = {}) {
  translate::Plugin plugin;
  plugin.manifest.provider = provider;
  plugin.manifest.on_reject = on_reject;
  plugin.manifest.headers = {"x-event", "x-signature"};
  plugin.manifest.signature.header = "x-signature";
  if (!header.empty()) plugin.manifest.recognise = {{HasHeader(header)}};
  plugin.runner = std::make_unique<FakeRunner>(document);
  return plugin;
}

constexpr const char* kBooking =
    R"({"outcome":"bookings","events":[{"customer_email":"a@example.com","external_id":"1"}]})";

struct Way {
  auth::SecretHasher hasher{std::vector<std::uint8_t>(32, 1)};
  auth::Directory directory;
  auth::RateLimiter org_limit{1000, 1000};
  auth::RateLimiter failure_limit{0.001, 3};
  FakeSink sink;
  FakeObserver observer;
  const std::string secret = auth::GenerateSecret();

  Way() {
    model::Org org;
    org.id = 1;
    org.public_id = kOrg;
    org.endpoint = model::EndpointState::kActive;
    org.secret_hash = hasher.Hash(secret);
    org.version = 1;
    directory.Update({org});
  }

  http::Request Request() const {
    http::Request request;
    request.method = "POST";
    request.headers = {{"authorization", "Bearer " + secret},
                       {"content-type", "application/json"},
                       {"cookie", "session=secret"},
                       {"x-event", "created"},
                       {"x-signature", "sig"},
                       {"idempotency-key", "k1"},
                       {"x-other", "unwanted"}};
    request.query = {{"token", secret}, {"page", "2"}};
    request.body = "{}";
    request.remote_address = "192.0.2.1";
    request.received_at = kNow;
    return request;
  }

  /// Sends to one plugin of that document.
  http::Answer Send(const std::string& document,
                    translate::OnReject on_reject = translate::OnReject::kRefuse) {
    std::vector<translate::Plugin> plugins;
    plugins.push_back(MakePlugin("generic", on_reject, document));
    return Send(std::move(plugins), std::nullopt, Request());
  }

  http::Answer Send(std::vector<translate::Plugin> plugins, std::optional<std::string> provider,
                    http::Request request, const std::string& org = kOrg) {
    intake::Stages stages{directory, hasher,   org_limit,          failure_limit,
                          sink,      observer, [] { return kNow; }};
    intake::Intake way(std::move(stages),
                       std::make_shared<translate::Registry>(std::move(plugins)));
    std::optional<http::Answer> got;
    way.Receive(std::move(request), {org, std::move(provider)},
                [&](http::Answer answer) { got = std::move(answer); });
    REQUIRE(got);
    return *std::move(got);
  }
};

bool Holds(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

}  // namespace

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
  std::vector<translate::Plugin> none;
  http::Request request = Request();
  SUBCASE("a wrong secret") {
    request.headers[0].value = "Bearer wrong";
    const http::Answer answer = Send(std::move(none), std::nullopt, request);
    CHECK(answer.status == 401);
    CHECK(observer.failures == std::vector<std::string>{"wrong_credential"});
  }
  SUBCASE("another org") {
    CHECK(Send(std::move(none), std::nullopt, request, "zzzzzzzz12345678").status == 404);
  }
  SUBCASE("no such provider") {
    CHECK(Send(std::move(none), "nobody", request).status == 404);
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
