/// \file appointment_queries.hpp
/// Appointments as their owner looks at them. The writer has the statements that change them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "store/connection.hpp"

namespace bookgate::store {

struct AppointmentLine {
  std::int64_t appointment_id = 0;
  std::int64_t contact_id = 0;
  std::string source, external_id, status;
  std::string customer_name, customer_email, customer_phone;
  std::string appointment_type, host_name, location;
  std::optional<base::Instant> start_time;
  std::optional<std::int64_t> duration_minutes;
  std::optional<base::Instant> received_at;
};

/// The newest received first.
std::vector<AppointmentLine> LatestAppointments(Connection& connection, std::int64_t org_id,
                                                std::int64_t limit);

}  // namespace bookgate::store
