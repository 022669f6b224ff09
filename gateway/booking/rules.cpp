#include "booking/rules.hpp"

#include <algorithm>
#include <utility>

#include "booking/event_order.hpp"

namespace bookgate::booking {
namespace {

using model::Action;
using model::AppointmentStatus;

/// More than any booking has; beyond it, events that make no difference are forgotten, the oldest
/// first, so that a sender who reports every minute cannot grow a row without end.
constexpr std::size_t kMostEvents = 64;

/// The status that the event means to set, if it means to set any.
std::optional<AppointmentStatus> StatusOf(const PastEvent& event) {
  if (IsSuperseded(event)) return std::nullopt;
  switch (event.action) {
    case Action::kBooked:
    case Action::kRescheduled:
      return AppointmentStatus::kBooked;
    case Action::kCancelled:
      return AppointmentStatus::kCancelled;
    case Action::kNoShow:
      return AppointmentStatus::kNoShow;
    case Action::kUpdated:
      break;
  }
  return std::nullopt;
}

template <class T>
void Take(T& known, const T& said) {
  if (!(said == T())) known = said;
}

void TakeTimes(AppointmentFacts& facts, const PastEvent& event) {
  Take(facts.start_time, event.start_time);
  Take(facts.duration_minutes, event.duration_minutes);
}

void TakeTexts(AppointmentFacts& facts, const PastEvent& event) {
  Take(facts.time_zone, event.time_zone);
  Take(facts.appointment_type, event.appointment_type);
  Take(facts.notes, event.notes);
  Take(facts.location, event.location);
  Take(facts.host_name, event.host_name);
  Take(facts.host_email, event.host_email);
  Take(facts.cancel_reason, event.cancel_reason);
  Take(facts.answers, event.answers);
}

/// The old halves of reschedules tell of old slots: first of all, so that all others overwrite
/// them.
std::vector<const PastEvent*> OldHalvesFirst(std::vector<const PastEvent*> events) {
  if (events.size() == 1) return events;
  std::stable_partition(events.begin(), events.end(),
                        [](const PastEvent* event) { return IsSuperseded(*event); });
  return events;
}

AppointmentFacts FactsOf(const std::vector<PastEvent>& history) {
  AppointmentFacts facts;
  const std::vector<const PastEvent*> by_kind = OldestFirst(history, TieBreak::kKind);
  for (const PastEvent* event : by_kind) {
    if (const auto status = StatusOf(*event)) facts.status = *status;
    Take(facts.sequence, event->sequence);
    Take(facts.occurred_at, event->occurred_at);
  }
  for (const PastEvent* event : OldHalvesFirst(by_kind)) TakeTimes(facts, *event);
  if (history.size() == 1) {
    TakeTexts(facts, history.front());
    return facts;
  }
  for (const PastEvent* event : OldHalvesFirst(OldestFirst(history, TieBreak::kArrival))) {
    TakeTexts(facts, *event);
  }
  return facts;
}

bool HasLink(const PastEvent& event) {
  return !event.previous_external_id.empty() || !event.next_external_id.empty();
}

/// The id of the last move. Of several that replaced the same one it is that of the newest event.
std::string CurrentId(const std::vector<PastEvent>& history) {
  if (history.size() == 1 && !HasLink(history.front())) return history.front().external_id;
  const std::map<std::string, int> generations = Generations(history);
  const auto last =
      std::max_element(generations.begin(), generations.end(),
                       [](const auto& a, const auto& b) { return a.second < b.second; });
  const PastEvent& newest = *OldestFirst(history, TieBreak::kKind).back();
  const bool newest_is_last = generations.at(newest.external_id) == last->second;
  return newest_is_last ? newest.external_id : last->first;
}

/// Forgets what makes no difference where there is too much.
void Shorten(std::vector<PastEvent>& history) {
  const Settled whole = history.size() > kMostEvents ? Settle(history) : Settled();
  for (std::size_t i = 0; i < history.size() && history.size() > kMostEvents;) {
    std::vector<PastEvent> without = history;
    without.erase(without.begin() + static_cast<std::ptrdiff_t>(i));
    const bool matters = HasLink(history[i]) || !(Settle(without) == whole);
    if (matters) {
      ++i;
    } else {
      history = std::move(without);
    }
  }
}

void SortByArrival(std::vector<PastEvent>& history) {
  std::sort(history.begin(), history.end(), CameBefore);
}

/// True if it said something new.
bool Add(std::vector<PastEvent>& history, const PastEvent& event) {
  std::erase_if(history, [&](const PastEvent& past) {
    return past.delivery_id == event.delivery_id && past.index == event.index &&
           !SaysTheSame(past, event);
  });
  const auto same = std::find_if(history.begin(), history.end(),
                                 [&](const PastEvent& past) { return SaysTheSame(past, event); });
  if (same == history.end()) {
    history.push_back(event);
    return true;
  }
  // Whichever of the two is heard of first, the earlier one counts.
  if (CameBefore(event, *same)) *same = event;
  return false;
}

}  // namespace

Settled Settle(const std::vector<PastEvent>& history) {
  return {FactsOf(history), CurrentId(history)};
}

Verdict Decide(const std::vector<PastEvent>& known, const PastEvent& event) {
  Verdict verdict;
  if (known.empty()) {
    // Most bookings: nothing to compare with.
    verdict.history = {event};
    verdict.settled = Settle(verdict.history);
    verdict.changes_row = verdict.changes_history = true;
    return verdict;
  }
  verdict.history = known;
  verdict.duplicate = !Add(verdict.history, event);
  SortByArrival(verdict.history);
  Shorten(verdict.history);
  verdict.settled = Settle(verdict.history);
  verdict.changes_history = verdict.history != known;
  verdict.changes_row = verdict.changes_history && !(Settle(known) == verdict.settled);
  return verdict;
}

std::vector<PastEvent> Merge(std::vector<PastEvent> one, const std::vector<PastEvent>& other) {
  for (const PastEvent& event : other) Add(one, event);
  SortByArrival(one);
  return one;
}

}  // namespace bookgate::booking
