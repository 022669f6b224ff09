#include "lookup/back_off.hpp"

#include <sodium.h>

#include <algorithm>
#include <cstdint>

namespace bookgate::lookup {
namespace {

using std::chrono::milliseconds;

constexpr milliseconds kLongestAtFirst = std::chrono::minutes(5);
constexpr milliseconds kAtFirst = std::chrono::hours(2);

}  // namespace

milliseconds BackOff(const config::LookupsSettings& settings, unsigned failures,
                     milliseconds waited, double spread) {
  const milliseconds limit = waited < kAtFirst ? std::min(settings.longest_retry, kLongestAtFirst)
                                               : settings.longest_retry;
  const milliseconds longest = std::max(limit, settings.first_retry);
  milliseconds pause = settings.first_retry;
  for (unsigned i = 1; i < failures && pause < longest; ++i) pause *= 2;
  pause = std::min(pause, longest);
  const double spread_out = static_cast<double>(pause.count()) * (0.75 + spread / 2);
  return milliseconds(static_cast<std::int64_t>(spread_out));
}

double RandomSpread() {
  constexpr std::uint32_t kSteps = 10'000;
  return static_cast<double>(randombytes_uniform(kSteps + 1)) / kSteps;
}

}  // namespace bookgate::lookup
