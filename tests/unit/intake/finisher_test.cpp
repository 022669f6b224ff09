// What becomes of deliveries that could not be finished while their senders waited. The table is a
// list, the API a fake, the clock the test's; each Turn is one look at what is due.
#include <doctest/doctest.h>

#include <algorithm>
#include <chrono>
#include <deque>
#include <future>

#include "intake/finisher.hpp"
#include "unit/intake/asking_runner.hpp"
#include "unit/intake/way.hpp"

namespace {

using namespace bookgate;
using namespace bookgate::tests;
using lookup::FetchEnd;
using model::Outcome;
using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::seconds;
using store::UnfinishedDelivery;

/// Gives what is due, once, and writes down what it is told.
class FakeTable : public store::UnfinishedDeliveries {
 public:
  base::Result<std::vector<std::string>> DueProviders() override {
    if (down) return base::Unavailable("gone");
    std::vector<std::string> providers;
    for (const UnfinishedDelivery& delivery : due) {
      const std::string& provider = delivery.stored.delivery.provider;
      if (std::find(providers.begin(), providers.end(), provider) == providers.end()) {
        providers.push_back(provider);
      }
    }
    return providers;
  }

  base::Result<std::vector<UnfinishedDelivery>> Take(const store::Claim& claim) override {
    claims.push_back(claim);
    std::vector<UnfinishedDelivery> taken;
    for (auto next = due.begin(); next != due.end() && taken.size() < claim.limit;) {
      const auto& orgs = claim.but_not_of;
      const std::int64_t org = next->stored.delivery.org.id;
      const bool wanted = next->stored.delivery.provider == claim.provider &&
                          std::find(orgs.begin(), orgs.end(), org) == orgs.end();
      if (!wanted) {
        ++next;
        continue;
      }
      taken.push_back(std::move(*next));
      next = due.erase(next);
    }
    return taken;
  }

  base::Status Postpone(const std::vector<store::Postponed>& deliveries) override {
    postponed.insert(postponed.end(), deliveries.begin(), deliveries.end());
    return base::Done{};
  }

  base::Status Close(const store::DeliveryKey&, const std::string& reason) override {
    closed.push_back(reason);
    return base::Done{};
  }

  base::Status Release(const std::vector<store::DeliveryKey>& keys) override {
    released.insert(released.end(), keys.begin(), keys.end());
    return base::Done{};
  }

  bool down = false;
  std::deque<UnfinishedDelivery> due;
  std::vector<store::Claim> claims;
  std::vector<store::Postponed> postponed;
  std::vector<std::string> closed;
  std::vector<store::DeliveryKey> released;
};

struct Finishing {
  Finishing() {
    fetcher.answer = [this](const lookup::FetchRequest& request) {
      return Holds(request.url, "/customers/") ? customer : service;
    };
    std::vector<translate::Plugin> plugins;
    plugins.push_back(AskingPlugin());
    registry = std::make_shared<const translate::Registry>(std::move(plugins));
  }

  UnfinishedDelivery Delivery(Outcome before = Outcome::kHeld) const {
    UnfinishedDelivery delivery;
    delivery.stored.delivery.id = base::Uuid::Version7(now);
    delivery.stored.delivery.org = {1, kOrg, "UTC"};
    delivery.stored.delivery.provider = "acme";
    delivery.stored.delivery.body =
        before == Outcome::kHeld ? R"({"id":"b1"})" : R"({"id":"b1","moved":true})";
    delivery.stored.outcome = before;
    delivery.attempts = 1;
    delivery.waits_since = now;
    delivery.sealed_credential = SealedToken(sealer, kOrg);
    return delivery;
  }

  /// Has it looked at once.
  void Finish(UnfinishedDelivery delivery) {
    table.due.push_back(std::move(delivery));
    finisher.Turn();
    // What was postponed or closed is written down by the next turn.
    finisher.Turn();
  }

  const store::WriteJob& job() const { return sink.jobs.at(0); }

