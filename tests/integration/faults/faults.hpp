/// \file faults.hpp
/// What every test with faults begins and ends with.
#pragma once

#include "support/booking_load.hpp"
#include "support/mariadb_server.hpp"
#include "support/test_database.hpp"
#include "support/test_gateway.hpp"

namespace bookgate::tests {

/// Enough to be sure that all senders are at work.
constexpr std::size_t kSome = 200;

/// The one of this program, with the durable settings that promises rest on.
MariaDbServer& DurableMariaDb();

/// Waits until the load has got that many more answers of a status.
bool GetsMore(const BookingLoad& load, int status, std::size_t count = kSome);

/// Every booking that was acknowledged is one row, with the ids that were acknowledged, and so is
/// its delivery; no booking and no customer is there twice. Checks with doctest.
void CheckExactlyOnce(const TestDatabase& database, const LoadReport& report);

}  // namespace bookgate::tests
