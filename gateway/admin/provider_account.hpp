/// \file provider_account.hpp
/// The provider in a route's path, with the org's account there.
#pragma once

#include <memory>
#include <optional>

#include "admin/call.hpp"
#include "admin/services.hpp"
#include "http/problem.hpp"
#include "provider/account.hpp"

namespace bookgate::admin {

/// Shared ownership of all plugins keeps the one of the account alive.
struct ProviderAccount {
  std::shared_ptr<const translate::Registry> registry;
  provider::Account account;
};

/// The plugin of the provider in the path; nullptr if none is enabled that offers the operation.
inline const translate::Plugin* FindOffering(const translate::Registry& registry, const Call& call,
                                             std::string_view operation) {
  const translate::Plugin* plugin = registry.Find(call.path.Get("p"));
  return plugin != nullptr && plugin->manifest.Offers(operation) ? plugin : nullptr;
}

/// nullopt if no such provider is enabled, or its plugin does not offer the operation: 404.
inline base::Result<std::optional<ProviderAccount>> FindAccount(Services& services,
                                                                const Call& call,
                                                                std::string_view operation) {
  std::shared_ptr<const translate::Registry> registry = services.registry();
  const translate::Plugin* plugin = FindOffering(*registry, call, operation);
  if (plugin == nullptr) return std::optional<ProviderAccount>();
  base::Result<provider::Account> account =
      provider::OpenAccount(services.means(), *plugin, call.org);
  if (!account.ok()) return std::move(account).failure();
  return std::optional(ProviderAccount{std::move(registry), std::move(account).value()});
}

}  // namespace bookgate::admin
