/// \file linked_booking.hpp
/// Events that cannot be stored by inserting a row: those that move a booking from one id to
/// another, and those that name no customer.
#pragma once

#include "store/appointment_row.hpp"
#include "store/batch.hpp"
#include "store/connection.hpp"

namespace bookgate::store {

/// The event has to be placed by PlaceLinked.
bool IsLinked(const Slot& slot);

/// Finds everything that is known under the ids that the event names, makes one booking of it, and
/// applies the event. Sets the slot's results. Throws DatabaseError.
void PlaceLinked(Connection& connection, Batch& batch, Slot& slot);

/// The row that a booking begins with, by the slot's event; without an appointment_id.
AppointmentRow NewRow(const Batch& batch, const Slot& slot, booking::Verdict verdict);

/// Applies the event to a row that is locked and known by the event's id.
void ApplyTo(Connection& connection, AppointmentRow& row, const Batch& batch, Slot& slot);

}  // namespace bookgate::store
