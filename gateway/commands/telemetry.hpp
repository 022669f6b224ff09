/// \file telemetry.hpp
/// What the way and the store tell, as metrics and log lines.
#pragma once

#include "intake/observer.hpp"
#include "lookup/asker.hpp"
#include "observe/log.hpp"
#include "observe/metrics.hpp"
#include "observe/plugin_health.hpp"
#include "store/batch_writer.hpp"

namespace bookgate::commands {

/// Thread-safe, as the log and the metrics are, which outlive it.
class Telemetry final : public intake::Observer,
                        public lookup::LookupObserver,
                        public store::WriterObserver {
 public:
  Telemetry(observe::Log& log, observe::Metrics& metrics, observe::PluginHealth& plugin_health)
      : log_(log), metrics_(metrics), plugin_health_(plugin_health) {}

  void OnDelivery(const intake::DeliveryReport& report) override;
  void OnFinished(const intake::FinishReport& report) override;
  void OnAuthFailure(std::string_view reason) override;
  void OnTranslated(const std::string& provider, double seconds, std::string_view failure) override;

  void OnLookup(const std::string& provider, std::string_view outcome, double seconds) override;

  void OnCommit(std::size_t deliveries, double seconds) override;
  void OnRetry(std::string_view reason) override;
  void OnTrouble(const base::Failure& failure) override;

 private:
  observe::Log& log_;
  observe::Metrics& metrics_;
  observe::PluginHealth& plugin_health_;
};

}  // namespace bookgate::commands
