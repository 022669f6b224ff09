/// \file services.hpp
/// What the administration works with.
#pragma once

#include <functional>
#include <memory>
#include <vector>

#include "admin/browser_rules.hpp"
#include "auth/directory.hpp"
#include "auth/limits.hpp"
#include "auth/sealing.hpp"
#include "auth/secret.hpp"
#include "base/time.hpp"
#include "config/settings.hpp"
#include "observe/log.hpp"
#include "observe/plugin_health.hpp"
#include "store/pool.hpp"
#include "translate/plugin_report.hpp"

namespace bookgate::admin {

/// Given by whoever puts the program together; everything outlives the administration.
struct Parts {
  const config::Settings& settings;
  auth::Directory& directory;
  const auth::SecretHasher& hasher;
  const auth::Sealer& sealer;
  observe::Log& log;
  const observe::PluginHealth& plugin_health;
  std::function<std::shared_ptr<const translate::Registry>()> registry;
  std::function<std::vector<translate::PluginReport>()> plugin_reports;
  base::Clock clock = base::SystemNow;
};

/// The parts, and what belongs to the administration alone. Thread-safe, as its members are.
struct Services : Parts {
  explicit Services(Parts parts);

  store::Pool pool;
  const SessionCookie cookie;
  auth::RateLimiter sign_ins_by_address;
  auth::RateLimiter sign_ins_by_email;
};

}  // namespace bookgate::admin
