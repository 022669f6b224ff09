/// \file process_families.hpp
/// process_stats.hpp as metrics.
#pragma once

#include <prometheus/metric_family.h>

#include <vector>

#include "observe/process_stats.hpp"

namespace bookgate::observe {

std::vector<prometheus::MetricFamily> ProcessFamilies(const ProcessStats& stats);

}  // namespace bookgate::observe
