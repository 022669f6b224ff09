/// \file provider_action.hpp
/// Drives one operation of a translator to its end, with the requests that it asks for: what people
/// ask of a provider, not what a webhook brings.
#pragma once

#include <chrono>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "auth/protected_text.hpp"
#include "auth/sealing.hpp"
#include "lookup/asker.hpp"
#include "translate/registry.hpp"

namespace bookgate::lookup {

/// What to do.
struct Action {
  std::string_view operation;     ///< "register_webhook", …
  std::string parameters = "{}";  ///< A JSON object, as sdk/include/bookgate/operations.hpp says.
  std::string field_mapping{};    ///< The org's, as for its webhooks; "" for none.
};

/// How it ended.
struct ActionEnd {
  translate::StepOutcome outcome;  ///< Never NeedLookups.
  /// Of a register_webhook that is Done: what the provider signs with. Empty if nobody knows, as
  /// with a credential that holds no such key.
  auth::ProtectedText signing_key;
  /// Why requests brought nothing, in sentences for the owner.
  std::vector<Obstacle> obstacles;
};

/// Waits; a test's does not.
using PauseFor = std::function<void(std::chrono::milliseconds)>;
void SleepFor(std::chrono::milliseconds pause);

/// Thread-safe. What it is given outlives it. Replies and bodies are kept nowhere: they may hold
/// signing keys.
class ActionRunner {
 public:
  ActionRunner(Asker& asker, const auth::Sealer& sealer, std::chrono::milliseconds request_timeout,
               PauseFor pause = SleepFor)
      : asker_(asker),
        sealer_(sealer),
        request_timeout_(request_timeout),
        pause_(std::move(pause)) {}

  /// Blocks until the operation is over, which is not long after `deadline`: requests of which none
  /// is answered by then count as failed. A request that the API does not answer is sent again a
  /// few times, but only if it changes nothing. Not for the fetcher's thread.
  ActionEnd Run(const translate::Plugin& plugin, const Caller& caller, const Action& action,
                std::chrono::steady_clock::time_point deadline) const;

 private:
  class Operation;

  Asker& asker_;
  const auth::Sealer& sealer_;
  const std::chrono::milliseconds request_timeout_;
  const PauseFor pause_;
};

}  // namespace bookgate::lookup
