/// \file metrics.hpp
/// The counters that /metrics shows. Their names are the contract with dashboards.
#pragma once

#include <cstddef>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace bookgate::observe {

/// Thread-safe. There is no lock of the whole: each series has its own, held for an addition.
///
/// Labels are bounded, so that strangers cannot grow them: a provider that is not known counts as
/// "unknown", and a reason or outcome that is no token (token.hpp), or one too many, as "other".
class Metrics {
 public:
  /// What Render's text is, as a Content-Type.
  static constexpr std::string_view kContentType = "text/plain; version=0.0.4; charset=utf-8";

  explicit Metrics(const std::string& version);
  ~Metrics();
  Metrics(const Metrics&) = delete;
  Metrics& operator=(const Metrics&) = delete;

  /// Counts these from now on under their own names. Those known before stay known.
  void AddProviders(const std::vector<std::string>& providers);

  /// A delivery was answered; `seconds` from its first byte on.
  void OnDelivery(std::string_view provider, std::string_view outcome, double seconds);
  void OnAuthFailure(std::string_view reason);
  void OnTranslated(std::string_view provider, double seconds);
  void OnTranslatorFailure(std::string_view provider, std::string_view reason);

  void OnLookup(std::string_view provider, std::string_view outcome, double seconds);

  /// A transaction was committed, with so many deliveries in it.
  void OnCommit(std::size_t deliveries, double seconds);
  void OnStoreRetry(std::string_view reason);

  void SetQueueDepth(std::size_t deliveries);
  /// How many are held now, by reason. What is not named is 0.
  /// By provider and state. From one thread at a time.
  void SetSubscriptions(
      const std::map<std::pair<std::string, std::string>, std::size_t>& by_provider_and_state);
  void SetHeldDeliveries(const std::map<std::string, std::size_t>& by_reason);

  /// Everything in Prometheus' text format.
  std::string Render() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace bookgate::observe
