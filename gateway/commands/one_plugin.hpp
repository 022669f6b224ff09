/// \file one_plugin.hpp
/// For commands that need one plugin, not all that the configuration enables.
#pragma once

#include <string>

#include "commands/session.hpp"
#include "translate/registry.hpp"

namespace bookgate::commands {

/// Loads the plugin whether it is enabled or not.
translate::LoadedRegistry LoadOnePlugin(const config::Settings& settings,
                                        const std::string& provider);

/// The plugin; nullptr after printing why there is none (exit with kWrongUsage then).
const translate::Plugin* RequirePlugin(const Session& session,
                                       const translate::LoadedRegistry& loaded,
                                       const std::string& provider);

}  // namespace bookgate::commands
