/// \file registry.hpp
/// The plugins that are loaded, found by provider or by what a request looks like.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "config/settings.hpp"
#include "model/delivery.hpp"
#include "translate/manifest.hpp"
#include "translate/step.hpp"

namespace bookgate::translate {

/// One plugin that is ready to work.
struct Plugin {
  Manifest manifest;
  std::unique_ptr<Runner> runner;
  std::string file;                ///< Absolute path of the library.
  std::string sha256;              ///< Of the library, lower-case hex.
  std::string abi;                 ///< What it was built for, such as "1.0".
  std::string config_json = "{}";  ///< Its table in bookgate.toml; the runner has it too.
  config::Isolation isolation = config::Isolation::kInProcess;
  /// What stands in front of the paths of its look-ups; empty: https:// and the host that it names.
  std::string lookup_base_url;
};

/// Immutable once loaded, so it may be read from any thread.
class Registry {
 public:
  explicit Registry(std::vector<Plugin> plugins);

  /// nullptr if no enabled plugin has that id.
  const Plugin* Find(std::string_view provider) const;

  /// Every plugin whose manifest recognises the request, ordered by provider. Which one is right
  /// never depends on that order: two are one too many. A body that is not JSON matches no rule
  /// about pointers.
  std::vector<const Plugin*> Recognise(const std::vector<model::Field>& headers,
                                       std::string_view body) const;

  const std::vector<Plugin>& plugins() const { return plugins_; }

 private:
  std::vector<Plugin> plugins_;
};

/// Why one plugin was not loaded, in a sentence for the operator.
struct LoadProblem {
  std::string provider;
  std::string file;
  std::string code;  ///< A stable token: one for each check, such as "newer_minor".
  std::string message;
};

struct LoadedRegistry {
  std::shared_ptr<const Registry> registry;  ///< Without the plugins that have problems.
  std::vector<LoadProblem> problems;         ///< All of all plugins.
};

/// Loads every enabled plugin of the configuration. Disabled ones are not even opened. A loaded
/// library stays in the process until it exits, whatever becomes of the registry.
LoadedRegistry LoadRegistry(const config::PluginsSettings& settings);

}  // namespace bookgate::translate
