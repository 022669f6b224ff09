/// \file lookup_url.hpp
/// Where a look-up goes.
#pragma once

#include <string>

#include "translate/step.hpp"

namespace bookgate::lookup {

/// https://HOST/PATH?QUERY, or BASE_URL/PATH?QUERY unless that is empty.
std::string LookupUrl(const translate::Lookup& lookup, const std::string& base_url);

}  // namespace bookgate::lookup
