#include "admin/org_json.hpp"

namespace bookgate::admin {

std::string_view EndpointStateName(model::EndpointState state) {
  switch (state) {
    case model::EndpointState::kActive:
      return "active";
    case model::EndpointState::kDisabled:
      return "disabled";
    case model::EndpointState::kNone:
      break;
  }
  return "none";
}

void WriteOrg(base::JsonWriter& json, const model::Org& org) {
  json.Object().Member("org", org.public_id).Member("name", org.name);
  json.Member("timezone", org.time_zone);
  json.Member("webhook", EndpointStateName(org.endpoint)).EndObject();
}

}  // namespace bookgate::admin
