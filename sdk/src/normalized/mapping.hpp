/// \file mapping.hpp
/// Fields that the shop says where to find.
#pragma once

#include <bookgate/normalized.hpp>

#include "containers.hpp"
#include "fields.hpp"

namespace bookgate::normalized {

/// Replaces the fields that the mapping leads to. A pointer begins at item.mapping_root.
void ApplyMapping(const FieldMapping& mapping, const Item& item, Fields& fields);

}  // namespace bookgate::normalized
