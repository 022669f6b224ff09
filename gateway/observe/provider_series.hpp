/// \file provider_series.hpp
/// The metrics of each provider, looked up once and then found without a lock.
#pragma once

#include <prometheus/counter.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>

#include <atomic>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "observe/reason_series.hpp"

namespace bookgate::observe {

/// What is counted of one provider.
struct ProviderSeries {
  ReasonSeries<prometheus::Counter> deliveries;  ///< By outcome.
  prometheus::Histogram& delivery_seconds;
  prometheus::Histogram& translator_seconds;
  ReasonSeries<prometheus::Counter> translator_failures;
  ReasonSeries<prometheus::Histogram> lookup_seconds;  ///< By outcome.
};

/// Thread-safe. The registry must outlive it.
class ProviderTable {
 public:
  explicit ProviderTable(prometheus::Registry& registry);

  void Add(const std::vector<std::string>& providers);

  /// That of "unknown" if there is no such provider. Takes no lock.
  ProviderSeries& Of(std::string_view provider) const;

 private:
  using Series = std::map<std::string, std::shared_ptr<ProviderSeries>, std::less<>>;

  std::shared_ptr<ProviderSeries> Make(const std::string& provider);

  prometheus::Family<prometheus::Counter>& deliveries_;
  prometheus::Family<prometheus::Histogram>& delivery_seconds_;
  prometheus::Family<prometheus::Histogram>& translator_seconds_;
  prometheus::Family<prometheus::Counter>& translator_failures_;
  prometheus::Family<prometheus::Histogram>& lookup_seconds_;

  std::mutex mutex_;  ///< Of `editions_`.
  /// Every table that there ever was: readers may still be in an older one. One more with each
  /// change of the configuration, so that they stay few.
  std::vector<std::unique_ptr<const Series>> editions_;
  std::atomic<const Series*> newest_;
};

}  // namespace bookgate::observe
