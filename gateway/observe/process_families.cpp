#include "observe/process_families.hpp"

#include <string>

namespace bookgate::observe {
namespace {

prometheus::MetricFamily GaugeFamily(const std::string& name, const std::string& help,
                                     double value) {
  prometheus::ClientMetric metric;
  metric.gauge.value = value;
  return {name, help, prometheus::MetricType::Gauge, {metric}};
}

prometheus::MetricFamily CounterFamily(const std::string& name, const std::string& help,
                                       double value) {
  prometheus::ClientMetric metric;
  metric.counter.value = value;
  return {name, help, prometheus::MetricType::Counter, {metric}};
}

}  // namespace

std::vector<prometheus::MetricFamily> ProcessFamilies(const ProcessStats& stats) {
  return {
      CounterFamily("process_cpu_seconds_total", "Processor time used, in seconds.",
                    stats.cpu_seconds),
      GaugeFamily("process_resident_memory_bytes", "Memory in use, in bytes.",
                  stats.resident_bytes),
      GaugeFamily("process_virtual_memory_bytes", "Address space in use, in bytes.",
                  stats.virtual_bytes),
      GaugeFamily("process_open_fds", "Open file descriptors.", stats.open_fds),
      GaugeFamily("process_max_fds", "File descriptors that may be open.", stats.max_fds),
      GaugeFamily("process_start_time_seconds", "When the process started, in Unix time.",
                  stats.start_time_seconds),
  };
}

}  // namespace bookgate::observe
