/// \file retention.hpp
/// Forgets what is no longer to be kept.
#pragma once

#include <cstddef>

#include "store/connection.hpp"

namespace bookgate::store {

/// Drops the bodies of deliveries that were received before `cutoff`, a chunk of each org in turn;
/// their rows stay. Those of deliveries that are held stay too, until something came of them. Gives
/// how many it looked at: 0 if there is nothing left to do. Several gateways may do it at once.
std::size_t DropOldBodies(Connection& connection, base::Instant cutoff);

}  // namespace bookgate::store
