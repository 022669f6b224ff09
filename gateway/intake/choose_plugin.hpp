/// \file choose_plugin.hpp
/// Which plugin translates a request.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "http/message.hpp"
#include "translate/registry.hpp"

namespace bookgate::intake {

/// Exactly one of: a plugin; several that all recognise the request; neither, which means that
/// there is no such provider here.
struct Choice {
  const translate::Plugin* plugin = nullptr;
  std::vector<std::string> ambiguous;  ///< Their providers.
};

/// The provider of the path if it names one; else the one plugin that recognises the request; else
/// `generic`.
Choice ChoosePlugin(const translate::Registry& registry,
                    const std::optional<std::string>& provider_in_path,
                    const http::Request& request);

/// Without a provider in the path.
Choice ChooseRecognised(const translate::Registry& registry,
                        const std::vector<model::Field>& headers, const std::string& body);

/// deliveries.Provider of a request that several plugins recognise.
inline constexpr std::string_view kUnknownProvider = "unknown";

}  // namespace bookgate::intake
