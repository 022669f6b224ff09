/// \file plugin_config.hpp
/// Tables that others understand, as JSON: a plugin's own, and that of a signature scheme.
#pragma once

#include <string>
#include <string_view>

#include "config/table_reader.hpp"

namespace bookgate::config {

/// Reads the table at `key` into JSON text; leaves `into` as it is if there is none. What JSON has
/// no word for is a problem: dates, times, infinities and NaN.
void ReadPluginConfig(TableReader& table, std::string_view key, std::string& into);

}  // namespace bookgate::config
