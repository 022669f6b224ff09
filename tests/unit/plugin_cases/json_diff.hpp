/// \file json_diff.hpp
/// Where two documents differ, for people.
#pragma once

#include <bookgate/json.hpp>

#include <string>

namespace bookgate::plugin_cases {

/// "" if both are the same JSON, whatever the order of members; else a line a difference, each with
/// its JSON pointer, what was expected and what came.
std::string Difference(json::Value expected, json::Value got);

}  // namespace bookgate::plugin_cases
