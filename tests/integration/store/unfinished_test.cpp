// Deliveries whose look-ups are still to be made: who gets them, when, and that nobody else does.
#include <doctest/doctest.h>

#include <algorithm>
#include <map>

#include "integration/store/store_fixture.hpp"
#include "store/provider_secret_queries.hpp"
#include "store/unfinished_deliveries.hpp"
#include "store/write_batch.hpp"
#include "support/at_once.hpp"

namespace {

using namespace bookgate;
using model::Outcome;
using std::chrono::hours;
using std::chrono::milliseconds;

constexpr milliseconds kNow{0};
constexpr milliseconds kLease = hours(1);

struct Unfinished {
  Unfinished() : settings(tests::SettingsOf(database)), pool(settings), table(pool) {
    tests::Migrate(settings);
    database.Execute(
        "INSERT INTO orgs (OrgID, PublicID, Name, CreatedAt) VALUES (7, 'org', 'Shop', NOW()), "
        "(8, 'other', 'Another shop', NOW())");
    connection = tests::Connect(settings);
  }

  /// A job of a delivery that waits for a look-up.
  static store::WriteJob Held(milliseconds next_attempt_in = kNow) {
    store::WriteJob job = tests::JobOf({});
    job.delivery.provider = "square";
    job.delivery.body = "the body";
    job.delivery.headers = {{"x-event", "created"}};
    job.events.clear();
    job.outcome = Outcome::kHeld;
    job.reason = "Waits.";
    job.next_attempt_in = next_attempt_in;
    return job;
  }

  store::Written Write(store::WriteJob& job) {
    const std::vector<store::Written> written =
        store::WriteBatch(*connection, store::MakeBatch({&job}));
    connection->Commit();
    return written.front();
  }

  std::vector<store::UnfinishedDelivery> Take(std::size_t limit = 100,
                                              std::vector<std::int64_t> but_not_of = {},
                                              milliseconds lease = kLease) {
    auto taken = table.Take({"square", std::move(but_not_of), limit, lease});
    REQUIRE(taken.ok());
    return std::move(taken).value();
  }

  std::string Row(const std::string& columns) const {
    return database.Text("SELECT " + columns + " FROM deliveries");
  }
  std::int64_t Rows() const {
    return database.Number("SELECT COUNT(*) FROM unfinished_deliveries");
  }
  void MakeDue() const {
    database.Execute("UPDATE unfinished_deliveries SET NextAttemptAt = NOW()");
  }

  tests::TestDatabase database;
  config::DatabaseSettings settings;
  store::Pool pool;
  store::UnfinishedDeliveriesTable table;
  std::unique_ptr<store::Connection> connection;
};

store::DeliveryKey KeyOf(const store::UnfinishedDelivery& delivery) {
  return {delivery.stored.delivery.org.id, delivery.stored.delivery.id};
}

model::BookingEvent Booked() {
  model::BookingEvent event;
  event.source = "square";
  event.external_id = "b1";
  event.customer_email = event.email_key = "a@example.com";
  return event;
}

}  // namespace

TEST_CASE("a delivery that waits comes back as it was, with what is needed to finish it") {
  Unfinished unfinished;
  store::WriteJob job = Unfinished::Held();
  unfinished.Write(job);
  unfinished.database.Execute(
      "INSERT INTO provider_secrets (OrgID, Provider, Kind, Sealed, Hint, CreatedAt) VALUES "
      "(7, 'square', 'credential', 'sealed', '', NOW()), "
      "(7, 'square', 'signing_key', 'another', '', NOW()), "
      "(8, 'square', 'credential', 'of another org', '', NOW())");
  CHECK(*unfinished.table.DueProviders() == std::vector<std::string>{"square"});
  const std::vector<store::UnfinishedDelivery> taken = unfinished.Take();
  REQUIRE(taken.size() == 1);
  const store::UnfinishedDelivery& delivery = taken.front();
  CHECK(delivery.stored.delivery.id == job.delivery.id);
  CHECK(delivery.stored.delivery.org.public_id == "org");
  CHECK(delivery.stored.delivery.body == "the body");
  REQUIRE(delivery.stored.delivery.headers.size() == 1);
  CHECK(delivery.stored.outcome == Outcome::kHeld);
  CHECK(delivery.attempts == 1);
  CHECK_FALSE(delivery.replayed);
  CHECK(delivery.sealed_credential == "sealed");
  CHECK(base::SystemNow() - delivery.waits_since < hours(1));
}

TEST_CASE("one that was taken is nobody else's until the lease ends") {
  Unfinished unfinished;
  store::WriteJob job = Unfinished::Held();
  unfinished.Write(job);
  CHECK(unfinished.Take(1, {}, kNow).size() == 1);
  CHECK(unfinished.Take().size() == 1);
  CHECK(unfinished.Take().empty());
  CHECK(unfinished.table.DueProviders()->empty());
  unfinished.MakeDue();
  const auto again = unfinished.Take();
  REQUIRE(again.size() == 1);
  CHECK(again.front().attempts == 3);
}

