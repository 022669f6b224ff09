/// \file event_order.hpp
/// The order in which the events of one booking happened, as far as they tell.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "booking/past_event.hpp"

namespace bookgate::booking {

/// How often the booking had been moved when it had that id: 0 for the first id, and more than the
/// id before it for each other. Ids that replace each other in a circle count alike.
std::map<std::string, int> Generations(const std::vector<PastEvent>& history);

/// What decides between two events where neither a link between their ids, nor versions, nor times
/// say which came first.
enum class TieBreak {
  /// The kind of event: booked, updated, rescheduled, no_show, cancelled, and then the arrival. A
  /// shop is hurt less by a slot that it frees for nothing than by waiting for somebody who
  /// cancelled, and a move is never undone by what it moved.
  kKind,
  /// Booked first, everything else as it arrived.
  kArrival,
};

/// The events, the oldest first; points into `history`. A function of the events alone, however
/// they are listed. In this order of precedence:
///
/// 1. Links: an event of an id that replaced another one is newer than the other one's events.
/// 2. `sequence`, where both have one and they differ.
/// 3. `occurred_at`, where both have one and they differ.
/// 4. `tie_break`.
std::vector<const PastEvent*> OldestFirst(const std::vector<PastEvent>& history,
                                          TieBreak tie_break);

}  // namespace bookgate::booking
