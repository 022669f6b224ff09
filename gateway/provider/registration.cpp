#include "provider/registration.hpp"

#include <chrono>
#include <utility>
#include <variant>

#include "base/json_writer.hpp"
#include "config/public_url.hpp"

namespace bookgate::provider {
namespace {

using base::Code;
using base::Failure;

constexpr std::string_view kRegister = "register_webhook";
constexpr std::string_view kUnregister = "unregister_webhook";
constexpr std::string_view kStatus = "webhook_status";

/// Webhooks that the provider signed with the key before may still be on their way, or be retried.
constexpr std::chrono::hours kGraceOfOldKey{1};

base::Result<std::optional<store::StoredSubscription>> Find(const Account& account) {
  return account.pool().Run([&](store::Connection& connection) {
    return store::FindSubscription(connection, account.key());
  });
}

/// What the database has of it now; a failure if there is none.
base::Result<store::StoredSubscription> Require(const Account& account) {
  auto found = Find(account);
  if (!found.ok()) return found.failure();
  if (*found) return **found;
  return Failure{Code::kNotFound,
                 "no webhook of " + account.plugin().manifest.provider +
                     " is registered by Bookgate for this org: use bookgate webhook register",
                 {}};
}

store::AuditEntry EntryOf(const Account& account, const store::Actor& actor, std::string action) {
  return {account.org().id, actor.name, std::move(action), account.plugin().manifest.provider, {},
          actor.address};
}

/// The subscription with its signing key and who made it, all or nothing.
base::Status Store(const Account& account, const lookup::ActionEnd& end, const std::string& url,
                   const store::Actor& actor) {
  const translate::Subscription& made = std::get<translate::Done>(end.outcome.result).subscription;
  const store::StoredSubscription stored{
      made.id, url, std::string(translate::StateName(made.state)), made.events, {}, {}, {}};
  std::optional<store::NewProviderSecret> key;
  if (!end.signing_key.empty()) {
    key = {account.sealer().Seal(end.signing_key.view(),
                                 {account.org().public_id, account.plugin().manifest.provider,
                                  auth::ProviderSecretKind::kSigningKey}),
           auth::ProviderSecretHint(end.signing_key.view()), kGraceOfOldKey, false};
  }
  auto saved = account.pool().Run([&](store::Connection& connection) {
    store::SaveSubscription(connection, account.key(), stored, key ? &*key : nullptr);
    store::AddAuditEntry(connection, EntryOf(account, actor, "webhook_registered"));
    return base::Done{};
  });
  if (saved.ok()) return base::Done{};
  Failure failure = std::move(saved).failure();
  failure.operator_text =
      "registered, but not stored, so that its webhooks are refused until it is registered "
      "again: " +
      failure.operator_text;
  failure.sender_text =
      "The webhook is registered, but that could not be stored, so that what it sends is refused. "
      "Register it again in a moment.";
  return failure;
}

/// What the provider signs with is not known: its webhooks come in with the org's secret alone.
std::string MissingKeyWarning(const Account& account, const std::string& url) {
  return account.plugin().manifest.name +
         " is registered, but no key is known that it signs with (the credential holds none), so "
         "that its webhooks are refused. The URL needs the org's secret: set the webhook up at the "
         "provider as " +
         url + "?token=SECRET, or set a credential with a key and register again.";
}

/// Where this gateway's address was another one, translators do not know the subscription of then
/// as ours. Without this it would go on sending, to nobody. Not a reason to fail: the warning, or
/// "".
std::string RemoveOutdated(const Account& account,
                           const std::optional<store::StoredSubscription>& before,
                           const std::string& url) {
  if (!before || before->url == url || !account.Require(kUnregister).ok()) return {};
  const lookup::ActionEnd end = account.Ask(kUnregister, SubscriptionParameters(before->id));
  if (std::holds_alternative<translate::Done>(end.outcome.result)) return {};
  return "The subscription " + before->id + " of " + before->url +
         " is still there: remove it at the provider. " + account.FailureOf(end).sender_text;
}

/// Runs `operation` on the subscription that is stored, and gives what the provider has of it then.
base::Result<translate::Subscription> ActOn(const Account& account, std::string_view operation) {
  if (base::Status offered = account.Require(operation); !offered.ok()) return offered.failure();
  const base::Result<store::StoredSubscription> stored = Require(account);
  if (!stored.ok()) return stored.failure();
  lookup::ActionEnd end = account.Ask(operation, SubscriptionParameters(stored->id));
  auto* done = std::get_if<translate::Done>(&end.outcome.result);
  if (done == nullptr) return account.FailureOf(end);
  return std::move(done->subscription);
}

}  // namespace

std::string SubscriptionParameters(const std::string& id) {
  base::JsonWriter json;
  return json.Object().Member("subscription", id).EndObject().Text();
}

base::Result<std::string> WebhookUrlFor(const config::ServerSettings& server, const model::Org& org,
                                        const std::string& provider) {
  if (!server.public_url.starts_with("https://")) {
    return Failure{
        Code::kConflict,
        "server.public_url must be set to the https:// address where providers reach this gateway",
        "This gateway has no public address that starts with https://, so that no provider can "
        "reach it. Its operator sets one as server.public_url."};
  }
  if (org.endpoint == model::EndpointState::kDisabled) {
    return Failure{
        Code::kConflict,
        "the org's webhook is disabled, so that its URL answers 404: use bookgate secret "
        "generate",
        "The webhook is disabled, so that its URL answers 404. Generate a secret first, "
        "which makes it live again."};
  }
  return config::WebhookUrl(server, org.public_id) + "/" + provider;
}

base::Result<Registered> RegisterWebhook(const Account& account, const std::string& url,
                                         const store::Actor& actor) {
  if (base::Status offered = account.Require(kRegister); !offered.ok()) return offered.failure();
  const auto before = Find(account);
  if (!before.ok()) return before.failure();
  // If it was switched off since it was last asked for, bookings may be missing: that is to be
  // known before it is forgotten. Whether the provider tells does not matter here.
  if (*before) (void)AskForWebhook(account);
  base::JsonWriter parameters;
  const lookup::ActionEnd end =
      account.Ask(kRegister, parameters.Object().Member("url", url).EndObject().Text());
  if (!std::holds_alternative<translate::Done>(end.outcome.result)) return account.FailureOf(end);
  if (base::Status stored = Store(account, end, url, actor); !stored.ok()) return stored.failure();
  Registered registered;
  if (end.signing_key.empty()) registered.warnings.push_back(MissingKeyWarning(account, url));
  if (std::string warning = RemoveOutdated(account, *before, url); !warning.empty()) {
    registered.warnings.push_back(std::move(warning));
  }
  base::Result<store::StoredSubscription> now = Require(account);
  if (!now.ok()) return now.failure();
  registered.subscription = std::move(now).value();
  return registered;
}

base::Result<store::StoredSubscription> AskForWebhook(const Account& account) {
  const base::Result<translate::Subscription> told = ActOn(account, kStatus);
  if (!told.ok()) return told.failure();
  auto noted = account.pool().Run([&](store::Connection& connection) {
    store::NoteSubscriptionState(connection, account.key(), translate::StateName(told->state));
    return store::FindSubscription(connection, account.key());
  });
  if (!noted.ok()) return std::move(noted).failure();
  if (*noted) return **std::move(noted);
  return Require(account);  // Removed meanwhile: that is what it says.
}

base::Status UnregisterWebhook(const Account& account, const store::Actor& actor) {
  const base::Result<translate::Subscription> removed = ActOn(account, kUnregister);
  if (!removed.ok()) return removed.failure();
  auto forgotten = account.pool().Run([&](store::Connection& connection) {
    if (store::RemoveSubscription(connection, account.key())) {
      store::AddAuditEntry(connection, EntryOf(account, actor, "webhook_unregistered"));
    }
    return base::Done{};
  });
  if (!forgotten.ok()) return std::move(forgotten).failure();
  return base::Done{};
}

}  // namespace bookgate::provider
