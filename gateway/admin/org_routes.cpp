#include <bookgate/text.hpp>

#include "admin/api.hpp"
#include "admin/change_org.hpp"
#include "admin/input.hpp"
#include "admin/org_json.hpp"
#include "booking/local_time.hpp"
#include "store/org_queries.hpp"

namespace bookgate::admin {
namespace {

constexpr std::size_t kLongestName = 190;
constexpr std::size_t kLongestZone = 64;

base::Result<http::Answer> ListOrgs(Services& services, const Call& call) {
  const base::Result<std::vector<model::Org>> orgs =
      services.pool.Run([&](store::Connection& connection) {
        if (call.of_installation()) return store::ListOrgs(connection);
        std::vector<model::Org> own;
        if (auto org = store::FindOrg(connection, call.session.org_public_id)) own.push_back(*org);
        return own;
      });
  if (!orgs.ok()) return orgs.failure();
  base::JsonWriter json;
  json.Object().Key("orgs").Array();
  for (const model::Org& org : *orgs) WriteOrg(json, org);
  json.EndArray().EndObject();
  return JsonAnswer(json);
}

base::Result<http::Answer> CreateOrg(Services& services, const Call& call) {
  Input input(call.request);
  const std::string name(Trim(input.Required("name", 1, kLongestName)));
  const std::string zone = input.Optional("timezone", kLongestZone).value_or("UTC");
  if (name.empty()) input.Complain("name", "missing", "must not be empty");
  if (!booking::IsTimeZone(zone)) {
    input.Complain("timezone", "bad_time_zone", "must be an IANA name such as Europe/Lisbon");
  }
  if (auto refusal = input.Refusal()) return *std::move(refusal);
  const base::Result<model::Org> org = ChangeOrg(services, [&](store::Connection& connection) {
    model::Org made = store::CreateOrg(connection, name, zone);
    store::AuditEntry entry = call.Entry("org_created");
    entry.org_id = made.id;
    store::AddAuditEntry(connection, entry);
    return made;
  });
  if (!org.ok()) return org.failure();
  base::JsonWriter json;
  WriteOrg(json, *org);
  return JsonAnswer(json, 201);
}

}  // namespace

void AddOrgRoutes(ApiRoutes& routes, Services& services) {
  routes.push_back({"GET", "/orgs", Access::kAdmin,
                    [&services](const Call& call) { return ListOrgs(services, call); }});
  routes.push_back({"POST", "/orgs", Access::kInstallation,
                    [&services](const Call& call) { return CreateOrg(services, call); }});
}

}  // namespace bookgate::admin
