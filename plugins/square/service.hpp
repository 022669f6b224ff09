/// \file service.hpp
/// What a service is called.
#pragma once

#include <bookgate/json.hpp>

#include <optional>
#include <string>

namespace bookgate::square {

/// The name of a variation out of the answer of the Catalog API with its related objects: that of
/// its item, and in brackets its own where it is more than "Regular", the name that Square gives to
/// an only variation.
std::optional<std::string> ServiceName(json::Value answer);

/// The same of a variation, or an item, and a list with its related objects.
std::optional<std::string> ServiceName(json::Value object, json::Value related);

}  // namespace bookgate::square
