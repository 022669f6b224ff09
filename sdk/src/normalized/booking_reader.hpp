/// \file booking_reader.hpp
/// One object of a generic body as a booking.
#pragma once

#include <bookgate/normalized.hpp>
#include <bookgate/translator.hpp>

#include <optional>
#include <vector>

#include "containers.hpp"

namespace bookgate::normalized {

/// What one object turned out to be.
struct ReadItem {
  Booking booking;
  bool is_test = false;  ///< No booking but a test of the connection; `booking` means nothing.
};

/// Adds everything that is wrong to `problems`; with any, the booking is not to be used. Notes are
/// for the operator's log.
ReadItem ReadBooking(const Item& item, const FieldMapping& mapping, bool lost_plus_signs,
                     std::vector<Problem>& problems, std::vector<std::string>& notes);

}  // namespace bookgate::normalized
