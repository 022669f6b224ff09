#include "admin/services.hpp"

#include <utility>

#include "provider/backfill.hpp"

namespace bookgate::admin {
namespace {

/// Failed attempts: at first that many at once, then so many a second. Somebody who has forgotten
/// which password it was is not in the way; guessing on is hopeless.
constexpr double kAddressBurst = 20;
constexpr double kAddressPerSecond = 20.0 / 60;
constexpr double kEmailBurst = 8;
constexpr double kEmailPerSecond = 4.0 / 60;

constexpr std::size_t kProviderThreads = 4;
constexpr std::size_t kBackfillThreads = 2;
constexpr std::size_t kMaxQueuedProviderCalls = 16;

}  // namespace

Services::Services(Parts parts)
    : Parts(std::move(parts)),
      pool(settings.database),
      cookie(settings.server),
      sign_ins_by_address(kAddressPerSecond, kAddressBurst),
      sign_ins_by_email(kEmailPerSecond, kEmailBurst),
      provider_actions(asker, sealer, settings.lookups.timeout,
                       [stop = stopping.get_token()](std::chrono::milliseconds pause) {
                         provider::Pause(pause, stop);
                       }),
      provider_calls(kProviderThreads, kMaxQueuedProviderCalls),
      backfills(kBackfillThreads, kMaxQueuedProviderCalls) {}

void Services::StopProviderCalls() {
  stopping.request_stop();
  backfills.Stop();
  provider_calls.Stop();
}

}  // namespace bookgate::admin
