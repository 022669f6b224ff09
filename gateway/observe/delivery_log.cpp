#include "observe/delivery_log.hpp"

#include <cmath>
#include <vector>

namespace bookgate::observe {
namespace {

/// To the microsecond: what is finer is noise that makes lines longer.
double Milliseconds(double seconds) {
  return std::round(seconds * 1e6) / 1e3;
}

}  // namespace

void LogDelivery(Log& log, const DeliveryLine& line) {
  if (!log.IsWritten(config::LogLevel::kInfo)) return;
  std::vector<LogField> fields;
  fields.reserve(11);
  fields.emplace_back("delivery_id", line.delivery_id);
  fields.emplace_back("org", line.org);
  fields.emplace_back("provider", line.provider);
  fields.emplace_back("outcome", line.outcome);
  if (!line.reason.empty()) fields.emplace_back("reason", line.reason);
  fields.emplace_back("status", line.status);
  fields.emplace_back("events", line.events);
  fields.emplace_back("body_bytes", line.body_bytes);
  fields.emplace_back("milliseconds", Milliseconds(line.seconds));
  fields.emplace_back("request_id", line.request_id);
  if (!line.notes.empty()) fields.emplace_back("notes", line.notes);
  log.Write(config::LogLevel::kInfo, "delivery", "", fields);
}

}  // namespace bookgate::observe
