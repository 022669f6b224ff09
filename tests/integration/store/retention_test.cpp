// Bodies go after their time, rows stay, and what is held waits.
#include <doctest/doctest.h>

#include "integration/store/store_fixture.hpp"
#include "store/retention.hpp"
#include "store/write_batch.hpp"

namespace {

using namespace bookgate;

constexpr std::chrono::hours kDay{24};

struct Deliveries {
  Deliveries() : settings(tests::SettingsOf(database)) {
    tests::Migrate(settings);
    database.Execute(
        "INSERT INTO orgs (OrgID, PublicID, Name, CreatedAt) VALUES (7, 'org', 'Shop', NOW())");
    connection = tests::Connect(settings);
  }

  void Add(std::chrono::hours age, model::Outcome outcome = model::Outcome::kIgnored) {
    store::WriteJob job = tests::JobOf({});
    job.delivery.received_at = base::SystemNow() - age;
    job.delivery.id = base::Uuid::Version7(job.delivery.received_at);
    job.outcome = outcome;
    job.events.clear();
    store::WriteBatch(*connection, store::MakeBatch({&job}));
    connection->Commit();
  }

  std::size_t Drop() {
    const std::size_t count = store::DropOldBodies(*connection, base::SystemNow() - 30 * kDay);
    connection->Commit();
    return count;
  }

  std::int64_t Bodies() const {
    return database.Number("SELECT COUNT(*) FROM deliveries WHERE Body IS NOT NULL");
  }

  tests::TestDatabase database;
  config::DatabaseSettings settings;
  std::unique_ptr<store::Connection> connection;
};

}  // namespace

TEST_CASE("old bodies are dropped, once, and their rows stay") {
  Deliveries deliveries;
  for (int i = 0; i < 3; ++i) deliveries.Add(31 * kDay);
  deliveries.Add(29 * kDay);
  CHECK(deliveries.Drop() == 3);
  CHECK(deliveries.Bodies() == 1);
  CHECK(deliveries.database.Number("SELECT COUNT(*) FROM deliveries") == 4);
  CHECK(deliveries.Drop() == 0);
}

TEST_CASE("a held delivery keeps its body until something came of it") {
  Deliveries deliveries;
  deliveries.Add(33 * kDay);
  deliveries.Add(32 * kDay, model::Outcome::kHeld);
  deliveries.Add(31 * kDay);
  CHECK(deliveries.Drop() == 1);
  CHECK(deliveries.Drop() == 0);
  deliveries.database.Execute("UPDATE deliveries SET Outcome = 'dead' WHERE Outcome = 'held'");
  CHECK(deliveries.Drop() == 2);
  CHECK(deliveries.Bodies() == 0);
}
