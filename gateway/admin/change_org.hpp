/// \file change_org.hpp
/// Changes of an org or its endpoint that this gateway knows of at once.
#pragma once

#include <utility>
#include <vector>

#include "admin/services.hpp"
#include "store/provider_secret_queries.hpp"

namespace bookgate::admin {

/// Runs `work(Connection&)` in a transaction and, once it is committed, takes over into memory what
/// it changed: a secret works, or no longer works, when the answer arrives. Other gateways learn of
/// it from their watchers.
///
/// Everything that changed since the directory was last brought up to date is taken over with it:
/// had it only this org's new version, it would never ask for what others changed shortly before.
template <class Work>
auto ChangeOrg(Services& services, Work&& work)
    -> base::Result<decltype(work(std::declval<store::Connection&>()))> {
  std::vector<auth::OrgEntry> changed;
  auto result = services.pool.Run([&](store::Connection& connection) {
    auto done = work(connection);
    changed =
        store::LoadEntriesChangedSince(connection, services.sealer, services.directory.version());
    return done;
  });
  if (result.ok()) services.directory.Update(std::move(changed));
  return result;
}

}  // namespace bookgate::admin
