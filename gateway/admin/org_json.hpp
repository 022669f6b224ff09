/// \file org_json.hpp
/// Orgs as the API shows them.
#pragma once

#include "base/json_writer.hpp"
#include "model/org.hpp"

namespace bookgate::admin {

void WriteOrg(base::JsonWriter& json, const model::Org& org);

}  // namespace bookgate::admin
