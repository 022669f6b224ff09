/// \file intake.hpp
/// The way of a delivery, from the request to the answer. Read intake.cpp top to bottom and you
/// know the program.
#pragma once

#include <functional>
#include <memory>
#include <shared_mutex>
#include <string>

#include "auth/authenticate.hpp"
#include "auth/limits.hpp"
#include "http/message.hpp"
#include "intake/completion.hpp"
#include "intake/observer.hpp"
#include "intake/provider_signature.hpp"
#include "store/booking_writer.hpp"
#include "translate/registry.hpp"

namespace bookgate::intake {

/// What the way works with. Everything outlives the Intake.
struct Stages {
  auth::Directory& directory;
  const auth::SecretHasher& hasher;
  auth::RateLimiter& org_limit;           ///< By org.
  auth::RateLimiter& auth_failure_limit;  ///< By address.
  lookup::Asker& asker;
  store::BookingSink& sink;
  Observer& observer;
  base::Clock clock = base::SystemNow;
  std::string public_url{};  ///< What stands in front of our paths in the URLs that others know.
  config::LookupsSettings lookups{};
  /// Called on a writer's thread when something was stored that is to be finished.
  std::function<void()> wake_finisher = [] {};
};

/// Thread-safe. Receive is called on the reactor's thread and never blocks on I/O; the answer comes
/// from the thread that finishes the delivery.
class Intake {
 public:
  Intake(Stages stages, std::shared_ptr<const translate::Registry> registry);

  void Receive(http::Request request, const WebhookPath& path, http::Responder respond);

  /// Other plugins from now on; deliveries on their way finish with those that they began with.
  void SetRegistry(std::shared_ptr<const translate::Registry> registry);
  std::shared_ptr<const translate::Registry> registry() const;

 private:
  /// Whoever sent a delivery, and waits.
  struct Sender {
    http::Responder respond;
    std::string request_id;
  };

  void AskFirst(Incomplete incomplete, std::chrono::steady_clock::time_point deadline,
                Sender sender);
  void Store(model::Delivery delivery, Translation translation, Sender sender);
  http::Answer TurnAway(const auth::Verdict& verdict, const http::Request& request);

  Stages stages_;
  mutable std::shared_mutex registry_mutex_;
  std::shared_ptr<const translate::Registry> registry_;
};

}  // namespace bookgate::intake
