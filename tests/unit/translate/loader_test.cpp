// One bad plugin a check: each must be refused with the check's own code and its own sentence.
//
// They are all loaded into this one process, so that these tests also prove that the loader never
// takes one library for another.
#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <string>

#include "unit/translate/support.hpp"

namespace bookgate::translate {
namespace {

using testing::MustLoad;
using testing::OnlyProblem;
using testing::SettingsOf;

/// The reason of the plugin's failure when it is given an empty webhook.
std::string FailureOf(const Plugin& plugin) {
  const StepOutcome outcome = plugin.runner->Step({});
  const auto* failed = std::get_if<Failed>(&outcome.result);
  return failed == nullptr ? "" : failed->reason;
}

TEST_CASE("a library without the entry point is no translator") {
  const LoadProblem problem = OnlyProblem(SettingsOf("no_entry"));
  CHECK(problem.code == "no_entry");
  CHECK(problem.message ==
        problem.file + " is no translator: it has no symbol bkg_translator_entry_v1.");
}

TEST_CASE("a library of another major version is told from one that is no translator") {
  const LoadProblem problem = OnlyProblem(SettingsOf("future_major_only"));
  CHECK(problem.code == "other_major");
  CHECK(problem.message ==
        problem.file +
            " is built for major version 2 of the translator ABI (bkg_translator_entry_v2); this "
            "gateway offers major version 1. Upgrade the gateway, or use a build for version 1.");
}

TEST_CASE("a library that lacks a symbol is refused in the linker's own words") {
  const LoadProblem problem = OnlyProblem(SettingsOf("missing_symbol"));
  CHECK(problem.code == "load_failed");
  CHECK(problem.message.starts_with(problem.file + " cannot be loaded: "));
  CHECK(problem.message.find("nobody_has_this_function") != std::string::npos);
}

TEST_CASE("a file that is no library is refused") {
  const testing::TemporaryFolder folder;
  config::PluginSettings settings = SettingsOf("no_entry");
  settings.library = folder.path() / "text.so";
  testing::WriteFile(settings.library, "#!/bin/sh\nexit 0\n");
  CHECK(OnlyProblem(settings).code == "load_failed");
}

TEST_CASE("an entry point that returns NULL") {
  const LoadProblem problem = OnlyProblem(SettingsOf("entry_returns_null"));
  CHECK(problem.code == "entry_returns_null");
  CHECK(problem.message == "bkg_translator_entry_v1 returned NULL.");
}

TEST_CASE("an entry point that throws") {
  const LoadProblem problem = OnlyProblem(SettingsOf("entry_throws"));
  CHECK(problem.code == "entry_throws");
  CHECK(problem.message == "bkg_translator_entry_v1 let an exception out; it must only return.");
}

TEST_CASE("a struct that ends before step") {
  const LoadProblem problem = OnlyProblem(SettingsOf("short_struct"));
  CHECK(problem.code == "short_struct");
  CHECK(problem.message == "Its bkg_translator_v1 has 8 bytes; at least 32 are needed.");
}

TEST_CASE("a struct without step") {
  const LoadProblem problem = OnlyProblem(SettingsOf("null_step"));
  CHECK(problem.code == "null_step");
  CHECK(problem.message == "Its step is NULL.");
}

TEST_CASE("a newer minor version: the sentence has both versions and both ways out") {
  const LoadProblem problem = OnlyProblem(SettingsOf("newer_minor"));
  CHECK(problem.code == "newer_minor");
  CHECK(problem.message ==
        "It is built for 1.2, this gateway offers 1.0: upgrade the gateway, or rebuild the "
        "translator with BKG_TARGET_MINOR=0.");
}

TEST_CASE("no manifest") {
  const LoadProblem problem = OnlyProblem(SettingsOf("manifest_null"));
  CHECK(problem.code == "manifest_missing");
  CHECK(problem.message == "Its manifest is NULL.");
}

TEST_CASE("a manifest that is no JSON") {
  const LoadProblem problem = OnlyProblem(SettingsOf("manifest_not_json"));
  CHECK(problem.code == "manifest_not_json");
  CHECK(problem.message == "The manifest is not JSON in UTF-8, or nests deeper than 64 levels.");
}

TEST_CASE("a manifest that is too large") {
  const LoadProblem problem = OnlyProblem(SettingsOf("manifest_too_large"));
  CHECK(problem.code == "manifest_too_large");
  CHECK(problem.message == "The manifest has 65537 bytes; at most 65536 are allowed.");
}

TEST_CASE("a misspelt member of the manifest is named") {
  const LoadProblem problem = OnlyProblem(SettingsOf("manifest_invalid"));
  CHECK(problem.code == "manifest_invalid");
  CHECK(problem.message ==
        "The manifest is not valid: /on_rejct: is not a member that is known here.");
}

TEST_CASE("a translator of another provider than the section's") {
  const LoadProblem problem = OnlyProblem(SettingsOf("manifest_wrong_provider"));
  CHECK(problem.code == "manifest_wrong_provider");
  CHECK(problem.message ==
        "The library is the translator of \"other\", but stands in [plugins.bad].");
}

TEST_CASE("a setting that the plugin's schema does not know is named with its place") {
  config::PluginSettings settings = SettingsOf("tells_what_it_sees");
  settings.config_json = R"({"lowd": true})";
  const LoadProblem unknown = OnlyProblem(settings);
  CHECK(unknown.code == "config_invalid");
  CHECK(unknown.message == "plugins.bad.config, /lowd: is not a member that is known here");

  settings.config_json = R"({"loud": "very"})";
  CHECK(OnlyProblem(settings).message == "plugins.bad.config, /loud: must be of type boolean");

  settings.config_json = R"({"loud": true})";
  CHECK(MustLoad(settings).manifest.provider == "bad");
}

TEST_CASE("a configuration that is no JSON object") {
  config::PluginSettings settings = SettingsOf("tells_what_it_sees");
  settings.config_json = "[]";
  const LoadProblem problem = OnlyProblem(settings);
  CHECK(problem.code == "config_not_json");
  CHECK(problem.message == "plugins.bad.config is not a table that JSON can express.");
}

TEST_CASE("hosts that the operator has not granted, with the line that grants them") {
  config::PluginSettings settings = SettingsOf("tells_what_it_sees");
  settings.lookup_hosts = {"api.example.org"};
  const LoadProblem problem = OnlyProblem(settings);
  CHECK(problem.code == "lookup_hosts_not_granted");
  CHECK(problem.message ==
        "The translator asks for look-ups at \"api.example.com\", which are not granted. To grant "
        "them, write in [plugins.bad]: lookup_hosts = [\"api.example.org\", \"api.example.com\"]");
}

TEST_CASE("a grant that a translator can do without may be missing until it asks") {
  config::PluginSettings settings = SettingsOf("optional_lookups");
  settings.lookup_hosts.clear();
  const Plugin plugin = testing::MustLoad(settings);
  const StepOutcome outcome = plugin.runner->Step({});
  REQUIRE(std::holds_alternative<Failed>(outcome.result));
  CHECK(std::get<Failed>(outcome.result).reason == "ungranted_host");
}

TEST_CASE("a wrong configuration and a missing grant are told together") {
  config::PluginSettings settings = SettingsOf("tells_what_it_sees");
  settings.config_json = R"({"lowd": true})";
  settings.lookup_hosts.clear();
  const auto loaded = LoadPlugin(settings);
  const auto& problems = std::get<std::vector<LoadProblem>>(loaded);
  REQUIRE(problems.size() == 2);
  CHECK(problems[0].code == "config_invalid");
  CHECK(problems[1].code == "lookup_hosts_not_granted");
}

TEST_CASE("who wants a process of its own never gets the plugin in this one") {
  config::PluginSettings settings = SettingsOf("tells_what_it_sees");
  settings.isolation = config::Isolation::kProcess;
  const LoadProblem problem = OnlyProblem(settings);
  CHECK(problem.code == "isolation_unavailable");
  CHECK(problem.message ==
        "Isolation \"process\" is not available in this version. If you trust the library as much "
        "as the gateway itself, write in [plugins.bad]: isolation = \"in-process\"");
}

TEST_CASE("a good library tells where it came from and what it was built for") {
  const Plugin plugin = MustLoad(SettingsOf("tells_what_it_sees"));
  CHECK(plugin.abi == "1.0");
  CHECK(plugin.file == SettingsOf("tells_what_it_sees").library);
  CHECK(plugin.sha256.size() == 64);
  CHECK(plugin.isolation == config::Isolation::kInProcess);
}

TEST_CASE("an upgrade that is renamed over the old file is loaded") {
  const testing::TemporaryFolder folder;
  config::PluginSettings settings = SettingsOf("puts_nothing");
  const std::filesystem::path first = settings.library;
  settings.library = folder.path() / "plugin.so";
  std::filesystem::copy_file(first, settings.library);
  const Plugin before = MustLoad(settings);
  CHECK(FailureOf(before) == "puts_nothing");

  const std::filesystem::path fresh = folder.path() / "plugin.so.new";
  std::filesystem::copy_file(testing::BadPlugin("unknown_outcome"), fresh);
  std::filesystem::rename(fresh, settings.library);
  CHECK(FailureOf(MustLoad(settings)) == "unknown_outcome");
  // The old one stays loaded: steps may still be running in it.
  CHECK(FailureOf(before) == "puts_nothing");
}

TEST_CASE("an upgrade that is written over the loaded file is told, not passed over") {
  const testing::TemporaryFolder folder;
  config::PluginSettings settings = SettingsOf("puts_nothing");
  const std::filesystem::path original = settings.library;
  settings.library = folder.path() / "plugin.so";
  std::filesystem::copy_file(original, settings.library);
  MustLoad(settings);
  std::ofstream(settings.library, std::ios::app) << '\n';
  const LoadProblem problem = OnlyProblem(settings);
  CHECK(problem.code == "replaced_in_place");
  CHECK(problem.message ==
        settings.library +
            " was overwritten while it was loaded. Restart the gateway, and install "
            "upgrades by renaming a new file over the old.");
}

}  // namespace
}  // namespace bookgate::translate
