/// \file mapped_plugin.hpp
/// The plugin that orgs' field mappings are for.
#pragma once

#include <bookgate/json.hpp>

#include <string>

#include "translate/registry.hpp"

namespace bookgate::admin {

/// `generic`, if it is enabled and takes a mapping; else nullptr.
const translate::Plugin* MappedPlugin(const translate::Registry& registry);

/// A mapping as it is stored.
std::string MappingText(json::Value mapping);

}  // namespace bookgate::admin
