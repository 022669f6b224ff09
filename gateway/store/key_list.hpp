/// \file key_list.hpp
/// The WHERE of a SELECT by many keys of several orgs.
#pragma once

#include <cstdint>
#include <map>
#include <string_view>
#include <vector>

#include "store/statement_builder.hpp"

namespace bookgate::store {

/// Adds "(OrgID = 1 AND COLUMN IN (…)) OR (OrgID = 2 AND …)", of which both databases make ranges
/// of the index (OrgID, COLUMN). `column` is a literal; `keys` is not empty.
void AddKeyList(StatementBuilder& statement, const char* column,
                const std::map<std::int64_t, std::vector<std::string_view>>& keys);

}  // namespace bookgate::store
