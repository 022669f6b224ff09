// The registry as a whole: what is loaded, found and recognised, and what is left alone.
#include "translate/registry.hpp"

#include <doctest/doctest.h>
#include <stdlib.h>

#include <string>
#include <vector>

#include "unit/translate/support.hpp"

namespace bookgate::translate {
namespace {

using testing::SettingsOf;

/// A runner for plugins that are only looked up.
class NoRunner final : public Runner {
 public:
  StepOutcome Step(const StepInput&) override { return {Failed{"no_runner", ""}, nullptr, {}}; }
};

Plugin PluginOf(const std::string& provider, RecognitionRules rules) {
  Plugin plugin;
  plugin.manifest.provider = provider;
  plugin.manifest.recognise = std::move(rules);
  plugin.runner = std::make_unique<NoRunner>();
  return plugin;
}

RecognitionTest Header(std::string name) {
  RecognitionTest test;
  test.where = std::move(name);
  return test;
}

RecognitionTest Pointer(std::string pointer) {
  RecognitionTest test;
  test.subject = RecognitionTest::Subject::kPointer;
  test.where = std::move(pointer);
  return test;
}

std::vector<std::string> Providers(const std::vector<const Plugin*>& plugins) {
  std::vector<std::string> providers;
  providers.reserve(plugins.size());
  for (const Plugin* plugin : plugins) providers.push_back(plugin->manifest.provider);
  return providers;
}

Registry ThreePlugins() {
  std::vector<Plugin> plugins;
  plugins.push_back(PluginOf("zeta", {{Pointer("/event")}}));
  plugins.push_back(PluginOf("alpha", {{Header("x-alpha")}, {Pointer("/event")}}));
  plugins.push_back(PluginOf("quiet", {}));
  return Registry(std::move(plugins));
}

TEST_CASE("a plugin is found by its provider") {
  const Registry registry = ThreePlugins();
  REQUIRE(registry.Find("zeta") != nullptr);
  CHECK(registry.Find("zeta")->manifest.provider == "zeta");
  CHECK(registry.Find("zet") == nullptr);
  CHECK(registry.Find("") == nullptr);
}

TEST_CASE("every plugin that recognises a request is told, ordered by provider") {
  const Registry registry = ThreePlugins();
  CHECK(Providers(registry.Recognise({}, R"({"event": 1})")) ==
        std::vector<std::string>{"alpha", "zeta"});
  CHECK(Providers(registry.Recognise({{"x-alpha", ""}}, "{}")) ==
        std::vector<std::string>{"alpha"});
  CHECK(registry.Recognise({}, "{}").empty());
}

TEST_CASE("a body that is no JSON is recognised by its headers only") {
  const Registry registry = ThreePlugins();
  CHECK(Providers(registry.Recognise({{"x-alpha", ""}}, "event=1")) ==
        std::vector<std::string>{"alpha"});
  CHECK(registry.Recognise({}, R"({"event": )").empty());
}

TEST_CASE("all problems of all plugins are told at once; those without any are there") {
  config::PluginsSettings settings;
  settings.plugins = {SettingsOf("null_step"), SettingsOf("tells_what_it_sees"),
                      SettingsOf("newer_minor")};
  settings.plugins[0].provider = "first";
  settings.plugins[2].provider = "third";
  const LoadedRegistry loaded = LoadRegistry(settings);
  REQUIRE(loaded.problems.size() == 2);
  CHECK(loaded.problems[0].provider == "first");
  CHECK(loaded.problems[0].code == "null_step");
  CHECK(loaded.problems[1].provider == "third");
  CHECK(loaded.problems[1].code == "newer_minor");
  REQUIRE(loaded.registry->plugins().size() == 1);
  CHECK(loaded.registry->Find("bad") != nullptr);
}

TEST_CASE("two sections of one provider") {
  config::PluginsSettings settings;
  settings.plugins = {SettingsOf("tells_what_it_sees"), SettingsOf("tells_what_it_sees")};
  const LoadedRegistry loaded = LoadRegistry(settings);
  REQUIRE(loaded.problems.size() == 1);
  CHECK(loaded.problems[0].code == "provider_not_unique");
  CHECK(loaded.problems[0].message == "There is another plugin for \"bad\".");
  CHECK(loaded.registry->plugins().size() == 1);
}

TEST_CASE("a disabled plugin's library is not even opened; an enabled one's is") {
  const testing::TemporaryFolder folder;
  const std::filesystem::path mark = folder.path() / "mark";
  setenv("BAD_PLUGIN_MARK", mark.c_str(), 1);
  config::PluginsSettings settings;
  settings.plugins = {SettingsOf("marks_when_loaded")};
  settings.plugins[0].enabled = false;
  CHECK(LoadRegistry(settings).registry->plugins().empty());
  CHECK_FALSE(std::filesystem::exists(mark));

  // Nor is it where another process was asked for.
  settings.plugins[0].enabled = true;
  settings.plugins[0].isolation = config::Isolation::kProcess;
  CHECK(LoadRegistry(settings).problems.size() == 1);
  CHECK_FALSE(std::filesystem::exists(mark));

  // Nor if it is not the pinned one.
  settings.plugins[0].isolation = config::Isolation::kInProcess;
  settings.plugins[0].sha256 = std::string(64, '0');
  CHECK(LoadRegistry(settings).problems.size() == 1);
  CHECK_FALSE(std::filesystem::exists(mark));

  settings.plugins[0].sha256.clear();
  CHECK(LoadRegistry(settings).registry->plugins().size() == 1);
  CHECK(std::filesystem::exists(mark));
  unsetenv("BAD_PLUGIN_MARK");
}

TEST_CASE("a library works on after its registry is gone and is loaded once") {
  config::PluginsSettings settings;
  settings.plugins = {SettingsOf("tells_what_it_sees")};
  auto first = LoadRegistry(settings).registry;
  const std::string sha256 = first->Find("bad")->sha256;
  first.reset();
  const auto second = LoadRegistry(settings).registry;
  REQUIRE(second->Find("bad") != nullptr);
  CHECK(second->Find("bad")->sha256 == sha256);
  CHECK(std::holds_alternative<Ignore>(second->Find("bad")->runner->Step({}).result));
}

}  // namespace
}  // namespace bookgate::translate
