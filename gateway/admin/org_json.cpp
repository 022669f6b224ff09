#include "admin/org_json.hpp"

namespace bookgate::admin {

void WriteOrg(base::JsonWriter& json, const model::Org& org) {
  json.Object().Member("org", org.public_id).Member("name", org.name);
  json.Member("timezone", org.time_zone);
  json.Member("webhook", model::EndpointStateName(org.endpoint)).EndObject();
}

}  // namespace bookgate::admin
