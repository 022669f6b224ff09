// A sender waits while the provider's API is asked who comes: what is stored and answered, whatever
// the API does. The API is a fake that answers as the case says.
#include <doctest/doctest.h>

#include <chrono>
#include <map>

#include "unit/intake/asking_runner.hpp"
#include "unit/intake/way.hpp"

namespace {

using namespace bookgate;
using namespace bookgate::tests;
using lookup::FetchEnd;
using lookup::FetchReply;
using model::Outcome;
using std::chrono::milliseconds;
using std::chrono::steady_clock;

/// By the first segment of the path.
using Api = std::map<std::string, FetchReply>;

struct Asking : Way {
  Asking() {
    auth::OrgEntry org(Org());
    org.version = 2;
    org.sealed_credentials["acme"] = SealedToken(sealer, kOrg);
    directory.Update({org});
    api["customers"] = ApiAnswer(200, R"({"email":"jane@example.com"})");
    api["services"] = ApiAnswer(200, R"({"name":"Haircut"})");
    fetcher.answer = [this](const lookup::FetchRequest& request) {
      const std::string path = request.url.substr(std::string("https://api.example.com/").size());
      return api.at(path.substr(0, path.find('/')));
    };
  }

  http::Answer SendBooking(const std::string& body = R"({"id":"b1"})") {
    http::Request request = Request();
    request.body = body;
    std::vector<translate::Plugin> plugins;
    plugins.push_back(AskingPlugin());
    return Send(std::move(plugins), "acme", std::move(request));
  }

  const store::WriteJob& job() const { return sink.jobs.at(0); }

  Api api;
};

}  // namespace

TEST_CASE_FIXTURE(Asking,
                  "an answer that comes in time is stored, and the sender sees the booking") {
  const http::Answer answer = SendBooking();
  CHECK(answer.status == 200);
  CHECK(Holds(answer.body, R"("appointment_id":12)"));
  CHECK(job().outcome == Outcome::kStored);
  REQUIRE(job().events.size() == 1);
  CHECK(job().events[0].customer_email == "jane@example.com");
  CHECK(job().events[0].appointment_type == "Haircut");
  CHECK(job().delivery.looked_up_at == kNow);
  CHECK_FALSE(job().next_attempt_in);
  CHECK(job().reason.empty());
  CHECK(observer.lookups == std::vector<std::string>{"answered", "answered"});
}

TEST_CASE_FIXTURE(Asking, "the API is asked with the org's token, and for two seconds at most") {
  const steady_clock::time_point before = steady_clock::now();
  SendBooking();
  REQUIRE(fetcher.requests.size() == 2);
  CHECK(fetcher.requests[0].url == "https://api.example.com/customers/b1");
  CHECK(fetcher.requests[0].authorization.view() == "Bearer token-1");
  CHECK(fetcher.requests[0].deadline >= before + milliseconds(2000));
  CHECK(fetcher.requests[0].deadline <= steady_clock::now() + milliseconds(2000));
}

