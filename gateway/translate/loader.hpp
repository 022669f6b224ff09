/// \file loader.hpp
/// Makes a plugin of one section of the configuration.
#pragma once

#include <variant>
#include <vector>

#include "config/settings.hpp"
#include "translate/registry.hpp"

namespace bookgate::translate {

/// Every check of plugin_file.hpp, library.hpp and manifest.hpp in that order, then
/// "manifest_wrong_provider", "config_not_json", "config_invalid" and "lookup_hosts_not_granted".
/// Before all of them stands "isolation_unavailable", because an operator who wants a plugin in a
/// process of its own must never get it in this one. The first one that fails ends it, but for the
/// last three, which are told together.
std::variant<Plugin, std::vector<LoadProblem>> LoadPlugin(const config::PluginSettings& settings);

}  // namespace bookgate::translate
