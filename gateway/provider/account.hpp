/// \file account.hpp
/// An org's account at a provider, as the provider's API lets us in: what registering webhooks,
/// asking for their state and fetching bookings begin with.
#pragma once

#include <string>
#include <string_view>

#include "auth/sealing.hpp"
#include "base/result.hpp"
#include "lookup/provider_action.hpp"
#include "model/org.hpp"
#include "store/org_at_provider.hpp"
#include "store/pool.hpp"
#include "translate/registry.hpp"

namespace bookgate::provider {

/// What accounts are used with. All of it outlives them.
struct Means {
  store::Pool& pool;
  const lookup::ActionRunner& actions;
  const auth::Sealer& sealer;
};

/// Used from one thread at a time.
class Account {
 public:
  /// `plugin` outlives it. `sealed_credential` may be "": then requests are denied, and say why.
  Account(const Means& means, const translate::Plugin& plugin, model::Org org,
          std::string sealed_credential);

  const translate::Plugin& plugin() const { return plugin_; }
  const model::Org& org() const { return org_; }
  const auth::Sealer& sealer() const { return means_.sealer; }
  store::Pool& pool() const { return means_.pool; }
  /// Whom look-ups are made for, with the sealed credential; "" if none is set.
  const lookup::Caller& caller() const { return caller_; }
  store::OrgAtProvider key() const { return {org_.id, plugin_.manifest.provider}; }

  /// Whether the plugin knows how to do that.
  base::Status Require(std::string_view operation) const;
  /// Blocks until it is over; at most a few minutes.
  lookup::ActionEnd Ask(std::string_view operation, std::string parameters) const;

  /// Why it did not end as it should, in plain words: the operator's text names commands, the
  /// sender's is for whoever looks at the page.
  base::Failure FailureOf(const lookup::ActionEnd& end) const;

 private:
  const Means means_;
  const translate::Plugin& plugin_;
  const model::Org org_;
  const lookup::Caller caller_;
};

/// The account with the credential that is set now.
base::Result<Account> OpenAccount(const Means& means, const translate::Plugin& plugin,
                                  model::Org org);

/// The provider cannot be reached now, but may be later.
bool IsUnavailable(const lookup::ActionEnd& end);

}  // namespace bookgate::provider