  base::Instant now = kNow;
  FakeTable table;
  FakeFetcher fetcher;
  auth::Sealer sealer{std::vector<std::uint8_t>(32, 2)};
  FakeObserver observer;
  lookup::Asker asker{fetcher, sealer, observer, [this] { return now; }};
  FakeSink sink;
  std::shared_ptr<const translate::Registry> registry;
  lookup::FetchReply customer = ApiAnswer(200, R"({"email":"jane@example.com"})");
  lookup::FetchReply service = ApiAnswer(200, R"({"name":"Haircut"})");
  intake::Finisher finisher{{table, asker, sink, observer, [this] { return registry; },
                             config::LookupsSettings(), [this] { return now; }}};
};

}  // namespace

TEST_CASE_FIXTURE(Finishing, "a held delivery is finished once the API answers") {
  now += seconds(60);
  Finish(Delivery());
  REQUIRE(sink.jobs.size() == 1);
  CHECK(job().before == Outcome::kHeld);
  CHECK(job().outcome == Outcome::kStored);
  CHECK(job().events.at(0).customer_email == "jane@example.com");
  CHECK(job().events.at(0).appointment_type == "Haircut");
  CHECK(job().delivery.looked_up_at == now);
  CHECK_FALSE(job().next_attempt_in);
  CHECK(table.postponed.empty());
  REQUIRE(observer.finished.size() == 1);
  CHECK(observer.finished[0].outcome == "stored");
  CHECK(observer.finished[0].attempts == 1);
}

TEST_CASE_FIXTURE(Finishing, "what is stored from the webhook alone is completed") {
  Finish(Delivery(Outcome::kStored));
  CHECK(job().before == Outcome::kStored);
  CHECK(job().events.at(0).appointment_type == "Haircut");
  CHECK(job().reason.empty());
}

TEST_CASE_FIXTURE(Finishing, "a lease lasts longer than the look-ups may") {
  Finish(Delivery());
  CHECK(table.claims.at(0).lease >= 2 * seconds(10));
}

TEST_CASE_FIXTURE(Finishing, "while the API is away the delivery waits, longer each time") {
  customer = ApiAnswer(503);
  UnfinishedDelivery delivery = Delivery();
  SUBCASE("for the first time") {
    Finish(delivery);
    CHECK(table.postponed.at(0).next_attempt_in >= milliseconds(3750));
    CHECK(table.postponed.at(0).next_attempt_in <= milliseconds(6250));
  }
  SUBCASE("for the fifth") {
    delivery.attempts = 5;
    Finish(delivery);
    CHECK(table.postponed.at(0).next_attempt_in >= seconds(60));
    CHECK(table.postponed.at(0).next_attempt_in <= seconds(100));
  }
  SUBCASE("after three hours") {
    delivery.attempts = 100;
    delivery.waits_since = now - hours(3);
    Finish(delivery);
    CHECK(table.postponed.at(0).next_attempt_in >= seconds(1350));
    CHECK(table.postponed.at(0).next_attempt_in <= seconds(2250));
  }
  CHECK(table.postponed.at(0).reason == "Acme's API answered with status 503; it is asked again.");
  CHECK(sink.jobs.empty());
  CHECK(observer.finished.at(0).outcome == "postponed");
  CHECK(observer.finished.at(0).reason == "server_error");
}

TEST_CASE_FIXTURE(Finishing, "the API is not asked before it wants to be") {
  customer = ApiAnswer(429);
  customer.retry_after = seconds(300);
  Finish(Delivery());
  CHECK(table.postponed.at(0).next_attempt_in == seconds(300));
  // Nor for others of that org; those of another one are not concerned.
  CHECK(table.claims.at(0).but_not_of.empty());
  UnfinishedDelivery other = Delivery();
  other.stored.delivery.org.id = 2;
  table.due.push_back(Delivery());
  table.due.push_back(std::move(other));
  finisher.Turn();
  CHECK(table.claims.back().but_not_of == std::vector<std::int64_t>{1});
  CHECK(table.due.size() == 1);
}

TEST_CASE_FIXTURE(Finishing, "after a day it is given up, and says why") {
  customer = lookup::FailedReply(FetchEnd::kLate);
  UnfinishedDelivery delivery = Delivery();
  SUBCASE("not a moment too soon") {
    delivery.waits_since = now - hours(24) + seconds(1);
    Finish(delivery);
    CHECK(sink.jobs.empty());
    // The last attempt is at the end of the day.
    CHECK(table.postponed.at(0).next_attempt_in == seconds(1));
  }
  SUBCASE("in the end") {
    delivery.waits_since = now - hours(24);
    Finish(delivery);
    CHECK(table.postponed.empty());
    CHECK(job().outcome == Outcome::kDead);
    CHECK(job().reason == "Given up after 1d: Acme's API did not answer in time.");
  }
}

