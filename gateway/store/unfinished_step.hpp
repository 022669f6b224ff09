/// \file unfinished_step.hpp
/// Last step of the transaction: which deliveries are still to be looked up.
#pragma once

#include <vector>

#include "store/batch.hpp"
#include "store/connection.hpp"

namespace bookgate::store {

/// Notes the deliveries whose jobs say when the next attempt is, and forgets those that were there
/// and are finished. Throws DatabaseError.
void WriteUnfinished(Connection& connection, const Batch& batch,
                     const std::vector<Written>& results);

}  // namespace bookgate::store
