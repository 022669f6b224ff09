#include <CLI/CLI.hpp>
#include <memory>
#include <ostream>

#include "base/json_writer.hpp"
#include "commands/provider_account.hpp"
#include "provider/registration.hpp"

namespace bookgate::commands {
namespace {

using provider::Account;

struct Options {
  std::string org;
  std::string provider;
};

std::string_view StateWords(std::string_view state) {
  if (state == "active") return "sends webhooks";
  if (state == "disabled") return "was switched off by the provider: register it again";
  return "is not there any more: register it again";
}

void PrintJson(const Session& session, const Options& options,
               const store::StoredSubscription& subscription) {
  base::JsonWriter json;
  json.Object().Member("org", options.org).Member("provider", options.provider);
  json.Member("subscription", subscription.id).Member("state", subscription.state);
  json.TextOrNull("url", subscription.url).Key("events").Array();
  for (const std::string& event : subscription.events) json.Value(event);
  json.EndArray().Member("registered_at", TimeText(subscription.registered_at));
  json.Member("checked_at", TimeText(subscription.checked_at));
  json.TextOrNull("missed_since", TimeText(subscription.missed_since)).EndObject();
  session.streams.out << json.Text() << '\n';
}

void Print(const Session& session, const Options& options,
           const store::StoredSubscription& subscription) {
  if (session.json) return PrintJson(session, options, subscription);
  std::ostream& out = session.streams.out;
  out << "Subscription: " << Printable(subscription.id) << "\nState:        " << subscription.state
      << ", it " << StateWords(subscription.state)
      << "\nURL:          " << Printable(subscription.url) << "\nEvents:      ";
  for (const std::string& event : subscription.events) out << ' ' << Printable(event);
  out << '\n';
  if (!subscription.missed_since) return;
  const std::string since = TimeText(subscription.missed_since);
  out << "\nIt was switched off: bookings since " << since << " may be missing. Fetch them with\n"
      << "  bookgate backfill " << options.org << ' ' << options.provider << " --since " << since
      << '\n';
}

int Register(const Session& session, const Options& options) {
  return WithAccount(session, options.org, options.provider, "register_webhook",
                     [&](const config::Settings& settings, const Account& account) {
                       const base::Result<std::string> url = provider::WebhookUrlFor(
                           settings.server, account.org(), options.provider);
                       if (!url.ok()) {
                         session.Fail(url.failure());
                         return static_cast<int>(kWrongUsage);
                       }
                       const base::Result<provider::Registered> registered =
                           provider::RegisterWebhook(account, *url, CommandLine());
                       if (!registered.ok()) return FailPrintably(session, registered.failure());
                       for (const std::string& warning : registered->warnings) {
                         session.streams.err << "bookgate: " << Printable(warning) << '\n';
                       }
                       Print(session, options, registered->subscription);
                       return static_cast<int>(kDone);
                     });
}

int Status(const Session& session, const Options& options) {
  return WithAccount(session, options.org, options.provider, "webhook_status",
                     [&](const config::Settings&, const Account& account) {
                       const base::Result<store::StoredSubscription> told =
                           provider::AskForWebhook(account);
                       if (!told.ok()) return FailPrintably(session, told.failure());
                       Print(session, options, *told);
                       return static_cast<int>(kDone);
                     });
}

void PrintUnregistered(const Session& session, const Options& options) {
  if (session.json) {
    base::JsonWriter json;
    json.Object().Member("org", options.org).Member("provider", options.provider);
    session.streams.out << json.Member("state", "unregistered").EndObject().Text() << '\n';
    return;
  }
  session.streams.out << "unregistered: " << options.provider
                      << " sends no webhooks any more, and the signing key that registering set is "
                         "forgotten\n";
}

int Unregister(const Session& session, const Options& options) {
  return WithAccount(session, options.org, options.provider, "unregister_webhook",
                     [&](const config::Settings&, const Account& account) {
                       const base::Status done =
                           provider::UnregisterWebhook(account, CommandLine());
                       if (!done.ok()) return FailPrintably(session, done.failure());
                       PrintUnregistered(session, options);
                       return static_cast<int>(kDone);
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
