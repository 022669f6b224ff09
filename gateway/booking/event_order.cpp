#include "booking/event_order.hpp"

#include <algorithm>
#include <tuple>
#include <utility>

namespace bookgate::booking {
namespace {

using model::Action;

/// From an id to the one that replaced it.
using Link = std::pair<std::string, std::string>;

std::vector<Link> LinksOf(const std::vector<PastEvent>& history) {
  std::vector<Link> links;
  for (const PastEvent& event : history) {
    if (!event.previous_external_id.empty()) {
      links.emplace_back(event.previous_external_id, event.external_id);
    }
    if (!event.next_external_id.empty()) {
      links.emplace_back(event.external_id, event.next_external_id);
    }
  }
  return links;
}

/// The provider says that `a` happened before `b`.
bool IsKnownToPrecede(const PastEvent& a, const PastEvent& b) {
  if (a.sequence && b.sequence && *a.sequence != *b.sequence) return *a.sequence < *b.sequence;
  return a.occurred_at && b.occurred_at && *a.occurred_at < *b.occurred_at;
}

int RankOf(const PastEvent& event, TieBreak tie_break) {
  if (event.action == Action::kBooked || IsSuperseded(event)) return 0;
  if (tie_break == TieBreak::kArrival) return 1;
  switch (event.action) {
    case Action::kUpdated:
      return 1;
    case Action::kRescheduled:
      return 2;
    case Action::kNoShow:
      return 3;
    case Action::kBooked:
    case Action::kCancelled:
      break;
  }
  return 4;
}

/// Takes the event out of `left` that comes next: the one of the lowest rank of those that none of
/// the others is known to precede. Versions and times of different events can contradict each other
/// in a circle; then rank alone decides.
const PastEvent* TakeNext(std::vector<const PastEvent*>& left, TieBreak tie_break) {
  const auto is_first = [&](const PastEvent* event) {
    return std::none_of(left.begin(), left.end(),
                        [&](const PastEvent* other) { return IsKnownToPrecede(*other, *event); });
  };
  const auto lower = [&](const PastEvent* a, const PastEvent* b) {
    const int rank_a = RankOf(*a, tie_break);
    const int rank_b = RankOf(*b, tie_break);
    return rank_a != rank_b ? rank_a < rank_b : CameBefore(*a, *b);
  };
  auto next = left.end();
  for (auto event = left.begin(); event != left.end(); ++event) {
    if (is_first(*event) && (next == left.end() || lower(*event, *next))) next = event;
  }
  if (next == left.end()) next = std::min_element(left.begin(), left.end(), lower);
  const PastEvent* taken = *next;
  left.erase(next);
  return taken;
}

}  // namespace

std::map<std::string, int> Generations(const std::vector<PastEvent>& history) {
  std::map<std::string, int> generations;
  for (const PastEvent& event : history) {
    for (std::string& id : IdsOf(event)) generations.emplace(std::move(id), 0);
  }
  const std::vector<Link> links = LinksOf(history);
  const int most = static_cast<int>(generations.size());
  for (bool changed = !links.empty(); changed;) {
    changed = false;
    for (const auto& [before, after] : links) {
      const int at_least = std::min(generations.at(before) + 1, most);
      int& generation = generations.at(after);
      if (generation >= at_least) continue;
      generation = at_least;
      changed = true;
    }
  }
  return generations;
}

std::vector<const PastEvent*> OldestFirst(const std::vector<PastEvent>& history,
                                          TieBreak tie_break) {
  if (history.size() == 1) return {&history.front()};
  const std::map<std::string, int> generations = Generations(history);
  std::map<int, std::vector<const PastEvent*>> by_generation;
  for (const PastEvent& event : history) {
    by_generation[generations.at(event.external_id)].push_back(&event);
  }
  std::vector<const PastEvent*> ordered;
  ordered.reserve(history.size());
  for (auto& [generation, left] : by_generation) {
    while (!left.empty()) ordered.push_back(TakeNext(left, tie_break));
  }
  return ordered;
}

}  // namespace bookgate::booking
