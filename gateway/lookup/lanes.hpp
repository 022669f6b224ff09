/// \file lanes.hpp
/// Who may go next, so that nobody's trouble becomes everybody's.
#pragma once

#include <chrono>
#include <cstddef>
#include <deque>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace bookgate::lookup {

struct LaneLimits {
  std::size_t under_way = 32;  ///< Of one lane at once.
  std::size_t waiting = 2'000;
};

/// Lets so many of each lane go at once; the others of that lane wait, in their order. Lanes take
/// turns. Belongs to one thread at a time.
template <class Item>
class Lanes {
 public:
  using Deadline = std::chrono::steady_clock::time_point;

  explicit Lanes(LaneLimits limits) : limits_(limits) {}

  /// False if too many wait there already; the item is left as it was.
  bool Add(const std::string& lane, Deadline deadline, Item& item) {
    Lane& into = lanes_[lane];
    if (into.waiting.size() >= limits_.waiting) return false;
    into.waiting.push_back({deadline, std::move(item)});
    return true;
  }

  /// The next one that may go, if any. It counts as under way until Leave.
  std::optional<Item> Next() {
    auto lane = lanes_.upper_bound(last_);
    for (std::size_t seen = 0; seen < lanes_.size(); ++seen, ++lane) {
      if (lane == lanes_.end()) lane = lanes_.begin();
      Lane& of = lane->second;
      if (of.waiting.empty() || of.under_way >= limits_.under_way) continue;
      last_ = lane->first;
      ++of.under_way;
      Item item = std::move(of.waiting.front().item);
      of.waiting.pop_front();
      return item;
    }
    return std::nullopt;
  }

  /// One of that lane is no longer under way.
  void Leave(const std::string& lane) {
    const auto found = lanes_.find(lane);
    --found->second.under_way;
    if (found->second.under_way == 0 && found->second.waiting.empty()) lanes_.erase(found);
  }

  /// Those that waited too long.
  std::vector<Item> TakeOverdue(Deadline now) {
    std::vector<Item> overdue;
    for (auto lane = lanes_.begin(); lane != lanes_.end();) {
      std::deque<Waiting>& waiting = lane->second.waiting;
      for (auto entry = waiting.begin(); entry != waiting.end();) {
        if (entry->deadline > now) {
          ++entry;
          continue;
        }
        overdue.push_back(std::move(entry->item));
        entry = waiting.erase(entry);
      }
      const bool is_done = waiting.empty() && lane->second.under_way == 0;
      lane = is_done ? lanes_.erase(lane) : std::next(lane);
    }
    return overdue;
  }

  /// The earliest deadline of all that wait.
  std::optional<Deadline> FirstDeadline() const {
    std::optional<Deadline> first;
    for (const auto& [name, lane] : lanes_) {
      for (const Waiting& entry : lane.waiting) {
        if (!first || entry.deadline < *first) first = entry.deadline;
      }
    }
    return first;
  }

 private:
  struct Waiting {
    Deadline deadline;
    Item item;
  };
  struct Lane {
    std::size_t under_way = 0;
    std::deque<Waiting> waiting;
  };

  const LaneLimits limits_;
  std::map<std::string, Lane> lanes_;
  std::string last_;  ///< The lane that had its turn last.
};

}  // namespace bookgate::lookup
