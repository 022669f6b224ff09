/// \file appointment_table.hpp
/// Finding and changing single bookings within a transaction. The rows that these functions give
/// are locked until it ends.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "store/appointment_row.hpp"
#include "store/batch.hpp"
#include "store/connection.hpp"

namespace bookgate::store {

/// The rows of those ids, in the order of their keys. Missing ones are left out.
std::vector<AppointmentRow> LockAppointments(Connection& connection, std::int64_t org_id,
                                             std::vector<std::int64_t> appointment_ids);

/// The appointment that has the id now or had it before.
std::optional<AppointmentRow> FindAppointment(Connection& connection, const Identity& identity);

/// Ids of one source that name the same booking.
struct BookingIds {
  std::int64_t org_id = 0;
  std::string source;
  std::vector<std::string> external_ids;  ///< Not empty.
};

/// What is known of a booking of which no event has named the customer yet.
struct PendingBooking {
  std::int64_t pending_id = 0;
  std::vector<booking::PastEvent> history;
};

/// Everything that those ids lead to: more than one where nobody knew that they belong together.
struct KnownBookings {
  std::vector<AppointmentRow> appointments;  ///< The oldest first.
  std::vector<PendingBooking> pending;
};

/// Takes the ids for this transaction and gives what is known under them. Any other transaction
/// that wants one of them waits.
KnownBookings ClaimIds(Connection& connection, BookingIds ids);

/// The ids lead to that appointment from now on.
void PointIdsAt(Connection& connection, const BookingIds& ids, std::int64_t appointment_id);

/// All ids and deliveries of `gone` lead to `survivor` from now on, and `gone` is no more.
void ReplaceAppointment(Connection& connection, const AppointmentRow& gone,
                        const AppointmentRow& survivor);

/// The customer of a pending booking is known: its ids lead to that appointment.
void ReplacePending(Connection& connection, std::int64_t org_id, const PendingBooking& gone,
                    const AppointmentRow& survivor);

/// Keeps what is known until somebody names the customer. `known` are the pending bookings that it
/// makes one of.
void SavePending(Connection& connection, const BookingIds& ids,
                 const std::vector<PendingBooking>& known,
                 const std::vector<booking::PastEvent>& history);

}  // namespace bookgate::store
