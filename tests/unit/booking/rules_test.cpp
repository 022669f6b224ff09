// What one event does to what is known, row by row of the booking rules.
#include <doctest/doctest.h>

#include "booking/rules.hpp"

namespace {

using namespace bookgate;
using model::Action;
using model::AppointmentStatus;
using model::BookingEvent;

base::Instant Hour(int hour) {
  return base::Instant(std::chrono::hours(500'000 + hour));
}

BookingEvent Event(Action action, std::optional<int> start = std::nullopt,
                   std::optional<std::int64_t> sequence = std::nullopt) {
  BookingEvent event;
  event.action = action;
  event.source = "s";
  event.external_id = "1";
  if (start) event.start_time = Hour(*start);
  event.sequence = sequence;
  return event;
}

}  // namespace

TEST_CASE("the first event makes the row in the state that it tells of") {
  CHECK(booking::FactsOfFirst(Event(Action::kBooked)).status == AppointmentStatus::kBooked);
  CHECK(booking::FactsOfFirst(Event(Action::kUpdated)).status == AppointmentStatus::kBooked);
  CHECK(booking::FactsOfFirst(Event(Action::kCancelled)).status == AppointmentStatus::kCancelled);
  CHECK(booking::FactsOfFirst(Event(Action::kNoShow)).status == AppointmentStatus::kNoShow);
  BookingEvent half = Event(Action::kCancelled);
  half.next_external_id = "2";
  CHECK(booking::FactsOfFirst(half).status == AppointmentStatus::kBooked);
  half.next_external_id.clear();
  half.superseded = true;
  CHECK(booking::FactsOfFirst(half).status == AppointmentStatus::kBooked);
}

TEST_CASE("the same event again changes nothing") {
  for (const Action action : {Action::kBooked, Action::kRescheduled, Action::kCancelled,
                              Action::kNoShow, Action::kUpdated}) {
    for (const std::optional<std::int64_t> sequence : {std::optional<std::int64_t>(), {3}}) {
      BookingEvent event = Event(action, 1, sequence);
      event.notes = "n";
      event.answers.push_back({"q", "a"});
      const booking::AppointmentFacts facts = booking::FactsOfFirst(event);
      CHECK(booking::Apply(facts, event) == facts);
    }
  }
}

TEST_CASE("a late booked leaves a cancelled booking cancelled and fills what is empty") {
  booking::AppointmentFacts facts = booking::FactsOfFirst(Event(Action::kCancelled));
  facts = booking::Apply(facts, Event(Action::kBooked, 5));
  CHECK(facts.status == AppointmentStatus::kCancelled);
  CHECK(facts.start_time == Hour(5));
}

TEST_CASE("a newer event wins, an older one fills empty fields only") {
  BookingEvent first = Event(Action::kBooked, 1, 1);
  BookingEvent second = Event(Action::kRescheduled, 2, 2);
  first.notes = "from the first";
  const booking::AppointmentFacts in_order = booking::Apply(booking::FactsOfFirst(first), second);
  const booking::AppointmentFacts reversed = booking::Apply(booking::FactsOfFirst(second), first);
  CHECK(in_order == reversed);
  CHECK(in_order.start_time == Hour(2));
  CHECK(in_order.notes == "from the first");
}

TEST_CASE("a no-show is taken back by a newer booked, and by no other") {
  const booking::AppointmentFacts facts = booking::FactsOfFirst(Event(Action::kNoShow, 1, 5));
  CHECK(booking::Apply(facts, Event(Action::kBooked, 1, 6)).status == AppointmentStatus::kBooked);
  CHECK(booking::Apply(facts, Event(Action::kBooked, 1, 4)).status == AppointmentStatus::kNoShow);
  CHECK(booking::Apply(facts, Event(Action::kBooked, 1)).status == AppointmentStatus::kNoShow);
}

TEST_CASE("the old half of a reschedule neither cancels nor brings back the old time") {
  const booking::AppointmentFacts moved = booking::FactsOfFirst(Event(Action::kRescheduled, 2));
  BookingEvent half = Event(Action::kCancelled, 1);
  half.next_external_id = "2";
  const booking::AppointmentFacts facts = booking::Apply(moved, half);
  CHECK(facts.status == AppointmentStatus::kBooked);
  CHECK(facts.start_time == Hour(2));
}

TEST_CASE("time orders events where there is no version") {
  BookingEvent cancelled = Event(Action::kCancelled);
  cancelled.occurred_at = Hour(10);
  BookingEvent booked = Event(Action::kBooked, 1);
  booked.occurred_at = Hour(9);
  CHECK(booking::Apply(booking::FactsOfFirst(cancelled), booked).status ==
        AppointmentStatus::kCancelled);
  CHECK(booking::Apply(booking::FactsOfFirst(booked), cancelled).status ==
        AppointmentStatus::kCancelled);
}
