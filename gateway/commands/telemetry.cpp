#include "commands/telemetry.hpp"

#include <cmath>
#include <cstdint>
#include <vector>

#include "observe/delivery_log.hpp"

namespace bookgate::commands {

void Telemetry::OnDelivery(const intake::DeliveryReport& report) {
  metrics_.OnDelivery(report.provider, report.outcome, report.seconds);
  observe::DeliveryLine line;
  line.delivery_id = report.delivery_id;
  line.org = report.org;
  line.provider = report.provider;
  line.outcome = report.outcome;
  line.reason = report.reason;
  line.status = report.status;
  line.events = report.events;
  line.body_bytes = report.body_bytes;
  line.seconds = report.seconds;
  line.request_id = report.request_id;
  line.notes = report.notes;
  observe::LogDelivery(log_, line);
}

void Telemetry::OnFinished(const intake::FinishReport& report) {
  std::vector<observe::LogField> fields = {{"delivery_id", report.delivery_id},
                                           {"org", report.org},
                                           {"provider", report.provider},
                                           {"outcome", report.outcome},
                                           {"attempts", std::int64_t{report.attempts}},
                                           {"seconds", std::round(report.seconds * 1e3) / 1e3}};
  if (!report.reason.empty()) fields.emplace_back("reason", report.reason);
  log_.Write(config::LogLevel::kInfo, "delivery_finished", "", fields);
}

void Telemetry::OnLookup(const std::string& provider, std::string_view outcome, double seconds) {
  metrics_.OnLookup(provider, outcome, seconds);
}

void Telemetry::OnAuthFailure(std::string_view reason) {
  metrics_.OnAuthFailure(reason);
}

void Telemetry::OnTranslated(const std::string& provider, double seconds,
                             std::string_view failure) {
  metrics_.OnTranslated(provider, seconds);
  plugin_health_.OnTranslated(provider, failure, base::SystemNow());
  if (failure.empty()) return;
  metrics_.OnTranslatorFailure(provider, failure);
  log_.Warn("translator_failed", "a plugin failed", {{"provider", provider}, {"reason", failure}});
}

void Telemetry::OnCommit(std::size_t deliveries, double seconds) {
  metrics_.OnCommit(deliveries, seconds);
}

void Telemetry::OnRetry(std::string_view reason) {
  metrics_.OnStoreRetry(reason);
}

void Telemetry::OnTrouble(const base::Failure& failure) {
  log_.Warn("store_trouble", failure.operator_text, {});
}

}  // namespace bookgate::commands
