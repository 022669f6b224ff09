/// \file asker.hpp
/// Makes the look-ups that a translator asks for, with the org's credential. The translator sees
/// neither the credential nor the header that bears it.
#pragma once

#include <chrono>
#include <string>
#include <string_view>
#include <vector>

#include "auth/sealing.hpp"
#include "base/time.hpp"
#include "base/unique_function.hpp"
#include "lookup/fetcher.hpp"
#include "lookup/obstacle.hpp"
#include "translate/registry.hpp"

namespace bookgate::lookup {

/// On whose behalf an API is asked.
struct Caller {
  std::string org_public_id;
  /// The org's credential for the provider, sealed as in provider_secrets; "": none is set. It is
  /// opened only for the moment in which it is sent.
  std::string sealed_credential;
};

/// What came of a round of look-ups.
struct Round {
  std::vector<translate::LookupReply> replies;  ///< One for each look-up, in their order.
  std::vector<Obstacle> obstacles;              ///< Of those that brought nothing.
  base::Instant ended_at{};                     ///< When the last reply came.
};

/// Must not block. Called exactly once: on the fetcher's thread, or before Ask returns.
using RoundDone = base::UniqueFunction<void(Round)>;

/// Called from the fetcher's thread and from those that ask.
class LookupObserver {
 public:
  virtual ~LookupObserver() = default;
  /// `outcome`: "answered", "credential_refused", "not_found", "limited", "server_error",
  /// "rejected", "unreachable", "forbidden_address", "untrusted", "broken", "late", "crowded",
  /// "too_large", "unreadable", "stopped" or "denied". `seconds` include the wait for one's turn.
  virtual void OnLookup(const std::string& provider, std::string_view outcome, double seconds) = 0;
};

/// Thread-safe. What it is given outlives it and every round.
class Asker {
 public:
  Asker(Fetcher& fetcher, const auth::Sealer& sealer, LookupObserver& observer,
        base::Clock clock = base::SystemNow)
      : fetcher_(fetcher), sealer_(sealer), observer_(observer), clock_(std::move(clock)) {}

  /// The look-ups were checked against the plugin's manifest and the operator's grant by its
  /// runner. Each has ended by `deadline`.
  void Ask(const translate::Plugin& plugin, const Caller& caller,
           const std::vector<translate::Lookup>& lookups,
           std::chrono::steady_clock::time_point deadline, RoundDone done);

 private:
  struct Credential;
  class Gathering;

  Credential OpenCredential(const translate::Plugin& plugin, const Caller& caller) const;

  Fetcher& fetcher_;
  const auth::Sealer& sealer_;
  LookupObserver& observer_;
  const base::Clock clock_;
};

}  // namespace bookgate::lookup
