// What one event does to what is known, rule by rule of the booking rules. That the order of
// arrival does not matter is in order_property_test.cpp.
#include <doctest/doctest.h>

#include "booking/history_text.hpp"
#include "booking/rules.hpp"

namespace {

using namespace bookgate;
using booking::PastEvent;
using model::Action;
using model::AppointmentStatus;

base::Instant Hour(int hour) {
  return base::Instant(std::chrono::hours(500'000 + hour));
}

/// Each event comes a minute after the one that was made before it.
PastEvent Event(Action action, std::optional<int> start = std::nullopt,
                std::optional<std::int64_t> sequence = std::nullopt) {
  static int count = 0;
  PastEvent event;
  event.action = action;
  event.external_id = "1";
  if (start) event.start_time = Hour(*start);
  event.sequence = sequence;
  event.observed_at = base::Instant(std::chrono::minutes(++count));
  event.delivery_id = base::Uuid::Version7(event.observed_at);
  return event;
}

booking::Verdict DecideAll(const std::vector<PastEvent>& events) {
  booking::Verdict verdict;
  for (const PastEvent& event : events) verdict = booking::Decide(verdict.history, event);
  return verdict;
}

AppointmentStatus StatusAfter(const std::vector<PastEvent>& events) {
  return DecideAll(events).settled.facts.status;
}

}  // namespace

TEST_CASE("the first event makes the row in the state that it tells of") {
  CHECK(StatusAfter({Event(Action::kBooked)}) == AppointmentStatus::kBooked);
  CHECK(StatusAfter({Event(Action::kUpdated)}) == AppointmentStatus::kBooked);
  CHECK(StatusAfter({Event(Action::kCancelled)}) == AppointmentStatus::kCancelled);
  CHECK(StatusAfter({Event(Action::kNoShow)}) == AppointmentStatus::kNoShow);
  PastEvent half = Event(Action::kCancelled);
  half.next_external_id = "2";
  CHECK(StatusAfter({half}) == AppointmentStatus::kBooked);
  half.next_external_id.clear();
  half.superseded = true;
  CHECK(StatusAfter({half}) == AppointmentStatus::kBooked);
}

TEST_CASE("the same again is a duplicate and changes nothing, whenever it comes") {
  for (const Action action : {Action::kBooked, Action::kRescheduled, Action::kCancelled,
                              Action::kNoShow, Action::kUpdated}) {
    PastEvent event = Event(action, 1);
    event.notes = "n";
    const booking::Verdict first = booking::Decide({}, event);
    CHECK_FALSE(first.duplicate);
    CHECK(first.changes_row);
    event.delivery_id = base::Uuid::Version7(Hour(1));
    event.observed_at = Hour(1);
    const booking::Verdict again = booking::Decide(first.history, event);
    CHECK(again.duplicate);
    CHECK_FALSE(again.changes_row);
    CHECK_FALSE(again.changes_history);
  }
}

TEST_CASE("a late booked leaves a cancelled booking cancelled and fills what is empty") {
  const booking::Verdict verdict =
      DecideAll({Event(Action::kCancelled), Event(Action::kBooked, 5)});
  CHECK(verdict.settled.facts.status == AppointmentStatus::kCancelled);
  CHECK(verdict.settled.facts.start_time == Hour(5));
}

TEST_CASE("a newer event wins, an older one fills empty fields only") {
  PastEvent first = Event(Action::kBooked, 1, 1);
  first.notes = "from the first";
  const PastEvent second = Event(Action::kRescheduled, 2, 2);
  const booking::Verdict reversed = DecideAll({second, first});
  CHECK(DecideAll({first, second}).settled == reversed.settled);
  CHECK(reversed.settled.facts.start_time == Hour(2));
  CHECK(reversed.settled.facts.notes == "from the first");
}

TEST_CASE("an older event that fills nothing is remembered and cannot be seen") {
  const booking::Verdict known = DecideAll({Event(Action::kRescheduled, 2, 2)});
  const booking::Verdict verdict = booking::Decide(known.history, Event(Action::kBooked, 1, 1));
  CHECK_FALSE(verdict.duplicate);
  CHECK_FALSE(verdict.changes_row);
  CHECK(verdict.changes_history);
}

TEST_CASE("a no-show is taken back by a newer booked, and by no other") {
  const PastEvent no_show = Event(Action::kNoShow, 1, 5);
  CHECK(StatusAfter({no_show, Event(Action::kBooked, 1, 6)}) == AppointmentStatus::kBooked);
  CHECK(StatusAfter({no_show, Event(Action::kBooked, 1, 4)}) == AppointmentStatus::kNoShow);
  CHECK(StatusAfter({no_show, Event(Action::kBooked, 1)}) == AppointmentStatus::kNoShow);
}

TEST_CASE("time orders events where there is no version") {
  PastEvent cancelled = Event(Action::kCancelled);
  cancelled.occurred_at = Hour(10);
  PastEvent booked = Event(Action::kBooked, 1);
  booked.occurred_at = Hour(9);
  CHECK(StatusAfter({cancelled, booked}) == AppointmentStatus::kCancelled);
  booked.occurred_at = Hour(11);
  CHECK(StatusAfter({cancelled, booked}) == AppointmentStatus::kBooked);
}

TEST_CASE("the version outweighs the time") {
  PastEvent older = Event(Action::kCancelled, std::nullopt, 1);
  older.occurred_at = Hour(10);
  PastEvent newer = Event(Action::kRescheduled, 3, 2);
  newer.occurred_at = Hour(9);
  CHECK(StatusAfter({newer, older}) == AppointmentStatus::kBooked);
}

TEST_CASE("a move takes the new id and time, whichever id is heard of first") {
  PastEvent moved = Event(Action::kRescheduled, 2);
  moved.external_id = "2";
  moved.previous_external_id = "1";
  const PastEvent booked = Event(Action::kBooked, 1);
  for (const auto& events : {std::vector{booked, moved}, std::vector{moved, booked}}) {
    const booking::Settled settled = DecideAll(events).settled;
    CHECK(settled.external_id == "2");
    CHECK(settled.facts.start_time == Hour(2));
    CHECK(settled.facts.status == AppointmentStatus::kBooked);
  }
}

TEST_CASE("the old half of a reschedule neither cancels nor brings back the old time") {
  PastEvent half = Event(Action::kCancelled, 1);
  half.next_external_id = "2";
  half.occurred_at = Hour(20);
  PastEvent moved = Event(Action::kBooked, 2);
  moved.external_id = "2";
  moved.previous_external_id = "1";
  moved.occurred_at = Hour(19);
  const booking::Settled settled = DecideAll({Event(Action::kBooked, 1), moved, half}).settled;
  CHECK(settled.facts.status == AppointmentStatus::kBooked);
  CHECK(settled.facts.start_time == Hour(2));
  CHECK(settled.external_id == "2");
}

TEST_CASE("what happens to an id that was moved away from changes nothing any more") {
  PastEvent moved = Event(Action::kRescheduled, 2);
  moved.external_id = "2";
  moved.previous_external_id = "1";
  CHECK(StatusAfter({moved, Event(Action::kCancelled, 1)}) == AppointmentStatus::kBooked);
}

TEST_CASE("ids that replace each other in a circle do no harm") {
  PastEvent there = Event(Action::kRescheduled, 2);
  there.external_id = "2";
  there.previous_external_id = "1";
  PastEvent back = Event(Action::kRescheduled, 1);
  back.previous_external_id = "2";
  CHECK(DecideAll({there, back}).settled == DecideAll({back, there}).settled);
}

TEST_CASE("of two moves that nothing orders the one that came last counts") {
  const std::vector<PastEvent> events = {Event(Action::kBooked, 1), Event(Action::kRescheduled, 5),
                                         Event(Action::kRescheduled, 3)};
  CHECK(DecideAll(events).settled.facts.start_time == Hour(3));
  CHECK(DecideAll({events[2], events[0], events[1]}).settled.facts.start_time == Hour(3));
}

TEST_CASE("a text that is changed after a move that nothing orders is changed") {
  PastEvent moved = Event(Action::kRescheduled, 5);
  moved.notes = "old";
  PastEvent updated = Event(Action::kUpdated);
  updated.notes = "new";
  const booking::Settled settled = DecideAll({Event(Action::kBooked, 1), moved, updated}).settled;
  CHECK(settled.facts.notes == "new");
  CHECK(settled.facts.start_time == Hour(5));
}

TEST_CASE("a delivery that is replayed replaces what it said before") {
  PastEvent misread = Event(Action::kBooked, 1);
  const booking::Verdict known = booking::Decide({}, misread);
  PastEvent read_today = misread;
  read_today.start_time = Hour(2);
  const booking::Verdict verdict = booking::Decide(known.history, read_today);
  CHECK(verdict.history.size() == 1);
  CHECK(verdict.settled.facts.start_time == Hour(2));
  CHECK(verdict.changes_row);
}

TEST_CASE("a history without end is cut to what makes a difference") {
  booking::Verdict verdict = DecideAll({Event(Action::kBooked, 1)});
  for (int i = 0; i < 300; ++i) {
    PastEvent update = Event(Action::kUpdated);
    update.notes = std::to_string(i);
    verdict = booking::Decide(verdict.history, update);
  }
  CHECK(verdict.history.size() <= 64);
  CHECK(verdict.settled.facts.notes == "299");
  CHECK(verdict.settled.facts.start_time == Hour(1));
}

TEST_CASE("a history survives being written down") {
  PastEvent event = Event(Action::kCancelled, 1, 7);
  event.superseded = true;
  event.previous_external_id = "0";
  event.next_external_id = "2";
  event.duration_minutes = 0;
  event.notes = "  \"quotes\" \\ and \xF0\x9F\x98\x80\n";
  event.answers = R"([{"question":"q","answer":"a"}])";
  event.occurred_at = Hour(3) + std::chrono::microseconds(17);
  event.index = 4;
  const std::vector<PastEvent> history = {Event(Action::kBooked), event};
  CHECK(booking::HistoryFromText(booking::HistoryToText(history)) == history);
  CHECK_FALSE(booking::HistoryFromText("[{}]"));
  CHECK_FALSE(booking::HistoryFromText("nothing"));
}

TEST_CASE("what an API told is as new as its answer, not as the webhook that asked for it") {
  model::Delivery delivery;
  delivery.received_at = Hour(1);
  const model::BookingEvent event;
  CHECK(booking::Remember(event, delivery, 0).observed_at == Hour(1));
  delivery.looked_up_at = Hour(3);
  CHECK(booking::Remember(event, delivery, 0).observed_at == Hour(3));
}
