/// \file driver.hpp
/// Runs a case through the real library, loaded by the gateway's own loader.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "translate/loader.hpp"
#include "unit/plugin_cases/case_folder.hpp"

namespace bookgate::plugin_cases {

/// Where the provider's manifest and cases are. That of "acme" is the SDK's template, which is
/// built and held to its cases like any plugin but is none.
std::filesystem::path SourceFolder(const std::string& provider);

/// A plugin's folder of the source tree with its library of the build tree.
struct PluginUnderTest {
  std::string provider;
  std::string library;
  std::vector<std::string> lookup_hosts;  ///< All that its manifest asks for.
  std::vector<std::string> operations;    ///< All that its manifest offers.

  std::filesystem::path CasesFolder() const;
};

/// nullopt if its manifest cannot be read.
std::optional<PluginUnderTest> FindPlugin(const std::string& provider);

/// Loads it with that configuration, all its look-ups granted.
std::variant<translate::Plugin, std::vector<translate::LoadProblem>> Load(
    const PluginUnderTest& plugin, const std::string& config_json);

/// What the translator gets to see of the case, without replies. Points into it.
translate::StepInput InputOf(const Case& webhook);

struct DriveResult {
  translate::StepOutcome outcome;
  std::set<std::string> asked;  ///< Ids of all look-ups that were asked for.
};

/// Steps, answering look-ups with the case's replies, until there is a decision or a look-up is
/// asked for that the case has no reply to.
DriveResult Drive(translate::Runner& runner, const Case& webhook);

}  // namespace bookgate::plugin_cases
