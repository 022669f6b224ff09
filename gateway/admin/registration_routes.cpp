#include <utility>

#include "admin/api.hpp"
#include "admin/change_org.hpp"
#include "admin/provider_account.hpp"
#include "admin/provider_json.hpp"
#include "provider/registration.hpp"

namespace bookgate::admin {
namespace {

using provider::Account;

/// How old what is known of a subscription may be before the provider is asked again: people reload
/// pages, and providers count requests.
constexpr std::chrono::seconds kFreshFor{60};

/// Takes over into memory what registering has changed (the signing key), and answers with
/// `write(json, connection)`.
template <class Write>
base::Result<http::Answer> AnswerChanged(Services& services, Write&& write) {
  return ChangeOrg(services, [&](store::Connection& connection) {
    base::JsonWriter json;
    write(json, connection);
    return JsonAnswer(json);
  });
}

base::Result<http::Answer> Register(Services& services, const Call& call) {
  const auto found = FindAccount(services, call, "register_webhook");
  if (!found.ok()) return found.failure();
  if (!*found) return http::NotFound();
  const Account& account = (*found)->account;
  const translate::Manifest& manifest = account.plugin().manifest;
  const base::Result<std::string> url =
      provider::WebhookUrlFor(services.settings.server, call.org, manifest.provider);
  if (!url.ok()) return url.failure();
  const base::Result<provider::Registered> registered =
      provider::RegisterWebhook(account, *url, call.actor());
  if (!registered.ok()) return registered.failure();
  return AnswerChanged(services, [&](base::JsonWriter& json, store::Connection& connection) {
    json.Object().Key("provider");
    WriteProvider(json, services, connection, call.org, manifest);
    json.Key("warnings").Array();
    for (const std::string& warning : registered->warnings) json.Value(warning);
    json.EndArray().EndObject();
  });
}

/// 409 where nothing is registered, as with other things that are done already.
base::Result<http::Answer> Unregister(Services& services, const Call& call) {
  const auto found = FindAccount(services, call, "unregister_webhook");
  if (!found.ok()) return found.failure();
  if (!*found) return http::NotFound();
  const Account& account = (*found)->account;
  const base::Status removed = provider::UnregisterWebhook(account, call.actor());
  if (!removed.ok() && removed.failure().code == base::Code::kNotFound) {
    return http::Conflict("No webhook is registered.");
  }
  if (!removed.ok()) return removed.failure();
  return AnswerChanged(services, [&](base::JsonWriter& json, store::Connection& connection) {
    WriteProvider(json, services, connection, call.org, account.plugin().manifest);
  });
}

/// Asks the provider, unless what is known is fresh. Where it does not tell, what is known says by
/// its age that it may be out of date.
base::Result<std::optional<store::StoredSubscription>> Refreshed(Services& services,
                                                                 const Account& account) {
  auto known = services.pool.Run([&](store::Connection& connection) {
    return store::FindSubscription(connection, account.key());
  });
  if (!known.ok() || !*known || (*known)->checked_at > services.clock() - kFreshFor) return known;
  auto told = provider::AskForWebhook(account);
  if (told.ok()) return std::optional(std::move(told).value());
  return known;
}

base::Result<http::Answer> ShowSubscription(Services& services, const Call& call) {
  const auto found = FindAccount(services, call, "webhook_status");
  if (!found.ok()) return found.failure();
  if (!*found) return http::NotFound();
  const auto subscription = Refreshed(services, (*found)->account);
  if (!subscription.ok()) return subscription.failure();
  base::JsonWriter json;
  json.Object().Key("subscription");
  WriteSubscription(json, *subscription);
  json.EndObject();
  return JsonAnswer(json);
}

}  // namespace

void AddRegistrationRoutes(ApiRoutes& routes, Services& services) {
  const auto add = [&](const std::string& method, const std::string& member, auto* handle) {
    routes.push_back({method, "/orgs/{org}/providers/{p}/" + member, Access::kOrg,
                      [&services, handle](const Call& call) { return handle(services, call); },
                      /*waits_for_provider=*/true});
  };
  add("POST", "register", &Register);
  add("POST", "unregister", &Unregister);
  add("GET", "subscription", &ShowSubscription);
}

}  // namespace bookgate::admin
