#include "translate/registry.hpp"

#include <algorithm>
#include <set>
#include <utility>
#include <variant>

#include "translate/loader.hpp"

namespace bookgate::translate {

Registry::Registry(std::vector<Plugin> plugins) : plugins_(std::move(plugins)) {
  std::sort(plugins_.begin(), plugins_.end(), [](const Plugin& a, const Plugin& b) {
    return a.manifest.provider < b.manifest.provider;
  });
}

const Plugin* Registry::Find(std::string_view provider) const {
  const auto found = std::find_if(plugins_.begin(), plugins_.end(), [&](const Plugin& plugin) {
    return plugin.manifest.provider == provider;
  });
  return found == plugins_.end() ? nullptr : &*found;
}

std::vector<const Plugin*> Registry::Recognise(const std::vector<model::Field>& headers,
                                               std::string_view body) const {
  const std::optional<json::Document> document = json::Document::Parse(body);
  const json::Value root = document ? document->root() : json::Value();
  std::vector<const Plugin*> recognised;
  for (const Plugin& plugin : plugins_) {
    if (Recognises(plugin.manifest.recognise, headers, root)) recognised.push_back(&plugin);
  }
  return recognised;
}

LoadedRegistry LoadRegistry(const config::PluginsSettings& settings) {
  std::vector<Plugin> plugins;
  std::set<std::string> providers;
  LoadedRegistry loaded;
  for (const config::PluginSettings& section : settings.plugins) {
    if (!section.enabled) continue;
    if (!providers.insert(section.provider).second) {
      loaded.problems.push_back({section.provider, section.library, "provider_not_unique",
                                 "There is another plugin for \"" + section.provider + "\"."});
      continue;
    }
    auto result = LoadPlugin(section);
    if (auto* plugin = std::get_if<Plugin>(&result)) {
      plugins.push_back(std::move(*plugin));
    } else {
      auto& problems = std::get<std::vector<LoadProblem>>(result);
      std::move(problems.begin(), problems.end(), std::back_inserter(loaded.problems));
    }
  }
  loaded.registry = std::make_shared<const Registry>(std::move(plugins));
  return loaded;
}

}  // namespace bookgate::translate
