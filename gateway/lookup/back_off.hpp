/// \file back_off.hpp
/// When an API that did not answer is asked again.
#pragma once

#include <chrono>

#include "config/settings.hpp"

namespace bookgate::lookup {

/// The pause after that many failures in a row (at least 1), of something that has waited for that
/// long already: doubled with each failure, up to a limit that is low in the first two hours, so
/// that bookings are complete minutes after the API is back. `spread` from 0 to 1 spreads the pause
/// over three to five quarters of itself, so that what failed together does not come back together.
std::chrono::milliseconds BackOff(const config::LookupsSettings& settings, unsigned failures,
                                  std::chrono::milliseconds waited, double spread);

/// A spread, at random. Thread-safe.
double RandomSpread();

}  // namespace bookgate::lookup