TEST_CASE_FIXTURE(Finishing, "a refused token makes a dead letter at once, which says what to do") {
  customer = ApiAnswer(401);
  Finish(Delivery());
  CHECK(job().outcome == Outcome::kDead);
  CHECK(job().before == Outcome::kHeld);
  CHECK(job().reason == "Acme refused the token: 401; set a new one. Then replay this delivery.");
  CHECK(job().problems.at(0).in == "lookup:customer");
}

TEST_CASE_FIXTURE(Finishing, "without a token nothing is sent, and the delivery waits for one") {
  UnfinishedDelivery delivery = Delivery();
  delivery.sealed_credential.clear();
  SUBCASE("for a day") {
    Finish(delivery);
    CHECK(sink.jobs.empty());
    CHECK(table.postponed.at(0).reason ==
          "No token for Acme is set; set one, and this delivery goes on by itself.");
  }
  SUBCASE("in the end a dead letter says what to do") {
    delivery.waits_since = now - hours(24);
    Finish(delivery);
    CHECK(job().outcome == Outcome::kDead);
    CHECK(job().reason ==
          "Given up after 1d: No token for Acme is set; set one. Then replay this delivery.");
  }
  CHECK(fetcher.requests.empty());
}

TEST_CASE_FIXTURE(Finishing,
                  "a customer who is not there, or an answer without end, is no reason to wait") {
  SUBCASE("not there") {
    customer = ApiAnswer(404);
    Finish(Delivery());
    CHECK(job().reason == "The customer is not known");
  }
  SUBCASE("too large") {
    customer = lookup::FailedReply(FetchEnd::kTooLarge);
    Finish(Delivery());
    CHECK(job().reason == "Acme's API answered with more than this gateway takes.");
  }
  CHECK(job().outcome == Outcome::kDead);
}

TEST_CASE_FIXTURE(Finishing, "a booking is stored without a detail that has to wait") {
  service = ApiAnswer(500);
  Finish(Delivery());
  CHECK(job().outcome == Outcome::kStored);
  CHECK(job().events.at(0).customer_email == "jane@example.com");
  CHECK(job().next_attempt_in > milliseconds(0));
  CHECK(table.postponed.empty());
}

TEST_CASE_FIXTURE(Finishing, "what the webhook alone said stays where the API tells nothing") {
  SUBCASE("for now") {
    customer = ApiAnswer(500);
    Finish(Delivery(Outcome::kStored));
    CHECK(table.postponed.size() == 1);
  }
  SUBCASE("for good") {
    customer = ApiAnswer(401);
    Finish(Delivery(Outcome::kStored));
    CHECK(table.closed.at(0) ==
          "Stored from the webhook alone. Acme refused the token: 401; set a new one. Then replay "
          "this delivery.");
  }
  CHECK(sink.jobs.empty());
}

TEST_CASE_FIXTURE(Finishing, "a replay replaces what is stored by a complete answer only") {
  UnfinishedDelivery delivery = Delivery(Outcome::kStored);
  delivery.replayed = true;
  SUBCASE("a complete one") {
    Finish(delivery);
    CHECK(job().events.at(0).appointment_type == "Haircut");
    CHECK(table.closed.empty());
    return;
  }
  SUBCASE("a detail has to wait") {
    service = ApiAnswer(500);
    Finish(delivery);
    CHECK(table.postponed.size() == 1);
  }
  SUBCASE("a detail is not to be had any more") {
    service = ApiAnswer(403);
    Finish(delivery);
    CHECK(table.closed == std::vector<std::string>{""});
  }
  SUBCASE("the customer is gone") {
    customer = ApiAnswer(404);
    Finish(delivery);
    CHECK(table.closed == std::vector<std::string>{""});
  }
  CHECK(sink.jobs.empty());
}

TEST_CASE_FIXTURE(Finishing,
                  "a delivery whose plugin is not enabled waits for it, but not for ever") {
  registry = std::make_shared<const translate::Registry>(std::vector<translate::Plugin>());
  UnfinishedDelivery delivery = Delivery();
  SUBCASE("it waits") {
    Finish(delivery);
    CHECK(table.postponed.at(0).reason == "The plugin acme is not enabled.");
  }
  SUBCASE("it is given up") {
    delivery.waits_since = now - hours(25);
    Finish(delivery);
    CHECK(job().outcome == Outcome::kDead);
    CHECK(job().reason == "The plugin acme is not enabled.");
  }
}

