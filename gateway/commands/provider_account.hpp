/// \file provider_account.hpp
/// What commands that act at a provider begin with: the plugin, the org with its credential, and
/// the way to the provider's API.
#pragma once

#include <string>

#include "commands/database.hpp"
#include "commands/one_plugin.hpp"
#include "commands/table.hpp"
#include "lookup/curl_fetcher.hpp"
#include "provider/account.hpp"

namespace bookgate::commands {

/// The way to providers' APIs from a process that is no gateway.
class ApiAccess {
 public:
  explicit ApiAccess(const config::Settings& settings)
      : sealer_(settings.security.master_key),
        asker_(fetcher_, sealer_, no_metrics_),
        actions_(asker_, sealer_, settings.lookups.timeout) {}

  provider::Means MeansWith(store::Pool& pool) const { return {pool, actions_, sealer_}; }

 private:
  /// Nobody reads the metrics of a command.
  struct NoMetrics final : lookup::LookupObserver {
    void OnLookup(const std::string&, std::string_view, double) override {}
  };

  const auth::Sealer sealer_;
  NoMetrics no_metrics_;
  lookup::CurlFetcher fetcher_;
  lookup::Asker asker_;
  const lookup::ActionRunner actions_;
};

/// Prints what a provider's API or a plugin may have a word in.
inline int FailPrintably(const Session& session, const base::Failure& failure) {
  return session.Fail(Printable(failure.operator_text));
}

/// Runs `work(settings, account)`, which gives the exit status, if the provider's plugin offers the
/// operation and the org is there.
template <class Work>
int WithAccount(const Session& session, const std::string& public_id, const std::string& provider,
                std::string_view operation, Work&& work) {
  return WithDatabase(session, [&](const config::Settings& settings, store::Pool& pool) {
    const translate::LoadedRegistry loaded = LoadOnePlugin(settings, provider);
    const translate::Plugin* plugin = RequirePlugin(session, loaded, provider);
    if (plugin == nullptr) return static_cast<int>(kWrongUsage);
    base::Result<model::Org> org = RequireOrg(pool, public_id);
    if (!org.ok()) return session.Fail(org.failure());
    const ApiAccess access(settings);
    const auto account =
        provider::OpenAccount(access.MeansWith(pool), *plugin, std::move(org).value());
    if (!account.ok()) return session.Fail(account.failure());
    if (const base::Status offered = account->Require(operation); !offered.ok()) {
      session.Fail(offered.failure());
      return static_cast<int>(kWrongUsage);
    }
    return static_cast<int>(work(settings, *account));
  });
}

}  // namespace bookgate::commands
