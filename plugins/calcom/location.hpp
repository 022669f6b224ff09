/// \file location.hpp
/// Where a Cal.com booking takes place.
#pragma once

#include <bookgate/json.hpp>

#include <optional>
#include <string>

namespace bookgate::calcom {

/// The address, number or link of a booking; nullopt where there is none.
std::optional<std::string> LocationText(json::Value booking);

/// The name of the booking's video service, for where there is no link.
std::optional<std::string> VideoService(json::Value booking);

/// The customer's number where the host calls the customer: Cal.com then has it as the location.
/// The host's own number, which the customer is to call, gives nullopt.
std::optional<std::string> AttendeePhoneLocation(json::Value booking);

}  // namespace bookgate::calcom
