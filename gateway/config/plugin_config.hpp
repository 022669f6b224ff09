/// \file plugin_config.hpp
/// A plugin's own table as the JSON that it gets to see.
#pragma once

#include <string>
#include <string_view>

#include "config/table_reader.hpp"

namespace bookgate::config {

/// Reads the table at `key` into JSON text; leaves `into` as it is if there is none. What JSON has
/// no word for is a problem: dates, times, infinities and NaN.
void ReadPluginConfig(TableReader& table, std::string_view key, std::string& into);

}  // namespace bookgate::config
