/// \file appointment_row.hpp
/// Appointments as rows, and back: the one list of what is which column.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "booking/rules.hpp"
#include "store/connection.hpp"
#include "store/statement_builder.hpp"

namespace bookgate::store {

/// A row of `appointments`. Its facts and its external id are those that its history settles in.
struct AppointmentRow {
  std::int64_t org_id = 0;
  std::int64_t appointment_id = 0;
  std::int64_t contact_id = 0;
  std::string source;
  base::Uuid created_by;        ///< The delivery that made the row.
  base::Instant received_at{};  ///< Of that delivery.
  booking::Settled settled;
  std::vector<booking::PastEvent> history;
};

/// The columns of a row that SELECTs read.
const std::string& AppointmentColumnsToRead();
AppointmentRow ReadAppointment(const Row& row);

/// "INSERT INTO appointments (…) VALUES ", to be followed by AddAppointment for each row.
StatementBuilder InsertAppointments();
/// appointment_id is not written: the database gives it.
void AddAppointment(StatementBuilder& insert, const AppointmentRow& row, base::Instant now);

/// Writes what the row has settled in, and its history.
void UpdateAppointment(Connection& connection, const AppointmentRow& row);

/// Of a History column that is not NULL. Throws std::runtime_error if it holds anything else.
std::vector<booking::PastEvent> ReadHistory(const std::string& text);

model::AppointmentStatus StatusOf(const std::string& name);

}  // namespace bookgate::store
