#include "unit/plugin_cases/driver.hpp"

#include <variant>

#include "translate/canned_replies.hpp"

namespace bookgate::plugin_cases {
namespace {

constexpr std::string_view kTemplate = "acme";

std::string LibraryOf(const std::string& provider) {
  const std::string folder = provider == kTemplate ? "/sdk/template" : "";
  return BOOKGATE_BINARY_DIR + folder + "/plugins/libbookgate-" + provider + ".so";
}

/// Notes what the runner that it stands in front of asks for.
class AskedLookups final : public translate::Runner {
 public:
  explicit AskedLookups(translate::Runner& runner) : runner_(runner) {}

  translate::StepOutcome Step(const translate::StepInput& input) override {
    translate::StepOutcome outcome = runner_.Step(input);
    if (const auto* need = std::get_if<translate::NeedLookups>(&outcome.result)) {
      for (const translate::Lookup& lookup : need->lookups) ids_.insert(lookup.id);
    }
    return outcome;
  }
  const std::set<std::string>& ids() const { return ids_; }

 private:
  translate::Runner& runner_;
  std::set<std::string> ids_;
};

}  // namespace

std::filesystem::path SourceFolder(const std::string& provider) {
  const std::filesystem::path project(BOOKGATE_SOURCE_DIR);
  return provider == kTemplate ? project / "sdk" / "template" : project / "plugins" / provider;
}

std::filesystem::path PluginUnderTest::CasesFolder() const {
  return SourceFolder(provider) / "cases";
}

std::optional<PluginUnderTest> FindPlugin(const std::string& provider) {
  const auto text = ReadFile(SourceFolder(provider) / "manifest.json");
  const auto manifest = json::Document::Parse(text.value_or(""));
  if (!manifest) return std::nullopt;
  PluginUnderTest plugin;
  plugin.provider = provider;
  plugin.library = LibraryOf(provider);
  const json::Value hosts = manifest->root()["lookups"]["hosts"];
  for (std::size_t i = 0; i < hosts.size(); ++i) {
    plugin.lookup_hosts.emplace_back(hosts[i].RawString().value_or(""));
  }
  const json::Value operations = manifest->root()["operations"];
  for (std::size_t i = 0; i < operations.size(); ++i) {
    plugin.operations.emplace_back(operations[i].RawString().value_or(""));
  }
  return plugin;
}

std::variant<translate::Plugin, std::vector<translate::LoadProblem>> Load(
    const PluginUnderTest& plugin, const std::string& config_json) {
  config::PluginSettings settings;
  settings.provider = plugin.provider;
  settings.enabled = true;
  settings.library = plugin.library;
  settings.isolation = config::Isolation::kInProcess;
  settings.lookup_hosts = plugin.lookup_hosts;
  settings.config_json = config_json;
  return translate::LoadPlugin(settings);
}

translate::StepInput InputOf(const Case& webhook) {
  translate::StepInput input;
  input.received_at_ms = webhook.received_at_ms;
  input.body = webhook.body;
  input.content_type = webhook.content_type;
  input.headers = &webhook.headers;
  input.query = &webhook.query;
  input.operation = webhook.operation;
  input.parameters = webhook.parameters;
  return input;
}

DriveResult Drive(translate::Runner& runner, const Case& webhook) {
  AskedLookups asked(runner);
  DriveResult result;
  result.outcome =
      translate::StepWithCannedReplies(asked, InputOf(webhook), webhook.replies.string());
  result.asked = asked.ids();
  return result;
}

}  // namespace bookgate::plugin_cases
