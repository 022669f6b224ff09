#include <CLI/CLI.hpp>
#include <memory>
#include <ostream>
#include <utility>
#include <variant>

#include "base/json_writer.hpp"
#include "commands/provider_call.hpp"
#include "commands/table.hpp"
#include "config/public_url.hpp"
#include "store/subscription_queries.hpp"

namespace bookgate::commands {
namespace {

using State = translate::Subscription::State;

struct Options {
  std::string org;
  std::string provider;
};

/// Webhooks that the provider signed with the key before may still be on their way, or be retried.
constexpr std::chrono::hours kGraceOfOldKey{1};

std::string StateName(State state) {
  switch (state) {
    case State::kActive:
      return "active";
    case State::kDisabled:
      return "disabled";
    case State::kMissing:
      break;
  }
  return "missing";
}

std::string_view StateWords(std::string_view state) {
  if (state == "active") return "sends webhooks";
  if (state == "disabled") return "was switched off by the provider: register it again";
  return "is not there any more: register it again";
}

store::SubscriptionKey KeyOf(const ProviderCall& call) {
  return {call.org().id, call.plugin().manifest.provider};
}

std::string SubscriptionParameters(const std::string& id) {
  base::JsonWriter json;
  return json.Object().Member("subscription", id).EndObject().Text();
}

void PrintJson(const Session& session, const Options& options,
               const store::StoredSubscription& subscription) {
  base::JsonWriter json;
  json.Object().Member("org", options.org).Member("provider", options.provider);
  json.Member("subscription", subscription.id).Member("state", subscription.state);
  json.TextOrNull("url", subscription.url).Key("events").Array();
  for (const std::string& event : subscription.events) json.Value(event);
  json.EndArray().Member("registered_at", TimeText(subscription.registered_at));
  json.Member("checked_at", TimeText(subscription.checked_at)).EndObject();
  session.streams.out << json.Text() << '\n';
}

int Print(const Session& session, const Options& options,
          const store::StoredSubscription& subscription) {
  if (session.json) {
    PrintJson(session, options, subscription);
    return kDone;
  }
  std::ostream& out = session.streams.out;
  out << "Subscription: " << Printable(subscription.id) << "\nState:        " << subscription.state
      << ", it " << StateWords(subscription.state)
      << "\nURL:          " << Printable(subscription.url) << "\nEvents:      ";
  for (const std::string& event : subscription.events) out << ' ' << Printable(event);
  out << '\n';
  return kDone;
}

/// What the database has of it now; a failure if there is none.
base::Result<store::StoredSubscription> RequireSubscription(store::Pool& pool,
                                                            const ProviderCall& call) {
  auto found = pool.Run([&](store::Connection& connection) {
    return store::FindSubscription(connection, KeyOf(call));
  });
  if (!found.ok()) return found.failure();
  if (*found) return **found;
  const std::string& provider = call.plugin().manifest.provider;
  return base::Failure{base::Code::kNotFound,
                       "no webhook of " + provider +
                           " is registered by Bookgate for this org: use bookgate webhook "
                           "register",
                       {}};
}

int PrintStored(const Session& session, const Options& options, store::Pool& pool,
                const ProviderCall& call) {
  const base::Result<store::StoredSubscription> stored = RequireSubscription(pool, call);
  if (!stored.ok()) return session.Fail(stored.failure());
  return Print(session, options, *stored);
}

/// nullopt if the URL is none that a provider can reach, after it was said.
std::optional<std::string> RequireUrl(const Session& session, const config::Settings& settings,
                                      const Options& options) {
  if (settings.server.public_url.starts_with("https://")) {
    return config::WebhookUrl(settings.server, options.org) + "/" + options.provider;
  }
  session.Fail(
      "server.public_url must be set to the https:// address where providers reach "
      "this gateway");
  return std::nullopt;
}

/// The subscription with its signing key, all or nothing.
base::Status Store(store::Pool& pool, const ProviderCall& call, const lookup::ActionEnd& end,
                   const std::string& url) {
  const translate::Subscription& made = std::get<translate::Done>(end.outcome.result).subscription;
  const store::StoredSubscription stored{made.id, url, StateName(made.state), made.events, {}, {}};
  std::optional<store::NewProviderSecret> key;
  if (!end.signing_key.empty()) {
    key = {call.sealer().Seal(end.signing_key.view(),
                              {call.org().public_id, call.plugin().manifest.provider,
                               auth::ProviderSecretKind::kSigningKey}),
           auth::ProviderSecretHint(end.signing_key.view()), kGraceOfOldKey, false};
  }
  const auto saved = pool.Run([&](store::Connection& connection) {
    store::SaveSubscription(connection, KeyOf(call), stored, key ? &*key : nullptr);
    return base::Done{};
  });
  if (!saved.ok()) return saved.failure();
  return base::Done{};
}

/// What the provider signs with is not known: its webhooks come in with the org's secret alone.
void WarnOfMissingKey(const Session& session, const ProviderCall& call, const std::string& url) {
  const std::string& name = call.plugin().manifest.name;
  session.streams.err << "bookgate: " << name
                      << " is registered, but no key is known that it signs with (the credential "
                         "holds none), so that its webhooks are refused. The URL needs the org's "
                         "secret: set the webhook up at the provider as "
                      << url
                      << "?token=SECRET, or set a credential with a key and register again\n";
}

/// Where this gateway's address was another one, translators do not know the subscription of then
/// as ours. Without this it would go on sending, to nobody. Not a reason to fail.
void RemoveOutdated(const Session& session, ProviderCall& call,
                    const std::optional<store::StoredSubscription>& before,
                    const std::string& url) {
  constexpr std::string_view kOperation = "unregister_webhook";
  if (!before || before->url == url || !call.plugin().manifest.Offers(kOperation)) return;
  const lookup::ActionEnd end = call.Run(kOperation, SubscriptionParameters(before->id));
  if (std::holds_alternative<translate::Done>(end.outcome.result)) return;
  FailAction(session, call, end);
  session.streams.err << "bookgate: the subscription " << Printable(before->id) << " of "
                      << Printable(before->url) << " is still there: remove it at the provider\n";
}

int Register(const Session& session, const Options& options) {
  constexpr std::string_view kOperation = "register_webhook";
  return WithProvider(session, options.org, options.provider, kOperation,
                      [&](const config::Settings& settings, store::Pool& pool, ProviderCall& call) {
                        const std::optional<std::string> url =
                            RequireUrl(session, settings, options);
                        if (!url) return static_cast<int>(kWrongUsage);
                        const auto before = pool.Run([&](store::Connection& connection) {
                          return store::FindSubscription(connection, KeyOf(call));
                        });
                        if (!before.ok()) return session.Fail(before.failure());
                        base::JsonWriter parameters;
                        const lookup::ActionEnd end = call.Run(
                            kOperation, parameters.Object().Member("url", *url).EndObject().Text());
                        if (!std::holds_alternative<translate::Done>(end.outcome.result)) {
                          return FailAction(session, call, end);
                        }
                        const base::Status stored = Store(pool, call, end, *url);
                        if (!stored.ok()) {
                          return session.Fail(
                              "registered, but not stored, so that its webhooks are refused until "
                              "it is registered again: " +
                              stored.failure().operator_text);
                        }
                        RemoveOutdated(session, call, *before, *url);
                        if (end.signing_key.empty()) WarnOfMissingKey(session, call, *url);
                        return PrintStored(session, options, pool, call);
                      });
}

/// Runs `operation` on the subscription that is stored, lets `store(connection, key, state)` write
/// down what came of it, and prints with `print(pool, call, subscription)`.
template <class StoreEnd, class PrintEnd>
int ActOnStored(const Session& session, const Options& options, std::string_view operation,
                StoreEnd&& store_end, PrintEnd&& print) {
  return WithProvider(
      session, options.org, options.provider, operation,
      [&](const config::Settings&, store::Pool& pool, ProviderCall& call) {
        const base::Result<store::StoredSubscription> stored = RequireSubscription(pool, call);
        if (!stored.ok()) return session.Fail(stored.failure());
        const lookup::ActionEnd end = call.Run(operation, SubscriptionParameters(stored->id));
        const auto* done = std::get_if<translate::Done>(&end.outcome.result);
        if (done == nullptr) return FailAction(session, call, end);
        const auto written = pool.Run([&](store::Connection& connection) {
          store_end(connection, KeyOf(call), StateName(done->subscription.state));
          return base::Done{};
        });
        if (!written.ok()) return session.Fail(written.failure());
        return static_cast<int>(print(pool, call));
      });
}

int Status(const Session& session, const Options& options) {
  return ActOnStored(session, options, "webhook_status", &store::NoteSubscriptionState,
                     [&](store::Pool& pool, const ProviderCall& call) {
                       return PrintStored(session, options, pool, call);
                     });
}

int Unregister(const Session& session, const Options& options) {
  return ActOnStored(
      session, options, "unregister_webhook",
      [](store::Connection& connection, const store::SubscriptionKey& key, const std::string&) {
        store::RemoveSubscription(connection, key);
      },
      [&](store::Pool&, const ProviderCall&) {
        if (session.json) {
          base::JsonWriter json;
          json.Object().Member("org", options.org).Member("provider", options.provider);
          session.streams.out << json.Member("state", "unregistered").EndObject().Text() << '\n';
        } else {
          session.streams.out << "unregistered: " << options.provider
                              << " sends no webhooks any more, and its signing key is forgotten\n";
        }
        return kDone;
      });
}

void AddAction(CLI::App& group, Session& session, const std::string& name, const std::string& help,
               int (*action)(const Session&, const Options&)) {
  CLI::App* command = AddCommand(group, session, name, help);
  const auto options = std::make_shared<Options>();
  command->add_option("org", options->org, "The org's public id")->required();
  command->add_option("provider", options->provider, "The plugin's provider id")->required();
  command->callback([&session, options, action] {
    session.run = [&session, options, action] { return action(session, *options); };
  });
}

}  // namespace

void AddWebhook(CLI::App& app, Session& session) {
  CLI::App* group =
      AddCommand(app, session, "webhook",
                 "Webhook subscriptions at providers, made with the org's credential", false);
  group->require_subcommand(1);
  AddAction(*group, session, "register",
            "Let the provider send its webhooks here, signed with a key of its own", &Register);
  AddAction(*group, session, "status", "Ask the provider whether it still sends them", &Status);
  AddAction(*group, session, "unregister",
            "Let the provider send no more, and forget its signing key", &Unregister);
}

}  // namespace bookgate::commands
