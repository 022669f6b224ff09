// A page of bookings that were fetched, not sent: what is stored of it.
#include "intake/backfill.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

namespace {

using namespace bookgate;

struct Page {
  explicit Page(const std::vector<std::string>& events) {
    plugin.manifest.provider = "acme";
    plugin.manifest.name = "Acme";
    for (const std::string& event : events) documents.push_back(json::Document::Parse(event));
    for (const auto& document : documents) {
      REQUIRE(document);
      bookings.events.push_back(document->root());
    }
    const base::Instant now{std::chrono::seconds(1'800'000'000)};
    delivery = intake::BackfillDelivery(plugin, org, {now - std::chrono::hours(1), now}, 2, now);
  }

  store::WriteJob Job() const { return intake::BackfillJob(plugin, delivery, bookings); }

  translate::Plugin plugin;
  model::Org org;
  std::vector<std::optional<json::Document>> documents;
  translate::Bookings bookings;
  model::Delivery delivery;
};

std::string Event(const std::string& id, const std::string& email) {
  return R"({"action":"booked","external_id":")" + id + R"(","customer_email":")" + email +
         R"(","start_time":"2026-06-20T14:00:00Z"})";
}

TEST_CASE("a page is one delivery, which says that it is no webhook") {
  const Page page({Event("1", "a@example.com"), Event("2", "b@example.com")});
  const store::WriteJob job = page.Job();
  CHECK(job.outcome == model::Outcome::kStored);
  CHECK(job.events.size() == 2);
  CHECK(job.problems.empty());
  CHECK(job.reason == "Backfill: fetched through Acme's API.");
  const auto body = json::Document::Parse(job.delivery.body);
  REQUIRE(body);
  CHECK(body->root()["backfill"]["page"].Integer() == 2);
  CHECK(body->root()["backfill"]["since"].Text() == "2027-01-15T07:00:00Z");
}

TEST_CASE("one booking that is of no use costs the others nothing") {
  const Page page({Event("1", "a@example.com"), R"({"action":"booked","external_id":"2"})",
                   Event("3", "c@example.com")});
  const store::WriteJob job = page.Job();
  CHECK(job.outcome == model::Outcome::kStored);
  REQUIRE(job.events.size() == 2);
  CHECK(job.events[1].external_id == "3");
  REQUIRE_FALSE(job.problems.empty());
  CHECK(job.problems[0].pointer.starts_with("/1/"));
  CHECK(job.reason.starts_with("Backfill: fetched through Acme's API. Left out: "));
}

TEST_CASE("a page without any booking of use is kept as a dead letter") {
  const Page page({R"({"action":"booked","external_id":"2"})"});
  const store::WriteJob job = page.Job();
  CHECK(job.outcome == model::Outcome::kDead);
  CHECK(job.events.empty());
  CHECK(job.problems.size() >= 1);
}

TEST_CASE("bookings without an id of their own are not mixed up") {
  const std::string nameless =
      R"({"action":"booked","customer_email":"a@example.com","start_time":"2026-06-20T14:00:00Z"})";
  const Page page({nameless, R"({"action":"booked","external_id":"2"})"});
  CHECK(page.Job().events.empty());
}

}  // namespace