TEST_CASE("one that was let go is there for whoever comes next") {
  Unfinished unfinished;
  store::WriteJob job = Unfinished::Held();
  unfinished.Write(job);
  const auto taken = unfinished.Take();
  REQUIRE(unfinished.table.Release({KeyOf(taken.front())}).ok());
  const auto again = unfinished.Take();
  REQUIRE(again.size() == 1);
  CHECK(again.front().attempts == 1);
}

TEST_CASE("several who take at once get each of them once") {
  Unfinished unfinished;
  constexpr std::size_t kCount = 200;
  for (std::size_t i = 0; i < kCount; ++i) {
    store::WriteJob job = Unfinished::Held();
    unfinished.Write(job);
  }
  const auto shares = tests::AtOnce(4, [&](std::size_t) {
    std::vector<base::Uuid> mine;
    while (true) {
      auto taken = unfinished.table.Take({"square", {}, 7, kLease});
      if (!taken.ok()) return mine;
      if (taken->empty() && unfinished.table.DueProviders()->empty()) return mine;
      for (const auto& delivery : *taken) mine.push_back(delivery.stored.delivery.id);
    }
  });
  std::map<base::Uuid, int> times;
  for (const auto& share : shares) {
    for (const base::Uuid& id : share) ++times[id];
  }
  CHECK(times.size() == kCount);
  CHECK(
      std::all_of(times.begin(), times.end(), [](const auto& entry) { return entry.second == 1; }));
}

TEST_CASE(
    "only what is due, of that provider and of orgs whose turn it is, the longest due first") {
  Unfinished unfinished;
  std::vector<store::WriteJob> jobs(4);
  jobs[0] = Unfinished::Held(milliseconds(-1000));
  jobs[1] = Unfinished::Held(milliseconds(-2000));
  jobs[2] = Unfinished::Held(hours(1));
  jobs[3] = Unfinished::Held(milliseconds(-3000));
  jobs[3].delivery.org.id = 8;
  for (store::WriteJob& job : jobs) unfinished.Write(job);
  store::WriteJob of_acuity = Unfinished::Held();
  of_acuity.delivery.provider = "acuity";
  unfinished.Write(of_acuity);
  CHECK(*unfinished.table.DueProviders() == std::vector<std::string>{"acuity", "square"});
  auto taken = unfinished.Take(100, {8, 9});
  REQUIRE(taken.size() == 2);
  CHECK(taken[0].stored.delivery.id == jobs[1].delivery.id);
  CHECK(taken[1].stored.delivery.id == jobs[0].delivery.id);
  taken = unfinished.Take();
  REQUIRE(taken.size() == 1);
  CHECK(taken[0].stored.delivery.org.id == 8);
}

TEST_CASE("one that is postponed tells its owner why, and is due later") {
  Unfinished unfinished;
  store::WriteJob job = Unfinished::Held();
  unfinished.Write(job);
  const auto taken = unfinished.Take();
  REQUIRE(unfinished.table.Postpone({{KeyOf(taken.front()), hours(1), "Square is away."}}).ok());
  CHECK(unfinished.Row("Outcome, Reason, Attempts") == "held | Square is away. | 2");
  CHECK(unfinished.Take().empty());
  CHECK(unfinished.database.Number("SELECT NextAttemptAt > NOW() + INTERVAL 50 MINUTE FROM "
                                   "unfinished_deliveries") == 1);
}

TEST_CASE("once it is finished there is nothing left to do") {
  Unfinished unfinished;
  store::WriteJob job = Unfinished::Held();
  unfinished.Write(job);
  store::UnfinishedDelivery taken = unfinished.Take().front();
  store::WriteJob finished;
  finished.delivery = taken.stored.delivery;
  finished.delivery.looked_up_at = base::SystemNow();
  finished.before = taken.stored.outcome;
  finished.events = {Booked()};
  const store::Written written = unfinished.Write(finished);
  CHECK(written.outcome == Outcome::kStored);
  CHECK(written.appointments.front().created);
  CHECK(unfinished.Rows() == 0);
  CHECK(unfinished.Row("Outcome, Reason IS NULL, AppointmentID IS NOT NULL, Attempts") ==
        "stored | 1 | 1 | 2");
}

