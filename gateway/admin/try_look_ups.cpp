#include "admin/try_look_ups.hpp"

#include <future>
#include <utility>

#include "intake/completion.hpp"
#include "provider/account.hpp"

namespace bookgate::admin {
namespace {

/// A dry run is none of the deliveries that logs and metrics tell of.
struct Unobserved final : intake::Observer {
  void OnDelivery(const intake::DeliveryReport&) override {}
  void OnFinished(const intake::FinishReport&) override {}
  void OnAuthFailure(std::string_view) override {}
  void OnTranslated(const std::string&, double, std::string_view) override {}
};

intake::Completed CompleteNow(Services& services, intake::Incomplete incomplete) {
  Unobserved observer;
  const auto promise = std::make_shared<std::promise<intake::Completed>>();
  std::future<intake::Completed> completed = promise->get_future();
  intake::Complete(services.asker, observer, std::move(incomplete),
                   {services.settings.lookups.timeout},
                   [promise](intake::Completed done) { promise->set_value(std::move(done)); });
  return completed.get();
}

}  // namespace

base::Result<intake::Translation> TryLookUps(Services& services,
                                             std::shared_ptr<const translate::Registry> registry,
                                             const translate::Plugin& plugin, const model::Org& org,
                                             model::Delivery delivery, intake::Translation first) {
  base::Result<provider::Account> account = provider::OpenAccount(services.means(), plugin, org);
  if (!account.ok()) return std::move(account).failure();
  if (account->caller().sealed_credential.empty()) return first;
  intake::Completed completed =
      CompleteNow(services, {std::move(registry), &plugin, std::move(delivery),
                             std::move(first.lookups), account->caller()});
  const lookup::Obstacle* const obstacle = intake::WorthWaitingFor(completed);
  if (obstacle == nullptr) {
    intake::ExplainObstacles(completed);
    return std::move(completed.translation);
  }
  if (completed.has_bookings()) {
    completed.translation.reason = "Some details are missing yet. " + intake::WhyItWaits(*obstacle);
    return std::move(completed.translation);
  }
  return intake::WaitForLookups(intake::WhyItWaits(*obstacle), {});
}

}  // namespace bookgate::admin
