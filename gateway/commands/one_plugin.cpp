#include "commands/one_plugin.hpp"

#include <utility>

namespace bookgate::commands {

translate::LoadedRegistry LoadOnePlugin(const config::Settings& settings,
                                        const std::string& provider) {
  config::PluginsSettings only = settings.plugins;
  std::erase_if(only.plugins, [&](const auto& plugin) { return plugin.provider != provider; });
  for (config::PluginSettings& plugin : only.plugins) plugin.enabled = true;
  return translate::LoadRegistry(only);
}

const translate::Plugin* RequirePlugin(const Session& session,
                                       const translate::LoadedRegistry& loaded,
                                       const std::string& provider) {
  for (const translate::LoadProblem& problem : loaded.problems) session.Fail(problem.message);
  const translate::Plugin* plugin = loaded.registry->Find(provider);
  if (plugin == nullptr && loaded.problems.empty()) {
    session.Fail("no plugin \"" + provider + "\" in " + session.config_file);
  }
  return plugin;
}

}  // namespace bookgate::commands
