/// \file org_json.hpp
/// Orgs as the API shows them.
#pragma once

#include "base/json_writer.hpp"
#include "model/org.hpp"

namespace bookgate::admin {

/// "none", "active", "disabled".
std::string_view EndpointStateName(model::EndpointState state);

void WriteOrg(base::JsonWriter& json, const model::Org& org);

}  // namespace bookgate::admin
