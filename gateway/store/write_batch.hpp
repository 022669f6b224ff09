/// \file write_batch.hpp
/// Everything that one transaction writes, in the one order that all writers keep.
#pragma once

#include <vector>

#include "store/batch.hpp"
#include "store/connection.hpp"

namespace bookgate::store {

/// Contacts, appointments, referrers, deliveries, what is unfinished of them. Does not commit: who
/// calls it decides whether it happens or was only tried. Throws DatabaseError.
std::vector<Written> WriteBatch(Connection& connection, Batch batch);

}  // namespace bookgate::store
