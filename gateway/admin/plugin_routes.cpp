#include "admin/api.hpp"
#include "base/rfc3339.hpp"

namespace bookgate::admin {
namespace {

void WriteHealth(base::JsonWriter& json, const observe::PluginCount& count) {
  json.Key("health").Object().Member("translated", count.translated);
  json.Member("failed", count.failed).TextOrNull("last_failure", count.last_failure);
  json.TextOrNull("last_failed_at", base::Rfc3339(count.last_failed_at)).EndObject();
}

base::Result<http::Answer> ListPlugins(Services& services, const Call&) {
  base::JsonWriter json;
  json.Object().Key("plugins").Array();
  for (const translate::PluginReport& report : services.plugin_reports()) {
    json.Object().Member("provider", report.provider).TextOrNull("name", report.name);
    json.TextOrNull("version", report.version).TextOrNull("abi", report.abi);
    json.Member("isolation", translate::IsolationName(report.isolation));
    json.Member("file", report.file).TextOrNull("sha256", report.sha256);
    json.Member("state", translate::PluginStateName(report.state)).Key("problems").Array();
    for (const std::string& problem : report.problems) json.Value(problem);
    json.EndArray();
    WriteHealth(json, services.plugin_health.Of(report.provider));
    json.EndObject();
  }
  json.EndArray().EndObject();
  return JsonAnswer(json);
}

}  // namespace

void AddPluginRoutes(ApiRoutes& routes, Services& services) {
  routes.push_back({"GET", "/plugins", Access::kInstallation,
                    [&services](const Call& call) { return ListPlugins(services, call); }});
}

}  // namespace bookgate::admin
