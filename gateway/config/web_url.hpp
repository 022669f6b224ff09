/// \file web_url.hpp
/// Base URLs: what paths are put behind.
#pragma once

#include <string>
#include <string_view>

#include "base/result.hpp"

namespace bookgate::config {

/// An http or https URL without user, query and fragment; gives it without a slash at its end, and
/// scheme and host in lower case. "" is right and gives "".
base::Result<std::string> ParseBaseUrl(std::string_view text);

}  // namespace bookgate::config
