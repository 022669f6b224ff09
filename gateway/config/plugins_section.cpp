#include <bookgate/text.hpp>

#include <algorithm>
#include <filesystem>

#include "config/network_address.hpp"
#include "config/plugin_config.hpp"
#include "config/sections.hpp"
#include "config/web_url.hpp"

namespace bookgate::config {
namespace {

/// As schemas/translator-manifest.json says of `provider`.
bool IsProvider(std::string_view name) {
  constexpr std::string_view kAllowed = "abcdefghijklmnopqrstuvwxyz0123456789-";
  return !name.empty() && name.size() <= 32 && name.front() != '-' &&
         name.find_first_not_of(kAllowed) == std::string_view::npos;
}

base::Result<std::string> ParseSha256(std::string_view text) {
  const std::string hex = ToLowerAscii(text);
  const bool is_hex = hex.find_first_not_of("0123456789abcdef") == std::string::npos;
  if (hex.empty() || (is_hex && hex.size() == 64)) return hex;
  return Wrong("must be a SHA-256 in 64 hex digits, as sha256sum prints it, or empty");
}

void ReadIsolation(TableReader& table, std::string_view key, Isolation& into) {
  table.ReadChoice<Isolation>(
      key, {{"in-process", Isolation::kInProcess}, {"process", Isolation::kProcess}}, into);
}

void ReadLibrary(TableReader& table, const std::string& directory, const NamedFiles& files,
                 PluginSettings& into) {
  std::string name = "libbookgate-" + into.provider + ".so";
  const std::optional<Place> place = table.ReadText("library", name);
  if (place && name.empty()) {
    return table.Report(
        *place, "library",
        "is empty; must be a file, or leave it out for libbookgate-" + into.provider + ".so");
  }
  into.library = (std::filesystem::path(directory) / name).lexically_normal().string();
  if (!into.enabled) return;
  files.Check(table, "library", place.value_or(table.place()), into.library, FileKind::kPublic);
}

void ReadTolerance(TableReader& table, PluginSettings& into) {
  using std::chrono::seconds;
  seconds tolerance{};
  // As far as schemas/translator-manifest.json lets manifests go.
  if (table.ReadDuration("signature_tolerance", seconds(1), seconds(86'400), tolerance)) {
    into.signature_tolerance = tolerance;
  }
}

void ReadPlugin(TableReader table, const PluginsSettings& plugins, const NamedFiles& files,
                PluginSettings& into) {
  into.isolation = plugins.default_isolation;
  table.ReadFlag("enabled", into.enabled);
  ReadLibrary(table, plugins.directory, files, into);
  ReadIsolation(table, "isolation", into.isolation);
  table.ReadParsed("sha256", ParseSha256, into.sha256);
  table.ReadList("lookup_hosts", ParseLookupHost, into.lookup_hosts);
  table.ReadParsed("lookup_base_url", ParseBaseUrl, into.lookup_base_url);
  ReadPluginConfig(table, "config", into.config_json);
  ReadPluginConfig(table, "signature", into.signature_json);
  ReadTolerance(table, into);
  table.ReportUnknownKeys();
}

}  // namespace

void ReadPlugins(TableReader table, const NamedFiles& files, PluginsSettings& into) {
  files.ReadName(table, "directory", into.directory);
  ReadIsolation(table, "default_isolation", into.default_isolation);
  for (const Member* member : table.OtherTables()) {
    if (!IsProvider(member->key)) {
      table.Report(member->place, member->key,
                   "is no provider's name; must be at most 32 lower-case letters, digits and -");
    }
    PluginSettings plugin;
    plugin.provider = member->key;
    ReadPlugin(table.Section(member->key), into, files, plugin);
    into.plugins.push_back(std::move(plugin));
  }
  std::sort(into.plugins.begin(), into.plugins.end(),
            [](const auto& a, const auto& b) { return a.provider < b.provider; });
  table.ReportUnknownKeys();
}

}  // namespace bookgate::config
