/// \file appointment_step.hpp
/// Second step of the transaction: every slot ends in its appointment.
#pragma once

#include "store/batch.hpp"
#include "store/connection.hpp"

namespace bookgate::store {

/// Applies the events of the batch to the table, in their order for each booking. Bookings come in
/// bulk; what moves an appointment, or is about one without naming the customer, is placed one by
/// one. Needs contact_id of the slots; sets the rest. Throws DatabaseError.
void WriteAppointments(Connection& connection, Batch& batch);

}  // namespace bookgate::store
