/// \file delivery_step.hpp
/// The deliveries themselves, with what became of them.
#pragma once

#include <optional>
#include <vector>

#include "store/batch.hpp"
#include "store/connection.hpp"

namespace bookgate::store {

/// Inserts a row for each job, with what became of it, or updates the row that is there. Throws
/// DatabaseError.
void WriteDeliveries(Connection& connection, const Batch& batch,
                     const std::vector<Written>& results);

/// After a COMMIT whose answer was lost: what it did, read from the tables; nullopt if it did
/// nothing, or if nobody can tell because all of its deliveries were there before: those may be
/// written once more without harm.
std::optional<std::vector<Written>> ReadCommitted(Connection& connection, const Batch& batch);

}  // namespace bookgate::store
