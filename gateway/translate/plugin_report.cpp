#include "translate/plugin_report.hpp"

#include <utility>

namespace bookgate::translate {
namespace {

PluginReport ReportOf(const config::PluginSettings& section, const Registry& registry) {
  PluginReport report;
  report.provider = section.provider;
  report.isolation = section.isolation;
  report.file = section.library;
  if (!section.enabled) return report;
  report.state = PluginState::kRefused;
  if (const Plugin* plugin = registry.Find(section.provider)) {
    report.state = PluginState::kLoaded;
    report.name = plugin->manifest.name;
    report.version = plugin->manifest.version;
    report.abi = plugin->abi;
    report.sha256 = plugin->sha256;
  }
  return report;
}

}  // namespace

std::string_view PluginStateName(PluginState state) {
  switch (state) {
    case PluginState::kLoaded:
      return "loaded";
    case PluginState::kRefused:
      return "refused";
    case PluginState::kDisabled:
      break;
  }
  return "disabled";
}

std::string_view IsolationName(config::Isolation isolation) {
  return isolation == config::Isolation::kInProcess ? "in-process" : "process";
}

std::vector<PluginReport> ReportPlugins(const config::PluginsSettings& settings,
                                        const Registry& registry,
                                        const std::vector<LoadProblem>& problems) {
  std::vector<PluginReport> reports;
  for (const config::PluginSettings& section : settings.plugins) {
    PluginReport report = ReportOf(section, registry);
    for (const LoadProblem& problem : problems) {
      if (problem.provider == section.provider) report.problems.push_back(problem.message);
    }
    reports.push_back(std::move(report));
  }
  return reports;
}

}  // namespace bookgate::translate
