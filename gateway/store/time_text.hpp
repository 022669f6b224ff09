/// \file time_text.hpp
/// Instants as DATETIME literals.
#pragma once

#include <string>

#include "base/time.hpp"

namespace bookgate::store {

/// "2026-06-15 14:00:00.000000", in UTC.
std::string TimeText(base::Instant instant);

}  // namespace bookgate::store
