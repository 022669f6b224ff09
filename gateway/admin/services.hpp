/// \file services.hpp
/// What the administration works with.
#pragma once

#include <functional>
#include <memory>
#include <stop_token>
#include <vector>

#include "admin/browser_rules.hpp"
#include "admin/work_pool.hpp"
#include "auth/directory.hpp"
#include "auth/limits.hpp"
#include "auth/sealing.hpp"
#include "auth/secret.hpp"
#include "base/time.hpp"
#include "config/settings.hpp"
#include "lookup/provider_action.hpp"
#include "observe/log.hpp"
#include "observe/plugin_health.hpp"
#include "provider/account.hpp"
#include "store/pool.hpp"
#include "translate/plugin_report.hpp"

namespace bookgate::admin {

/// Given by whoever puts the program together; everything outlives the administration.
struct Parts {
  const config::Settings& settings;
  auth::Directory& directory;
  const auth::SecretHasher& hasher;
  const auth::Sealer& sealer;
  lookup::Asker& asker;
  observe::Log& log;
  const observe::PluginHealth& plugin_health;
  std::function<std::shared_ptr<const translate::Registry>()> registry;
  std::function<std::vector<translate::PluginReport>()> plugin_reports;
  base::Clock clock = base::SystemNow;
};

/// The parts, and what belongs to the administration alone. Thread-safe, as its members are.
struct Services : Parts {
  explicit Services(Parts parts);

  provider::Means means() { return {pool, provider_actions, sealer}; }
  /// Ends what waits for providers, and no more of it begins. Quick once the asker's fetcher has
  /// stopped.
  void StopProviderCalls();

  store::Pool pool;
  const SessionCookie cookie;
  auth::RateLimiter sign_ins_by_address;
  auth::RateLimiter sign_ins_by_email;
  std::stop_source stopping;
  const lookup::ActionRunner provider_actions;
  /// Calls that wait for a provider have threads of their own: one that is slow leaves the page all
  /// of the others. Backfills, which take minutes, again have theirs. The last members, so that
  /// they end before what they work with.
  WorkPool provider_calls;
  WorkPool backfills;
};

}  // namespace bookgate::admin
