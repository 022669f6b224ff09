/// \file pauses.hpp
/// How many deliveries of a provider may be finished at once: many while its API is well, none or
/// one at a time while it is away.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "config/settings.hpp"
#include "lookup/obstacle.hpp"

namespace bookgate::intake {

/// Remembers what APIs answered lately, so that thousands of deliveries that wait for one that is
/// away do not all ask it in turn. Belongs to one thread at a time.
class Pauses {
 public:
  using Time = std::chrono::steady_clock::time_point;

  Pauses(const config::LookupsSettings& settings, std::size_t most_at_once)
      : settings_(settings), most_at_once_(most_at_once) {}

  /// The API answered.
  void Answered(const std::string& provider);
  /// Something stood in the way of one of that org's deliveries.
  void Failed(const std::string& provider, std::int64_t org, const lookup::Obstacle& obstacle,
              Time now);

  /// How many may be under way now. After a pause it is one, to see whether the API is back.
  std::size_t MostAtOnce(const std::string& provider, Time now) const;
  /// The orgs that the API wants to hear nothing from for a while.
  std::vector<std::int64_t> LimitedOrgs(const std::string& provider, Time now);

 private:
  struct State {
    unsigned failures_in_a_row = 0;
    Time paused_until{};
    std::map<std::int64_t, Time> limited_until;  ///< By org.
  };

  const config::LookupsSettings settings_;
  const std::size_t most_at_once_;
  std::map<std::string, State> states_;
};

}  // namespace bookgate::intake
