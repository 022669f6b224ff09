#include "translate/loader.hpp"

#include <bookgate/json.hpp>
#include <bookgate/schema.hpp>

#include <algorithm>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "translate/in_process_runner.hpp"
#include "translate/library.hpp"
#include "translate/plugin_file.hpp"
#include "translate/signature_reader.hpp"

namespace bookgate::translate {
namespace {

using config::PluginSettings;

LoadProblem Problem(const PluginSettings& settings, std::string code, std::string message) {
  return {settings.provider, settings.library, std::move(code), std::move(message)};
}

/// "plugins.NAME.MEMBER", as it stands in bookgate.toml.
std::string Key(const PluginSettings& settings, const std::string& member) {
  return "plugins." + settings.provider + "." + member;
}

std::optional<LoadProblem> ProviderProblem(const PluginSettings& settings,
                                           const Manifest& manifest) {
  if (manifest.provider == settings.provider) return std::nullopt;
  return Problem(settings, "manifest_wrong_provider",
                 "The library is the translator of \"" + manifest.provider +
                     "\", but stands in [plugins." + settings.provider + "].");
}

std::optional<LoadProblem> ConfigProblem(const PluginSettings& settings, const Manifest& manifest) {
  const std::string key = Key(settings, "config");
  const std::optional<json::Document> config = json::Document::Parse(settings.config_json);
  if (!config || !config->root().is_object()) {
    return Problem(settings, "config_not_json", key + " is not a table that JSON can express.");
  }
  const std::optional<json::Schema> schema = json::Schema::Parse(manifest.config_schema);
  const std::optional<json::SchemaProblem> wrong = schema->Check(config->root());
  if (!wrong) return std::nullopt;
  return Problem(settings, "config_invalid", key + ", " + wrong->ToString());
}

std::string Quoted(const std::vector<std::string>& texts) {
  std::string quoted;
  for (const std::string& text : texts) {
    if (!quoted.empty()) quoted += ", ";
    quoted += '"' + text + '"';
  }
  return quoted;
}

/// An upgrade that asks for another host must not get it silently, nor do its work by half. What it
/// can do without is left to the operation that asks for it.
std::optional<LoadProblem> GrantProblem(const PluginSettings& settings, const Manifest& manifest) {
  if (manifest.lookups_optional) return std::nullopt;
  std::vector<std::string> missing;
  std::vector<std::string> all = settings.lookup_hosts;
  for (const std::string& host : manifest.lookup_hosts) {
    if (std::find(all.begin(), all.end(), host) != all.end()) continue;
    missing.push_back(host);
    all.push_back(host);
  }
  if (missing.empty()) return std::nullopt;
  return Problem(settings, "lookup_hosts_not_granted",
                 "The translator asks for look-ups at " + Quoted(missing) +
                     ", which are not granted. To grant them, write in [plugins." +
                     settings.provider + "]: lookup_hosts = [" + Quoted(all) + "]");
}

/// Puts the operator's share into the manifest's signature scheme: all of it, where the manifest
/// leaves it to the operator, and how far clocks may be apart.
std::optional<LoadProblem> CompleteSignature(const PluginSettings& settings, Manifest& manifest) {
  const std::string key = Key(settings, "signature");
  model::SignatureScheme& scheme = manifest.signature;
  if (scheme.kind == model::SignatureKind::kOperator) {
    OperatorScheme read = ReadOperatorScheme(settings.signature_json);
    if (const auto* wrong = std::get_if<std::string>(&read)) {
      return Problem(settings, "signature_invalid", key + *wrong);
    }
    scheme = std::get<model::SignatureScheme>(std::move(read));
  } else if (!settings.signature_json.empty()) {
    return Problem(settings, "signature_not_operators",
                   key + " must be left out: the translator itself says how its provider signs.");
  }
  if (!settings.signature_tolerance) return std::nullopt;
  if (!scheme.timestamp) {
    return Problem(settings, "signature_has_no_timestamp",
                   Key(settings, "signature_tolerance") +
                       " must be left out: the provider's signatures have no time in them.");
  }
  scheme.timestamp->tolerance_s = settings.signature_tolerance->count();
  return std::nullopt;
}

std::vector<LoadProblem> SettingsProblems(const PluginSettings& settings, Manifest& manifest) {
  std::vector<LoadProblem> problems;
  for (auto* check : {&ConfigProblem, &GrantProblem}) {
    if (std::optional<LoadProblem> problem = check(settings, manifest)) {
      problems.push_back(*std::move(problem));
    }
  }
  if (std::optional<LoadProblem> problem = CompleteSignature(settings, manifest)) {
    problems.push_back(*std::move(problem));
  }
  return problems;
}

using Loaded = std::variant<Plugin, std::vector<LoadProblem>>;

Loaded One(LoadProblem problem) {
  return std::vector<LoadProblem>{std::move(problem)};
}

Loaded MakePlugin(const PluginSettings& settings, std::string sha256,
                  const bkg_translator_v1& translator) {
  ManifestResult read = ReadManifest({translator.manifest.data, translator.manifest.size});
  if (auto* bad = std::get_if<ManifestProblem>(&read)) {
    return One(Problem(settings, std::move(bad->code), std::move(bad->message)));
  }
  auto& manifest = std::get<Manifest>(read);
  if (std::optional<LoadProblem> problem = ProviderProblem(settings, manifest)) {
    return One(*std::move(problem));
  }
  std::vector<LoadProblem> problems = SettingsProblems(settings, manifest);
  if (!problems.empty()) return problems;

  Plugin plugin;
  plugin.runner = std::make_unique<InProcessRunner>(translator, manifest, settings.lookup_hosts,
                                                    settings.config_json);
  plugin.manifest = std::move(manifest);
  plugin.file = settings.library;
  plugin.sha256 = std::move(sha256);
  plugin.abi = AbiVersion(translator.target_minor);
  plugin.isolation = settings.isolation;
  plugin.lookup_base_url = settings.lookup_base_url;
  plugin.config_json = settings.config_json;
  return plugin;
}

}  // namespace

Loaded LoadPlugin(const PluginSettings& settings) {
  if (settings.isolation != config::Isolation::kInProcess) {
    return One(Problem(settings, "isolation_unavailable",
                       "Isolation \"process\" is not available in this version. If you trust the "
                       "library as much as the gateway itself, write in [plugins." +
                           settings.provider + "]: isolation = \"in-process\""));
  }
  auto opened = OpenPluginFile(settings.library, settings.sha256);
  if (auto* bad = std::get_if<FileProblem>(&opened)) {
    return One(Problem(settings, std::move(bad->code), std::move(bad->message)));
  }
  auto& file = std::get<PluginFile>(opened);
  std::string sha256 = file.sha256;
  auto translator = LoadTranslator(std::move(file));
  if (auto* bad = std::get_if<LibraryProblem>(&translator)) {
    return One(Problem(settings, std::move(bad->code), std::move(bad->message)));
  }
  return MakePlugin(settings, std::move(sha256), *std::get<const bkg_translator_v1*>(translator));
}

}  // namespace bookgate::translate
