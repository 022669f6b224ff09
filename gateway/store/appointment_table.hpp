/// \file appointment_table.hpp
/// Finding, making and moving single appointments within a transaction. The rows that these
/// functions give are locked until it ends.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "booking/rules.hpp"
#include "store/batch.hpp"
#include "store/connection.hpp"

namespace bookgate::store {

/// A row of `appointments`, locked.
struct AppointmentRow {
  std::int64_t org_id = 0;
  std::int64_t appointment_id = 0;
  std::int64_t contact_id = 0;
  std::string source;
  std::string external_id;  ///< The one that it has now.
  booking::AppointmentFacts facts;
};

/// The rows of those ids, locked in the order of their keys. Missing ones are left out.
std::vector<AppointmentRow> LockAppointments(Connection& connection, std::int64_t org_id,
                                             std::vector<std::int64_t> appointment_ids);

/// What `appointment_ids` says of an id.
struct KnownId {
  std::optional<std::int64_t> appointment_id;      ///< nullopt: its booking has not come yet.
  std::optional<model::AppointmentStatus> status;  ///< That waits for the booking.
  std::string cancel_reason;
  std::optional<std::int64_t> sequence;
  std::optional<base::Instant> occurred_at;
};

std::optional<KnownId> FindKnownId(Connection& connection, const Identity& identity);

/// The appointment that has the id now or had it before, locked.
std::optional<AppointmentRow> FindAppointment(Connection& connection, const Identity& identity);

/// A new row of that event; gives its AppointmentID.
std::int64_t InsertAppointment(Connection& connection, const Batch& batch, const Slot& slot,
                               const booking::AppointmentFacts& facts);

/// The id leads to that appointment from now on.
void SaveAlias(Connection& connection, const Identity& identity, std::int64_t appointment_id);

/// Keeps what an event says of a booking that has not come, under its id.
void RememberForLater(Connection& connection, const Slot& slot);

/// The facts with what was remembered of the id, if anything was.
booking::AppointmentFacts WithRemembered(const booking::AppointmentFacts& facts,
                                         const KnownId& known);

/// Takes the id out of `appointment_ids`: the booking that it waited for is here.
void ForgetId(Connection& connection, const Identity& identity);

/// The two rows are one booking: all ids and deliveries of `gone` lead to `survivor` from now on,
/// and `gone` is no more.
void ReplaceAppointment(Connection& connection, const AppointmentRow& gone,
                        const AppointmentRow& survivor);

}  // namespace bookgate::store
