#include "intake/pauses.hpp"

#include <algorithm>

#include "lookup/back_off.hpp"

namespace bookgate::intake {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

/// So many failures in a row are an outage; a single one may be that one booking's fault.
constexpr unsigned kOutage = 3;
/// An API that is away is tried at least that often: a shop waits for its bookings.
constexpr milliseconds kLongestPause = seconds(60);

}  // namespace

void Pauses::Answered(const std::string& provider) {
  State& state = states_[provider];
  state.failures_in_a_row = 0;
  state.paused_until = {};
}

void Pauses::Failed(const std::string& provider, std::int64_t org, const lookup::Obstacle& obstacle,
                    Time now) {
  State& state = states_[provider];
  if (obstacle.kind == lookup::Obstacle::Kind::kLimit) {
    const milliseconds asked = obstacle.retry_after.value_or(seconds(0));
    state.limited_until[org] = now + std::max(asked, settings_.first_retry);
    return;
  }
  // Those that were under way together fail together, which is one failure of the API.
  if (obstacle.kind != lookup::Obstacle::Kind::kProvider || now < state.paused_until) return;
  ++state.failures_in_a_row;
  if (state.failures_in_a_row < kOutage) return;
  const unsigned pauses = state.failures_in_a_row - kOutage + 1;
  const milliseconds pause =
      lookup::BackOff(settings_, pauses, milliseconds(0), lookup::RandomSpread());
  const milliseconds asked = obstacle.retry_after.value_or(seconds(0));
  state.paused_until = now + std::max(std::min(pause, kLongestPause), asked);
}

std::size_t Pauses::MostAtOnce(const std::string& provider, Time now) const {
  const auto found = states_.find(provider);
  if (found == states_.end() || found->second.failures_in_a_row < kOutage) return most_at_once_;
  return now < found->second.paused_until ? 0 : 1;
}

std::vector<std::int64_t> Pauses::LimitedOrgs(const std::string& provider, Time now) {
  std::vector<std::int64_t> orgs;
  std::map<std::int64_t, Time>& limited = states_[provider].limited_until;
  for (auto entry = limited.begin(); entry != limited.end();) {
    if (entry->second <= now) {
      entry = limited.erase(entry);
    } else {
      orgs.push_back((entry++)->first);
    }
  }
  return orgs;
}

}  // namespace bookgate::intake
