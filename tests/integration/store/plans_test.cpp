// In a burst of bookings, the database's statistics are from before it: they say that the tables
// are empty. Whoever trusts them reads all that an org has for every batch.
#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "integration/store/store_fixture.hpp"
#include "store/write_batch.hpp"

namespace {

using namespace bookgate;
using model::Action;
using model::BookingEvent;

constexpr int kKnown = 2000;

BookingEvent Booked(int number) {
  BookingEvent event;
  event.action = Action::kBooked;
  event.source = "burst";
  event.external_id = "b" + std::to_string(number);
  event.customer_email = event.email_key = event.external_id + "@example.com";
  return event;
}

BookingEvent ByPhone(int number) {
  BookingEvent event = Booked(number);
  event.customer_email.clear();
  event.email_key.clear();
  event.customer_phone = event.phone_key = "49170" + std::to_string(1'000'000 + number);
  return event;
}

BookingEvent Cancelled(int number) {
  BookingEvent event = Booked(number);
  event.action = Action::kCancelled;
  return event;
}

void Write(store::Connection& connection, const std::vector<BookingEvent>& events) {
  std::vector<store::WriteJob> jobs;
  jobs.reserve(events.size());
  for (const BookingEvent& event : events) jobs.push_back(tests::JobOf(event));
  std::vector<store::WriteJob*> pointers;
  pointers.reserve(jobs.size());
  for (store::WriteJob& job : jobs) pointers.push_back(&job);
  store::WriteBatch(connection, store::MakeBatch(pointers));
  connection.Commit();
}

/// Rows, or entries of an index, that this connection has walked along so far.
std::int64_t RowsWalked(store::Connection& connection) {
  std::int64_t sum = 0;
  for (const store::Row& row : connection.QueryBuilt(
           "SHOW SESSION STATUS WHERE Variable_name IN "
           "('Handler_read_next', 'Handler_read_prev', 'Handler_read_rnd_next')")) {
    sum += row.Integer(1);
  }
  return sum;
}

}  // namespace

TEST_CASE("a batch looks its keys up, whatever the statistics say") {
  const tests::TestDatabase database;
  const config::DatabaseSettings settings = tests::SettingsOf(database);
  tests::Migrate(settings);
  for (const std::string table :
       {"contacts", "appointments", "appointment_ids", "pending_bookings"}) {
    database.Execute("ALTER TABLE " + table + " STATS_AUTO_RECALC = 0, STATS_PERSISTENT = 1");
    database.Execute("ANALYZE TABLE " + table);
  }
  const auto connection = tests::Connect(settings);
  for (int first = 0; first < kKnown; first += 100) {
    std::vector<BookingEvent> events;
    for (int i = first; i < first + 100; ++i) events.push_back(Booked(i));
    Write(*connection, events);
  }
  std::vector<BookingEvent> batch;
  for (int i = kKnown; i < kKnown + 50; ++i) batch.push_back(Booked(i));
  SUBCASE("new bookings alone") {}
  SUBCASE("with repeats, and news of known ones") {
    for (int i = 0; i < 20; ++i) batch.push_back(Booked(i));
    for (int i = 20; i < 40; ++i) batch.push_back(Cancelled(i));
  }
  SUBCASE("with customers who left a phone number alone") {
    for (int i = kKnown + 50; i < kKnown + 60; ++i) batch.push_back(ByPhone(i));
  }
  const std::int64_t before = RowsWalked(*connection);
  Write(*connection, batch);
  const std::int64_t walked = RowsWalked(*connection) - before;
  CAPTURE(walked);
  CHECK(walked < kKnown / 2);
}
