#include "observe/metrics.hpp"

#include <prometheus/counter.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>
#include <prometheus/text_serializer.h>

#include <iterator>
#include <optional>
#include <utility>

#include "observe/process_families.hpp"
#include "observe/provider_series.hpp"
#include "observe/reason_series.hpp"

namespace bookgate::observe {
namespace {

using prometheus::Counter;
using prometheus::Family;
using prometheus::Gauge;
using prometheus::Histogram;
using prometheus::Registry;

const Histogram::BucketBoundaries kBatchSizes = {1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024};
const Histogram::BucketBoundaries kCommitSeconds = {
    0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30};

/// Why a delivery is held, as answers say it: there from the start, so that 0 can be told from
/// unknown.
constexpr const char* kHeldReasons[] = {"lookup_pending", "database_unavailable", "not_understood",
                                        "plugin_failed"};

Family<Counter>& CounterFamily(Registry& registry, const char* name, const char* help) {
  return prometheus::BuildCounter().Name(name).Help(help).Register(registry);
}

Family<Gauge>& GaugeFamily(Registry& registry, const char* name, const char* help) {
  return prometheus::BuildGauge().Name(name).Help(help).Register(registry);
}

Histogram& OneHistogram(Registry& registry, const char* name, const char* help,
                        const Histogram::BucketBoundaries& buckets) {
  return prometheus::BuildHistogram().Name(name).Help(help).Register(registry).Add({}, buckets);
}

}  // namespace

struct Metrics::Impl {
  Registry registry;
  ProviderTable providers{registry};
  ReasonSeries<Counter> auth_failures{
      CounterFamily(registry, "bookgate_auth_failures_total",
                    "Requests that were refused before they were translated, by why."),
      "reason"};
  Histogram& batch_size = OneHistogram(registry, "bookgate_store_batch_size",
                                       "Deliveries that one transaction held.", kBatchSizes);
  Histogram& commit_seconds = OneHistogram(
      registry, "bookgate_store_commit_seconds",
      "One transaction from its first statement to its commit, in seconds.", kCommitSeconds);
  ReasonSeries<Counter> retries{CounterFamily(registry, "bookgate_store_retries_total",
                                              "Transactions that were tried again, by why."),
                                "reason"};
  Gauge& queue_depth =
      GaugeFamily(registry, "bookgate_queue_depth", "Deliveries that wait to be written.").Add({});
  ReasonSeries<Gauge> held{GaugeFamily(registry, "bookgate_held_deliveries",
                                       "Deliveries that are kept but not stored yet, by why."),
                           "reason"};
  Family<Gauge>& subscriptions =
      GaugeFamily(registry, "bookgate_subscriptions",
                  "Webhook subscriptions that Bookgate has registered, by their state.");
  std::map<std::pair<std::string, std::string>, Gauge*> subscription_gauges;
};

Metrics::Metrics(const std::string& version) : impl_(std::make_unique<Impl>()) {
  GaugeFamily(impl_->registry, "bookgate_build_info", "1, by the version that runs.")
      .Add({{"version", version}})
      .Set(1);
  for (const char* reason : kHeldReasons) impl_->held.Of(reason);
}

Metrics::~Metrics() = default;

void Metrics::AddProviders(const std::vector<std::string>& providers) {
  impl_->providers.Add(providers);
}

void Metrics::OnDelivery(std::string_view provider, std::string_view outcome, double seconds) {
  ProviderSeries& series = impl_->providers.Of(provider);
  series.deliveries.Of(outcome).Increment();
  series.delivery_seconds.Observe(seconds);
}

void Metrics::OnAuthFailure(std::string_view reason) {
  impl_->auth_failures.Of(reason).Increment();
}

void Metrics::OnTranslated(std::string_view provider, double seconds) {
  impl_->providers.Of(provider).translator_seconds.Observe(seconds);
}

void Metrics::OnTranslatorFailure(std::string_view provider, std::string_view reason) {
  impl_->providers.Of(provider).translator_failures.Of(reason).Increment();
}

void Metrics::OnLookup(std::string_view provider, std::string_view outcome, double seconds) {
  impl_->providers.Of(provider).lookup_seconds.Of(outcome).Observe(seconds);
}

void Metrics::OnCommit(std::size_t deliveries, double seconds) {
  impl_->batch_size.Observe(static_cast<double>(deliveries));
  impl_->commit_seconds.Observe(seconds);
}

void Metrics::OnStoreRetry(std::string_view reason) {
  impl_->retries.Of(reason).Increment();
}

void Metrics::SetQueueDepth(std::size_t deliveries) {
  impl_->queue_depth.Set(static_cast<double>(deliveries));
}

void Metrics::SetSubscriptions(
    const std::map<std::pair<std::string, std::string>, std::size_t>& by_provider_and_state) {
  for (const auto& [key, gauge] : impl_->subscription_gauges) gauge->Set(0);
  for (const auto& [key, count] : by_provider_and_state) {
    // The family gives what it has already if it is asked for the same labels again.
    Gauge& gauge = impl_->subscriptions.Add({{"provider", key.first}, {"state", key.second}});
    impl_->subscription_gauges[key] = &gauge;
    gauge.Set(static_cast<double>(count));
  }
}

void Metrics::SetHeldDeliveries(const std::map<std::string, std::size_t>& by_reason) {
  std::map<Gauge*, std::size_t> counts;
  impl_->held.ForEach([&](const std::string&, Gauge& gauge) { counts[&gauge] = 0; });
  // Several reasons may count as "other".
  for (const auto& [reason, count] : by_reason) counts[&impl_->held.Of(reason)] += count;
  for (const auto& [gauge, count] : counts) gauge->Set(static_cast<double>(count));
}

std::string Metrics::Render() const {
  std::vector<prometheus::MetricFamily> families = impl_->registry.Collect();
  if (const std::optional<ProcessStats> stats = ReadProcessStats()) {
    std::vector<prometheus::MetricFamily> process = ProcessFamilies(*stats);
    families.insert(families.end(), std::make_move_iterator(process.begin()),
                    std::make_move_iterator(process.end()));
  }
  return prometheus::TextSerializer().Serialize(families);
}

}  // namespace bookgate::observe
