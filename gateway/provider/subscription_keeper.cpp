#include "provider/subscription_keeper.hpp"

#include <optional>
#include <utility>
#include <variant>

#include "provider/registration.hpp"

namespace bookgate::provider {
namespace {

using State = translate::Subscription::State;

constexpr std::chrono::seconds kPeriod{2};
constexpr std::chrono::minutes kLongestCheck{1};
constexpr std::string_view kOperation = "webhook_status";

}  // namespace

SubscriptionKeeper::SubscriptionKeeper(SubscriptionKeeperParts parts)
    : parts_(std::move(parts)),
      actions_(parts_.asker, parts_.sealer, parts_.settings.timeout,
               [this](std::chrono::milliseconds pause) { WaitFor(pause); }) {}

SubscriptionKeeper::~SubscriptionKeeper() {
  Stop();
}

void SubscriptionKeeper::Start() {
  thread_ = std::thread([this] { Run(); });
}

void SubscriptionKeeper::Stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  stop_asked_.notify_all();
  if (thread_.joinable()) thread_.join();
}

/// False if the keeper is to stop.
bool SubscriptionKeeper::WaitFor(std::chrono::milliseconds pause) {
  std::unique_lock lock(mutex_);
  return !stop_asked_.wait_for(lock, pause, [&] { return stopping_; });
}

void SubscriptionKeeper::Run() {
  while (WaitFor(kPeriod)) {
    while (CheckDue() && WaitFor(std::chrono::milliseconds(0))) {
    }
  }
}

/// True if there was one, so that there may be more. While the database is away there is nothing to
/// do; others say so.
bool SubscriptionKeeper::CheckDue() {
  const base::Instant before = base::SystemNow() - parts_.settings.check_subscriptions_every;
  const auto due = parts_.pool.Run([&](store::Connection& connection) {
    return store::TakeDueSubscription(connection, before);
  });
  if (due.ok() && *due) Check(**due);
  const auto counts = parts_.pool.Run(&store::CountSubscriptions);
  if (counts.ok()) parts_.metrics.SetSubscriptions(*counts);
  return due.ok() && due->has_value();
}

/// A provider that does not answer says nothing about the state.
void SubscriptionKeeper::Check(const store::DueSubscription& due) {
  const std::shared_ptr<const translate::Registry> registry = parts_.registry();
  const translate::Plugin* const plugin = registry->Find(due.key.provider);
  if (plugin == nullptr || !plugin->manifest.Offers(kOperation)) return;
  const lookup::ActionEnd end = actions_.Run(*plugin, {due.org_public_id, due.sealed_credential},
                                             {kOperation, SubscriptionParameters(due.id)},
                                             std::chrono::steady_clock::now() + kLongestCheck);
  const auto* done = std::get_if<translate::Done>(&end.outcome.result);
  if (done == nullptr) return;
  const std::string state = std::string(translate::StateName(done->subscription.state));
  const auto noted = parts_.pool.Run([&](store::Connection& connection) {
    store::NoteSubscriptionState(connection, due.key, state);
    return base::Done{};
  });
  if (!noted.ok() || state == due.state) return;
  if (done->subscription.state == State::kActive) {
    parts_.log.Info("subscription_active", "the provider sends this org's webhooks again",
                    {{"org", due.org_public_id}, {"provider", due.key.provider}});
  } else {
    parts_.log.Warn("subscription_" + state,
                    "the provider sends this org's webhooks no more: register it again",
                    {{"org", due.org_public_id}, {"provider", due.key.provider}});
  }
}

}  // namespace bookgate::provider
