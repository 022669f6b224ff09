#include "admin/api.hpp"
#include "admin/change_org.hpp"
#include "admin/input.hpp"
#include "admin/mapped_plugin.hpp"
#include "http/problem.hpp"
#include "store/org_queries.hpp"
#include "translate/field_mapping.hpp"

namespace bookgate::admin {
namespace {

http::Answer MappingAnswer(const std::string& mapping) {
  base::JsonWriter json;
  json.Object().Key("mapping");
  if (mapping.empty()) {
    json.Null();
  } else {
    json.Raw(mapping);
  }
  json.EndObject();
  return JsonAnswer(json);
}

/// "" for none.
base::Result<http::Answer> Store(Services& services, const Call& call, const std::string& mapping) {
  const base::Result<bool> stored = ChangeOrg(services, [&](store::Connection& connection) {
    store::SetFieldMapping(connection, call.org.id, mapping);
    store::AddAuditEntry(connection,
                         call.Entry(mapping.empty() ? "mapping_cleared" : "mapping_set"));
    return true;
  });
  if (!stored.ok()) return stored.failure();
  return MappingAnswer(mapping);
}

base::Result<http::Answer> Set(Services& services, const Call& call) {
  Input input(call.request);
  const json::Value mapping = input.Member("mapping");
  const std::shared_ptr<const translate::Registry> registry = services.registry();
  const translate::Plugin* plugin = MappedPlugin(*registry);
  if (plugin == nullptr) return http::NotFound();
  std::string text;
  if (!mapping.has_value()) {
    input.Complain("mapping", "missing", "is required");
  } else {
    text = MappingText(mapping);
    const base::Status checked = translate::CheckMapping(*plugin, text);
    if (!checked.ok()) {
      input.Complain("mapping", "bad_mapping", checked.failure().sender_text);
    }
  }
  if (auto refusal = input.Refusal()) return *std::move(refusal);
  return Store(services, call, text);
}

}  // namespace

void AddMappingRoutes(ApiRoutes& routes, Services& services) {
  constexpr const char* kPath = "/orgs/{org}/mapping";
  routes.push_back({"GET", kPath, Access::kOrg,
                    [](const Call& call) { return MappingAnswer(call.org.field_mapping); }});
  routes.push_back(
      {"PUT", kPath, Access::kOrg, [&services](const Call& call) { return Set(services, call); }});
  routes.push_back({"DELETE", kPath, Access::kOrg,
                    [&services](const Call& call) { return Store(services, call, {}); }});
}

}  // namespace bookgate::admin
