/// \file contact_step.hpp
/// First step of the transaction: every slot that names a customer gets its contact.
#pragma once

#include "store/batch.hpp"
#include "store/connection.hpp"

namespace bookgate::store {

/// Finds or makes the contacts, fills in names and phones that are empty, and sets contact_id and
/// contact_created of the slots. Throws DatabaseError.
void WriteContacts(Connection& connection, Batch& batch);

/// Saves who referred the contacts that this batch made.
void WriteReferrers(Connection& connection, const Batch& batch);

}  // namespace bookgate::store
