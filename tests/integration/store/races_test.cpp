// Two transactions that hear of one booking at the same moment, by different ids: whichever is
// first, the other one waits for it and sees it.
#include <doctest/doctest.h>

#include <chrono>
#include <thread>

#include "integration/store/store_fixture.hpp"
#include "store/write_batch.hpp"

namespace {

using namespace bookgate;
using model::Action;
using model::BookingEvent;

BookingEvent Event(Action action, const std::string& id) {
  BookingEvent event;
  event.action = action;
  event.source = "race";
  event.external_id = id;
  event.customer_email = event.email_key = id + "@example.com";
  return event;
}

BookingEvent Move() {
  BookingEvent event = Event(Action::kRescheduled, "new");
  event.previous_external_id = "old";
  return event;
}

struct Race {
  Race() : settings(tests::SettingsOf(database)) { tests::Migrate(settings); }

  /// Writes `first` and, before it is committed, `second`, which has to wait.
  void Run(const BookingEvent& first, const BookingEvent& second) {
    store::WriteJob one = tests::JobOf(first);
    store::WriteJob two = tests::JobOf(second);
    const auto connection = tests::Connect(settings);
    store::WriteBatch(*connection, store::MakeBatch({&one}));
    std::thread other([&] {
      const auto its_own = tests::Connect(settings);
      store::WriteBatch(*its_own, store::MakeBatch({&two}));
      its_own->Commit();
    });
    WaitUntilOneWaits();
    connection->Commit();
    other.join();
  }

  void WaitUntilOneWaits() const {
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(4);
    while (std::chrono::steady_clock::now() < deadline) {
      if (database.Number("SELECT COUNT(*) FROM information_schema.INNODB_TRX "
                          "WHERE trx_state = 'LOCK WAIT'") > 0) {
        return;
      }
    }
    FAIL_CHECK("the second transaction did not wait for the first");
  }

  std::string Appointments() const {
    return database.Text("SELECT ExternalID, Status FROM appointments ORDER BY 1");
  }

  tests::TestDatabase database;
  config::DatabaseSettings settings;
};

}  // namespace

TEST_CASE("a booking that comes while its id becomes an older one of another") {
  Race race;
  race.Run(Move(), Event(Action::kBooked, "old"));
  CHECK(race.Appointments() == "new | booked");
}

TEST_CASE("a move that comes while the booking is made that it moves") {
  Race race;
  race.Run(Event(Action::kBooked, "old"), Move());
  CHECK(race.Appointments() == "new | booked");
}

TEST_CASE("a booking that comes while its cancellation is remembered") {
  Race race;
  BookingEvent cancelled = Event(Action::kCancelled, "old");
  cancelled.customer_email.clear();
  cancelled.email_key.clear();
  race.Run(cancelled, Event(Action::kBooked, "old"));
  CHECK(race.Appointments() == "old | cancelled");
  CHECK(race.database.Number("SELECT COUNT(*) FROM pending_bookings") == 0);
}
