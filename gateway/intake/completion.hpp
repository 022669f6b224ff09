/// \file completion.hpp
/// From a delivery that its plugin has questions about to what it means, by way of the provider's
/// API.
#pragma once

#include <chrono>
#include <memory>
#include <vector>

#include "base/unique_function.hpp"
#include "config/settings.hpp"
#include "intake/observer.hpp"
#include "intake/translation.hpp"
#include "lookup/asker.hpp"

namespace bookgate::intake {

/// A delivery that is to be completed.
struct Incomplete {
  std::shared_ptr<const translate::Registry> registry;  ///< That the plugin is of.
  const translate::Plugin* plugin = nullptr;
  model::Delivery delivery;
  std::vector<translate::Lookup> lookups;  ///< That the plugin's first step asks for.
  lookup::Caller caller;
};

/// How long the API has time.
struct Patience {
  std::chrono::milliseconds round;                                         ///< For one round.
  std::chrono::steady_clock::time_point latest = decltype(latest)::max();  ///< For all of them.
};

/// What came of it.
struct Completed {
  model::Delivery delivery;
  Translation translation;                  ///< Made of everything that was answered.
  std::vector<lookup::Obstacle> obstacles;  ///< Of look-ups that brought nothing.

  bool has_bookings() const { return translation.outcome == model::Outcome::kStored; }
};

/// Called exactly once: on the fetcher's thread, or before Complete returns. Must not block.
using CompletionDone = base::UniqueFunction<void(Completed)>;

/// Makes the look-ups and steps the plugin with the replies, round by round, until it decides. What
/// it is given outlives the call to `done`.
void Complete(lookup::Asker& asker, Observer& observer, Incomplete incomplete, Patience patience,
              CompletionDone done);

/// What keeps the translation from being final: an API that may answer later. nullptr: it is final.
const lookup::Obstacle* WorthWaitingFor(const Completed& completed);

/// For the owner: what the delivery waits for.
std::string WhyItWaits(const lookup::Obstacle& obstacle);

/// What stands in the way unless the org's credential is another one by now. nullptr: nothing.
const lookup::Obstacle* CredentialTrouble(const Completed& completed);

/// Puts into words for the owner what the obstacles did to a translation that is final.
void ExplainObstacles(Completed& completed);

/// When to ask again after that many failures of a delivery that has waited for so long: as the
/// settings say, but not before the API wants to be asked.
std::chrono::milliseconds NextAttemptIn(const config::LookupsSettings& settings,
                                        const lookup::Obstacle& obstacle, unsigned failures,
                                        std::chrono::milliseconds waited);

}  // namespace bookgate::intake
