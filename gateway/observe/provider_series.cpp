#include "observe/provider_series.hpp"

namespace bookgate::observe {
namespace {

constexpr const char* kUnknown = "unknown";

const prometheus::Histogram::BucketBoundaries kDeliverySeconds = {
    0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10};
/// A step takes microseconds in-process, and a sandboxed one may take until it is stopped.
const prometheus::Histogram::BucketBoundaries kTranslatorSeconds = {
    0.00001, 0.000025, 0.00005, 0.0001, 0.00025, 0.0005, 0.001,
    0.0025,  0.005,    0.01,    0.025,  0.1,     0.5,    1};
/// From a quick answer to the end of all patience.
const prometheus::Histogram::BucketBoundaries kLookupSeconds = {0.01, 0.025, 0.05, 0.1, 0.25, 0.5,
                                                                1,    2,     5,    10,  30};

}  // namespace

ProviderTable::ProviderTable(prometheus::Registry& registry)
    : deliveries_(prometheus::BuildCounter()
                      .Name("bookgate_deliveries_total")
                      .Help("Deliveries answered, by what became of them.")
                      .Register(registry)),
      delivery_seconds_(prometheus::BuildHistogram()
                            .Name("bookgate_delivery_seconds")
                            .Help("From a delivery's first byte to its answer, in seconds.")
                            .Register(registry)),
      translator_seconds_(prometheus::BuildHistogram()
                              .Name("bookgate_translator_seconds")
                              .Help("One step of a translator, in seconds.")
                              .Register(registry)),
      translator_failures_(prometheus::BuildCounter()
                               .Name("bookgate_translator_failures_total")
                               .Help("Steps in which the translator was at fault.")
                               .Register(registry)),
      lookup_seconds_(prometheus::BuildHistogram()
                          .Name("bookgate_lookup_seconds")
                          .Help("One request to a provider's API, in seconds, by what came of it.")
                          .Register(registry)) {
  Add({kUnknown});
}

void ProviderTable::Add(const std::vector<std::string>& providers) {
  const std::lock_guard lock(mutex_);
  auto next = std::make_unique<Series>(editions_.empty() ? Series() : *editions_.back());
  for (const std::string& provider : providers) {
    if (!next->contains(provider)) next->emplace(provider, Make(provider));
  }
  newest_.store(next.get(), std::memory_order_release);
  editions_.push_back(std::move(next));
}

ProviderSeries& ProviderTable::Of(std::string_view provider) const {
  const Series& series = *newest_.load(std::memory_order_acquire);
  const auto found = series.find(provider);
  return *(found == series.end() ? series.find(kUnknown) : found)->second;
}

std::shared_ptr<ProviderSeries> ProviderTable::Make(const std::string& provider) {
  const prometheus::Labels labels = {{"provider", provider}};
  return std::shared_ptr<ProviderSeries>(  // NOLINT(modernize-make-shared): parts cannot be moved
      new ProviderSeries{{deliveries_, "outcome", labels},
                         delivery_seconds_.Add(labels, kDeliverySeconds),
                         translator_seconds_.Add(labels, kTranslatorSeconds),
                         {translator_failures_, "reason", labels},
                         {lookup_seconds_, "outcome", labels, kLookupSeconds}});
}

}  // namespace bookgate::observe
