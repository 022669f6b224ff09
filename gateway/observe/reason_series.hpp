/// \file reason_series.hpp
/// A metric by reason, however many reasons strangers may come up with.
#pragma once

#include <prometheus/family.h>
#include <prometheus/labels.h>

#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>

#include "observe/token.hpp"

namespace bookgate::observe {

/// Thread-safe. The family must outlive it.
template <class Metric>
class ReasonSeries {
 public:
  /// `label` is the name under which the reason stands beside the `fixed` labels. `settings` are
  /// what each metric is made with, such as a histogram's buckets.
  template <class... Settings>
  ReasonSeries(prometheus::Family<Metric>& family, std::string label, prometheus::Labels fixed = {},
               Settings... settings)
      : add_([&family, settings...](const prometheus::Labels& labels) -> Metric& {
          return family.Add(labels, settings...);
        }),
        label_(std::move(label)),
        fixed_(std::move(fixed)) {}

  Metric& Of(std::string_view reason) {
    const std::lock_guard lock(mutex_);
    const auto found = series_.find(reason);
    if (found != series_.end()) return *found->second;
    const bool fits = IsToken(reason) && series_.size() < kMaxReasons;
    const std::string value(fits ? reason : "other");
    // The family gives what it has already if it is asked for the same labels again.
    Metric& metric = add_(With(value));
    series_.emplace(value, &metric);
    return metric;
  }

  /// Calls `function` with each reason so far and its metric.
  void ForEach(const std::function<void(const std::string&, Metric&)>& function) {
    const std::lock_guard lock(mutex_);
    for (const auto& [reason, metric] : series_) function(reason, *metric);
  }

 private:
  static constexpr std::size_t kMaxReasons = 64;

  prometheus::Labels With(const std::string& value) const {
    prometheus::Labels labels = fixed_;
    labels.emplace(label_, value);
    return labels;
  }

  const std::function<Metric&(const prometheus::Labels&)> add_;
  const std::string label_;
  const prometheus::Labels fixed_;
  std::mutex mutex_;
  std::map<std::string, Metric*, std::less<>> series_;
};

}  // namespace bookgate::observe