TEST_CASE_FIXTURE(Asking, "what does not come in time is held, and asked for again at once") {
  api["customers"] = lookup::FailedReply(FetchEnd::kLate);
  const http::Answer answer = SendBooking();
  CHECK(answer.status == 202);
  CHECK(answer.body.starts_with(R"({"held":true,"reason":"lookup_pending","delivery_id":")"));
  CHECK(job().outcome == Outcome::kHeld);
  CHECK(job().events.empty());
  CHECK(job().next_attempt_in == milliseconds(0));
  CHECK(job().reason == "Acme's API did not answer in time; it is asked again.");
}

TEST_CASE_FIXTURE(Asking, "an API that is away is asked again after a while") {
  SUBCASE("it cannot be reached") {
    api["customers"] = lookup::FailedReply(FetchEnd::kUnreachable);
  }
  SUBCASE("it has trouble of its own") {
    api["customers"] = ApiAnswer(503);
  }
  SUBCASE("some proxy answers in its place") {
    api["customers"] = ApiAnswer(200, "<html>");
  }
  CHECK(SendBooking().status == 202);
  CHECK(job().outcome == Outcome::kHeld);
  REQUIRE(job().next_attempt_in);
  CHECK(*job().next_attempt_in >= milliseconds(3750));
  CHECK(*job().next_attempt_in <= milliseconds(6250));
}

TEST_CASE_FIXTURE(Asking, "an API is not asked before it wants to be") {
  api["customers"] = ApiAnswer(429);
  api["customers"].retry_after = std::chrono::seconds(77);
  CHECK(SendBooking().status == 202);
  CHECK(job().next_attempt_in == std::chrono::seconds(77));
}

TEST_CASE_FIXTURE(Asking, "a booking is not kept waiting for a detail") {
  api["services"] = ApiAnswer(503);
  CHECK(SendBooking().status == 200);
  CHECK(job().outcome == Outcome::kStored);
  CHECK(job().events.at(0).customer_email == "jane@example.com");
  CHECK(job().reason ==
        "Stored without some details: Acme's API answered with status 503; it is asked again.");
  CHECK(job().next_attempt_in > milliseconds(0));
}

TEST_CASE_FIXTURE(Asking, "a detail that will not come is no reason to ask again") {
  SUBCASE("there is none") {
    api["services"] = ApiAnswer(404);
    SendBooking();
    CHECK(job().reason == "The service's name is missing.");
  }
  SUBCASE("the token may not read it") {
    api["services"] = ApiAnswer(403);
    SendBooking();
    CHECK(job().reason ==
          "Stored without some details: Acme refused the token: 403; set one with the rights that "
          "this look-up needs.");
  }
  CHECK(job().outcome == Outcome::kStored);
  CHECK_FALSE(job().next_attempt_in);
}

TEST_CASE_FIXTURE(Asking, "a customer who is not there makes a dead letter at once") {
  api["customers"] = ApiAnswer(404);
  CHECK(SendBooking().status == 202);
  CHECK(job().outcome == Outcome::kDead);
  CHECK(job().reason == "The customer is not known");
  CHECK_FALSE(job().next_attempt_in);
}

TEST_CASE_FIXTURE(Asking, "whether the token is wrong is decided with the newest one") {
  SUBCASE("it is refused") {
    api["customers"] = ApiAnswer(401);
  }
  SUBCASE("none is known yet") {
    auth::OrgEntry org(Org());
    org.version = 3;
    directory.Update({org});
  }
  CHECK(SendBooking().status == 202);
  CHECK(job().outcome == Outcome::kHeld);
  CHECK(job().next_attempt_in == milliseconds(0));
}

TEST_CASE_FIXTURE(Asking, "what the webhook alone says is stored without asking first") {
  bool woken = false;
  wake_finisher = [&] { woken = true; };
  CHECK(SendBooking(R"({"id":"b1","moved":true})").status == 200);
  CHECK(fetcher.requests.empty());
  CHECK(job().outcome == Outcome::kStored);
  CHECK(job().events.at(0).customer_email.empty());
  CHECK(job().next_attempt_in == milliseconds(0));
  CHECK(job().reason == "Stored from the webhook alone: Acme's API has the details.");
  CHECK(woken);
}

TEST_CASE_FIXTURE(Asking, "the finisher is woken for what it has to do, and for nothing else") {
  int woken = 0;
  wake_finisher = [&] { ++woken; };
  SendBooking();
  CHECK(woken == 0);
  api["customers"] = ApiAnswer(500);
  SendBooking();
  CHECK(woken == 1);
}

TEST_CASE_FIXTURE(Asking, "where the store takes nothing, the sender keeps the booking") {
  sink.down = true;
  CHECK(SendBooking().status == 503);
  api["customers"] = ApiAnswer(500);
  CHECK(SendBooking().status == 503);
}

TEST_CASE_FIXTURE(Asking,
                  "plugins that are replaced stay until the deliveries on their way are through") {
  fetcher.answer = nullptr;
  http::Request request = Request();
  request.body = R"({"id":"b1"})";
  std::optional<http::Answer> got;
  std::vector<translate::Plugin> plugins;
  plugins.push_back(AskingPlugin());
  intake::Intake way(MakeStages(), std::make_shared<translate::Registry>(std::move(plugins)));
  way.Receive(std::move(request), {kOrg, "acme"},
              [&](http::Answer answer) { got = std::move(answer); });
  CHECK_FALSE(got);
  way.SetRegistry(std::make_shared<translate::Registry>(std::vector<translate::Plugin>()));
  fetcher.Answer(1, ApiAnswer(200, R"({"name":"Haircut"})"));
  CHECK_FALSE(got);
  fetcher.Answer(0, ApiAnswer(200, R"({"email":"jane@example.com"})"));
  REQUIRE(got);
  CHECK(got->status == 200);
}