TEST_CASE("what is stored from the webhook alone is completed in the same row") {
  Unfinished unfinished;
  store::WriteJob bare = tests::JobOf(Booked());
  bare.delivery.provider = "square";
  bare.next_attempt_in = kNow;
  const store::Written first = unfinished.Write(bare);
  store::UnfinishedDelivery taken = unfinished.Take().front();
  CHECK(taken.stored.outcome == Outcome::kStored);
  CHECK_FALSE(taken.replayed);
  store::WriteJob complete;
  complete.delivery = taken.stored.delivery;
  complete.before = taken.stored.outcome;
  complete.events = {Booked()};
  complete.events.front().appointment_type = "Haircut";
  const store::Written second = unfinished.Write(complete);
  CHECK(second.outcome == Outcome::kStored);
  CHECK(second.appointments.front().appointment_id == first.appointments.front().appointment_id);
  CHECK(unfinished.Rows() == 0);
  CHECK(unfinished.database.Text("SELECT AppointmentType, COUNT(*) FROM appointments") ==
        "Haircut | 1");
}

TEST_CASE("what was received before is not looked up once more") {
  Unfinished unfinished;
  for (int i = 0; i < 2; ++i) {
    store::WriteJob job = tests::JobOf(Booked());
    job.reason = "Stored from the webhook alone.";
    job.next_attempt_in = kNow;
    unfinished.Write(job);
  }
  CHECK(unfinished.Rows() == 1);
  CHECK(unfinished.database.Text("SELECT Outcome, Reason FROM deliveries ORDER BY DeliveryID") ==
        "stored | Stored from the webhook alone.\nduplicate | The same was received before.");
}

TEST_CASE("a replay says whether there may be something to lose") {
  Unfinished unfinished;
  store::WriteJob job = tests::JobOf(Booked());
  job.delivery.provider = "square";
  unfinished.Write(job);
  CHECK(unfinished.Rows() == 0);
  store::WriteJob replay = Unfinished::Held();
  replay.delivery = job.delivery;
  replay.before = Outcome::kStored;
  unfinished.Write(replay);
  CHECK(unfinished.Row("Outcome, Reason IS NULL, Attempts") == "stored | 1 | 1");
  const auto taken = unfinished.Take();
  REQUIRE(taken.size() == 1);
  CHECK(taken.front().replayed);
}

TEST_CASE("a replay of one that waits makes it due, and it waits no longer than before") {
  Unfinished unfinished;
  store::WriteJob job = Unfinished::Held(hours(1));
  unfinished.Write(job);
  unfinished.database.Execute(
      "UPDATE unfinished_deliveries SET WaitsSince = NOW() - INTERVAL 20 HOUR");
  store::WriteJob replay = Unfinished::Held();
  replay.delivery = job.delivery;
  replay.before = Outcome::kHeld;
  unfinished.Write(replay);
  const auto taken = unfinished.Take();
  REQUIRE(taken.size() == 1);
  CHECK_FALSE(taken.front().replayed);
  CHECK(base::SystemNow() - taken.front().waits_since > hours(19));
}

TEST_CASE("a credential that is set makes due what may have waited for it, and nothing else") {
  Unfinished unfinished;
  std::vector<store::WriteJob> jobs(3);
  for (store::WriteJob& job : jobs) job = Unfinished::Held(hours(1));
  jobs[1].delivery.org.id = 8;
  jobs[2].delivery.provider = "acuity";
  for (store::WriteJob& job : jobs) unfinished.Write(job);
  const auto set = [&](auth::ProviderSecretKind kind) {
    store::SetProviderSecret(*unfinished.connection, {7, "square", kind},
                             {"sealed", "", {}, false});
    unfinished.connection->Commit();
  };
  set(auth::ProviderSecretKind::kSigningKey);
  CHECK(unfinished.table.DueProviders()->empty());
  set(auth::ProviderSecretKind::kCredential);
  CHECK(*unfinished.table.DueProviders() == std::vector<std::string>{"square"});
  const auto taken = unfinished.Take();
  REQUIRE(taken.size() == 1);
  CHECK(taken.front().stored.delivery.id == jobs[0].delivery.id);
}

TEST_CASE("one of which nothing more will come is closed, with or without a word") {
  Unfinished unfinished;
  store::WriteJob job = tests::JobOf(Booked());
  job.delivery.provider = "square";
  job.next_attempt_in = kNow;
  unfinished.Write(job);
  const auto taken = unfinished.Take();
  SUBCASE("with") {
    REQUIRE(unfinished.table.Close(KeyOf(taken.front()), "Square refused the token: 401.").ok());
    CHECK(unfinished.Row("Outcome, Reason, Attempts") ==
          "stored | Square refused the token: 401. | 2");
  }
  SUBCASE("without") {
    REQUIRE(unfinished.table.Close(KeyOf(taken.front()), "").ok());
    CHECK(unfinished.Row("Outcome, Reason IS NULL, Attempts") == "stored | 1 | 1");
  }
  CHECK(unfinished.Rows() == 0);
}

TEST_CASE("one whose delivery somebody deleted is forgotten") {
  Unfinished unfinished;
  store::WriteJob job = Unfinished::Held();
  unfinished.Write(job);
  unfinished.database.Execute("DELETE FROM deliveries");
  CHECK(unfinished.Take().empty());
  CHECK(unfinished.Rows() == 0);
}
