/// \file customer.hpp
/// The attendee who is the customer.
#pragma once

#include <bookgate/json.hpp>
#include <bookgate/translator.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace bookgate::calcom {

/// Which attendee of a booking to read.
struct AttendeePlace {
  json::Value booking;
  std::string_view booking_pointer;
  std::size_t index = 0;
  /// The form was filled in by this one, so its answers are this one's.
  bool filled_in_form = true;
};

/// The address as Cal.com has it, which may be one that it made up; what seats are told apart by.
std::optional<std::string> AttendeeEmail(const AttendeePlace& place);

/// Reads name, email, phone and time zone. Without an email or phone there is no customer, which is
/// a problem; an email that is none is one only if there is no phone, else it gives a note for the
/// log.
std::optional<std::string> ReadCustomer(const AttendeePlace& place, Booking& booking,
                                        std::vector<Problem>& problems);

}  // namespace bookgate::calcom
