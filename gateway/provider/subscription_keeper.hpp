/// \file subscription_keeper.hpp
/// Notices when a provider has switched a subscription off.
#pragma once

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>

#include "auth/sealing.hpp"
#include "config/settings.hpp"
#include "lookup/provider_action.hpp"
#include "observe/log.hpp"
#include "observe/metrics.hpp"
#include "store/pool.hpp"
#include "store/subscription_queries.hpp"
#include "translate/registry.hpp"

namespace bookgate::provider {

/// What the keeper works with; all of it outlives it.
struct SubscriptionKeeperParts {
  store::Pool& pool;
  lookup::Asker& asker;
  const auth::Sealer& sealer;
  observe::Log& log;
  observe::Metrics& metrics;
  std::function<std::shared_ptr<const translate::Registry>()> registry;
  config::LookupsSettings settings;
};

/// Asks for the state of each registered subscription now and then (settings), one after the other.
/// One thread of its own. Several gateways share the work.
class SubscriptionKeeper {
 public:
  explicit SubscriptionKeeper(SubscriptionKeeperParts parts);
  ~SubscriptionKeeper();

  void Start();
  /// Ends the thread. Quick once the asker's fetcher has stopped.
  void Stop();

 private:
  void Run();
  bool WaitFor(std::chrono::milliseconds pause);
  bool CheckDue();
  void Check(const store::DueSubscription& due);

  const SubscriptionKeeperParts parts_;
  const lookup::ActionRunner actions_;
  std::mutex mutex_;
  std::condition_variable stop_asked_;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace bookgate::provider
