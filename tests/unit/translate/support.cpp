#include "unit/translate/support.hpp"

#include <doctest/doctest.h>
#include <stdlib.h>

#include <fstream>
#include <utility>
#include <variant>

namespace bookgate::translate::testing {

std::filesystem::path BadPlugin(const std::string& name) {
  return std::filesystem::path(BOOKGATE_BINARY_DIR) / "bad_plugins" / (name + ".so");
}

config::PluginSettings SettingsOf(const std::string& name) {
  config::PluginSettings settings;
  settings.provider = "bad";
  settings.enabled = true;
  settings.library = BadPlugin(name).string();
  settings.isolation = config::Isolation::kInProcess;
  settings.lookup_hosts = {"api.example.com"};
  return settings;
}

LoadProblem OnlyProblem(const config::PluginSettings& settings) {
  const auto loaded = LoadPlugin(settings);
  const auto* problems = std::get_if<std::vector<LoadProblem>>(&loaded);
  REQUIRE(problems != nullptr);
  REQUIRE(problems->size() == 1);
  CHECK(problems->front().provider == settings.provider);
  CHECK(problems->front().file == settings.library);
  return problems->front();
}

Plugin MustLoad(const config::PluginSettings& settings) {
  auto loaded = LoadPlugin(settings);
  if (const auto* problems = std::get_if<std::vector<LoadProblem>>(&loaded)) {
    for (const LoadProblem& problem : *problems) FAIL(problem.code << ": " << problem.message);
  }
  return std::get<Plugin>(std::move(loaded));
}

TemporaryFolder::TemporaryFolder() {
  std::string pattern = std::filesystem::temp_directory_path() / "bookgate-test-XXXXXX";
  REQUIRE(mkdtemp(pattern.data()) != nullptr);
  path_ = pattern;
}

TemporaryFolder::~TemporaryFolder() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

void WriteFile(const std::filesystem::path& file, std::string_view content) {
  std::ofstream stream(file, std::ios::binary);
  stream << content;
  stream.close();
  REQUIRE(stream);
}

}  // namespace bookgate::translate::testing
