/// \file field_mapping.hpp
/// An org's own field mapping: the member "mapping" of the configuration of a plugin that takes
/// one.
#pragma once

#include <string>
#include <string_view>

#include "base/result.hpp"
#include "translate/registry.hpp"

namespace bookgate::translate {

/// The plugin's configuration schema has a member "mapping".
bool TakesMapping(const Plugin& plugin);

/// The plugin's configuration with that mapping, a JSON object, instead of its own. "" if there is
/// nothing to put in: no mapping, or a plugin that takes none.
std::string ConfigWithMapping(const Plugin& plugin, std::string_view mapping);

/// Whether an org may set that text as its mapping. The failure names the place that is wrong.
base::Status CheckMapping(const Plugin& plugin, std::string_view mapping);

}  // namespace bookgate::translate
