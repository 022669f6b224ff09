/// \file provider_call.hpp
/// What commands that act at a provider begin with: the plugin, the org with its credential, and
/// the way to the provider's API.
#pragma once

#include <string>

#include "commands/database.hpp"
#include "commands/one_plugin.hpp"
#include "lookup/curl_fetcher.hpp"
#include "lookup/provider_action.hpp"

namespace bookgate::commands {

/// An org at a provider. Used from one thread.
class ProviderCall {
 public:
  /// `plugin` outlives it. `sealed_credential` may be "": then requests are denied, and say why.
  ProviderCall(const config::Settings& settings, const translate::Plugin& plugin, model::Org org,
               std::string sealed_credential);

  const translate::Plugin& plugin() const { return plugin_; }
  const model::Org& org() const { return org_; }
  const auth::Sealer& sealer() const { return sealer_; }

  /// Blocks until it is over; at most a few minutes.
  lookup::ActionEnd Run(std::string_view operation, std::string parameters);

 private:
  /// A command is no gateway: nobody reads its metrics.
  struct NoMetrics final : lookup::LookupObserver {
    void OnLookup(const std::string&, std::string_view, double) override {}
  };

  const translate::Plugin& plugin_;
  const model::Org org_;
  const auth::Sealer sealer_;
  const lookup::Caller caller_;
  NoMetrics no_metrics_;
  lookup::CurlFetcher fetcher_;
  lookup::Asker asker_;
  const lookup::ActionRunner runner_;
};

/// The provider cannot be reached now, but may be later.
bool IsUnavailable(const lookup::ActionEnd& end);

/// Says in plain words why it did not end as it should, and gives kFailed.
int FailAction(const Session& session, const ProviderCall& call, const lookup::ActionEnd& end);

/// The sealed credential of the org for the provider; "" if none is set.
base::Result<std::string> ReadSealedCredential(store::Pool& pool, const model::Org& org,
                                               const std::string& provider);

/// Runs `work(settings, pool, call)`, which gives the exit status, if the provider's plugin offers
/// the operation and the org is there.
template <class Work>
int WithProvider(const Session& session, const std::string& public_id, const std::string& provider,
                 std::string_view operation, Work&& work) {
  return WithDatabase(session, [&](const config::Settings& settings, store::Pool& pool) {
    const translate::LoadedRegistry loaded = LoadOnePlugin(settings, provider);
    const translate::Plugin* plugin = RequirePlugin(session, loaded, provider);
    if (plugin == nullptr) return static_cast<int>(kWrongUsage);
    if (!plugin->manifest.Offers(operation)) {
      session.Fail("the plugin " + provider + " does not offer " + std::string(operation));
      return static_cast<int>(kWrongUsage);
    }
    base::Result<model::Org> org = RequireOrg(pool, public_id);
    if (!org.ok()) return session.Fail(org.failure());
    base::Result<std::string> credential = ReadSealedCredential(pool, *org, provider);
    if (!credential.ok()) return session.Fail(credential.failure());
    ProviderCall call(settings, *plugin, std::move(org).value(), std::move(credential).value());
    return static_cast<int>(work(settings, pool, call));
  });
}

}  // namespace bookgate::commands