TEST_CASE_FIXTURE(Finishing, "a delivery without its body is a dead letter") {
  UnfinishedDelivery delivery = Delivery();
  delivery.stored.has_body = false;
  Finish(delivery);
  CHECK(job().outcome == Outcome::kDead);
  CHECK(job().reason == "The body of this delivery is no longer kept.");
}

TEST_CASE_FIXTURE(Finishing, "only a few are under way at once, and the next come as those leave") {
  fetcher.answer = nullptr;
  for (int i = 0; i < 30; ++i) table.due.push_back(Delivery());
  finisher.Turn();
  const std::size_t under_way = 30 - table.due.size();
  CHECK(under_way > 0);
  CHECK(under_way <= 16);
  finisher.Turn();
  CHECK(table.due.size() == 30 - under_way);
  // The first delivery's customer and service.
  fetcher.Answer(0, ApiAnswer(200, R"({"email":"jane@example.com"})"));
  fetcher.Answer(1, ApiAnswer(200, "{}"));
  CHECK(sink.jobs.size() == 1);
  finisher.Turn();
  CHECK(table.due.size() == 30 - under_way - 1);
  for (std::size_t i = 2; i < fetcher.waiting.size(); ++i) {
    fetcher.Answer(i, lookup::FailedReply(FetchEnd::kStopped));
  }
}

TEST_CASE_FIXTURE(Finishing, "an API that is away is not asked by all that wait for it") {
  customer = lookup::FailedReply(FetchEnd::kUnreachable);
  for (int i = 0; i < 100; ++i) table.due.push_back(Delivery());
  for (int i = 0; i < 20; ++i) finisher.Turn();
  CHECK(table.due.size() >= 80);
  CHECK(table.postponed.size() == 100 - table.due.size());
}

TEST_CASE_FIXTURE(Finishing, "where the store takes nothing, nothing is lost") {
  SUBCASE("its queue is full") {
    sink.full = true;
  }
  SUBCASE("the database is away") {
    sink.down = true;
  }
  Finish(Delivery());
  CHECK(observer.finished.at(0).outcome == "unavailable");
  // It is still leased, and due when that ends.
  CHECK(table.postponed.empty());
  CHECK(table.closed.empty());
}

TEST_CASE_FIXTURE(Finishing,
                  "a stop lets go of what is under way, and what comes late is dropped") {
  fetcher.answer = nullptr;
  table.due.push_back(Delivery());
  finisher.Turn();
  finisher.Stop();
  CHECK(table.released.size() == 1);
  fetcher.Answer(0, ApiAnswer(200, R"({"email":"jane@example.com"})"));
  fetcher.Answer(1, ApiAnswer(200, "{}"));
  CHECK(sink.jobs.empty());
}

TEST_CASE_FIXTURE(Finishing, "a stop does not wait for a database that is away") {
  fetcher.answer = nullptr;
  table.due.push_back(Delivery());
  finisher.Turn();
  table.down = true;
  finisher.Turn();
  finisher.Stop();
  CHECK(table.released.empty());
  for (std::size_t i = 0; i < 2; ++i) fetcher.Answer(i, lookup::FailedReply(FetchEnd::kStopped));
}

TEST_CASE_FIXTURE(Finishing, "the thread finds what is due by itself") {
  struct TellingSink : FakeSink {
    bool Submit(store::WriteJob& submitted) override {
      const bool taken = FakeSink::Submit(submitted);
      told.set_value(submitted.outcome);
      return taken;
    }
    std::promise<Outcome> told;
  } telling;
  intake::Finisher threaded(
      {table, asker, telling, observer, [this] { return registry; }, config::LookupsSettings()});
  table.due.push_back(Delivery());
  threaded.Start();
  auto outcome = telling.told.get_future();
  REQUIRE(outcome.wait_for(seconds(30)) == std::future_status::ready);
  CHECK(outcome.get() == Outcome::kStored);
  threaded.Stop();
  CHECK(telling.jobs.size() == 1);
}
