/// \file person.hpp
/// Customers and members of the staff as Square's API shows them.
#pragma once

#include <bookgate/json.hpp>
#include <bookgate/translator.hpp>

#include <optional>
#include <string>
#include <vector>

namespace bookgate::square {

/// Given and family name, or the one that there is.
std::optional<std::string> FullName(json::Value person);

/// Fills in name, email and phone, each of which Square's customers may lack.
void ReadCustomer(json::Value customer, Booking& booking, std::vector<std::string>& notes);

}  // namespace bookgate::square
