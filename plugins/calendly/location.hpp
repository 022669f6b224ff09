/// \file location.hpp
/// Where a scheduled event takes place.
#pragma once

#include <bookgate/json.hpp>

#include <optional>
#include <string>

namespace bookgate::calendly {

/// The location in words or as a link: the address of a physical or custom one with its additional
/// information, the number of a call, the join link of a conference, else what kind it is ("Zoom").
/// nullopt where it says nothing. Takes Calendly's objects and the plain text of its API v1.
std::optional<std::string> LocationText(json::Value location);

/// The customer's number where the host calls the customer. Where the customer calls in, the number
/// is the host's and this gives nullopt.
std::optional<std::string> OutboundCallNumber(json::Value location);

}  // namespace bookgate::calendly
