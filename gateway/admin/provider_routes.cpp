#include "admin/api.hpp"
#include "admin/provider_json.hpp"

namespace bookgate::admin {
namespace {

base::Result<http::Answer> ListProviders(Services& services, const Call& call) {
  const std::shared_ptr<const translate::Registry> registry = services.registry();
  return services.pool.Run([&](store::Connection& connection) {
    base::JsonWriter json;
    json.Object().Key("providers").Array();
    for (const translate::Plugin& plugin : registry->plugins()) {
      WriteProvider(json, services, connection, call.org, plugin.manifest);
    }
    json.EndArray().EndObject();
    return JsonAnswer(json);
  });
}

}  // namespace

void AddProviderRoutes(ApiRoutes& routes, Services& services) {
  routes.push_back({"GET", "/orgs/{org}/providers", Access::kOrg,
                    [&services](const Call& call) { return ListProviders(services, call); }});
}

}  // namespace bookgate::admin
