/// \file plugin_report.hpp
/// What became of each plugin that the configuration names, for whoever runs the installation.
#pragma once

#include <string>
#include <vector>

#include "translate/registry.hpp"

namespace bookgate::translate {

enum class PluginState { kLoaded, kRefused, kDisabled };

/// "loaded", "refused", "disabled".
std::string_view PluginStateName(PluginState state);
/// "in-process", "process".
std::string_view IsolationName(config::Isolation isolation);

struct PluginReport {
  std::string provider;
  std::string name;  ///< Of loaded ones, as the next three.
  std::string version;
  std::string abi;
  std::string sha256;
  config::Isolation isolation = config::Isolation::kProcess;
  std::string file;
  PluginState state = PluginState::kDisabled;
  /// Why it was refused. Of a loaded one: why it was not replaced by what the file says by now.
  std::vector<std::string> problems;
};

/// In the order of the configuration.
std::vector<PluginReport> ReportPlugins(const config::PluginsSettings& settings,
                                        const Registry& registry,
                                        const std::vector<LoadProblem>& problems);

}  // namespace bookgate::translate
