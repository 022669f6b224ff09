/// \file appointment_row.hpp
/// Appointments as rows, and back: the one list of which fact is which column.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "booking/rules.hpp"
#include "store/connection.hpp"
#include "store/statement_builder.hpp"

namespace bookgate::store {

/// The columns of booking::AppointmentFacts, in the order of the functions below.
inline constexpr const char* kFactColumns =
    "Status, StartTime, DurationMinutes, TimeZone, AppointmentType, Notes, Location, HostName, "
    "HostEmail, CancelReason, Answers, Sequence, OccurredAt";
/// The same for SELECT, with times as Row::Time reads them.
const std::string& FactColumnsToRead();

/// Adds their values to a row.
void AddFacts(StatementBuilder& statement, const booking::AppointmentFacts& facts);

/// Reads them from a row, beginning at that column.
booking::AppointmentFacts ReadFacts(const Row& row, std::size_t first_column);

/// Writes them into the row of that appointment, and its external id.
void UpdateAppointment(Connection& connection, std::int64_t org_id, std::int64_t appointment_id,
                       const std::string& external_id, const booking::AppointmentFacts& facts,
                       base::Instant now);

model::AppointmentStatus StatusOf(const std::string& name);

}  // namespace bookgate::store
