/// \file support.hpp
/// What the tests of this room share.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

#include "config/settings.hpp"
#include "translate/loader.hpp"

namespace bookgate::translate::testing {

/// The library of tests/bad_plugins/NAME.c.
std::filesystem::path BadPlugin(const std::string& name);

/// A section of the configuration that loads it; its provider is "bad", whatever its fault.
config::PluginSettings SettingsOf(const std::string& name);

/// The one problem that loading ends with; fails the test if there is none, or more.
LoadProblem OnlyProblem(const config::PluginSettings& settings);

/// Fails the test if it does not load.
Plugin MustLoad(const config::PluginSettings& settings);

/// A folder of the test's own under the system's folder for temporary files, removed with it.
class TemporaryFolder {
 public:
  TemporaryFolder();
  ~TemporaryFolder();
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;

  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

void WriteFile(const std::filesystem::path& file, std::string_view content);

}  // namespace bookgate::translate::testing
