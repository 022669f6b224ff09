/// \file org_at_provider.hpp
/// The key of tables that have one row for each org at each provider.
#pragma once

#include <cstdint>
#include <string>

namespace bookgate::store {

struct OrgAtProvider {
  std::int64_t org_id = 0;
  std::string provider;
};

}  // namespace bookgate::store
