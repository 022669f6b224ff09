#include <bookgate/text.hpp>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <istream>
#include <memory>
#include <ostream>

#include "auth/signature.hpp"
#include "base/json_writer.hpp"
#include "commands/database.hpp"
#include "commands/grace.hpp"
#include "commands/one_plugin.hpp"
#include "store/provider_secret_queries.hpp"

namespace bookgate::commands {
namespace {

using auth::ProviderSecretKind;

struct Options {
  std::string org;
  std::string provider;
  std::string grace = "0s";
  bool require = false;
};

std::string NameOf(ProviderSecretKind kind) {
  return kind == ProviderSecretKind::kSigningKey ? "signing key" : "credential";
}

base::Failure Wrong(std::string text) {
  return {base::Code::kInvalid, std::move(text), {}};
}

/// One line of standard input. Blanks around it are what copying leaves.
base::Result<auth::ProtectedText> ReadValue(std::istream& in) {
  constexpr std::size_t kRoomForBlanks = 64;
  auth::ProtectedText read(store::kLongestProviderSecret + kRoomForBlanks);
  in.read(read.data(), static_cast<std::streamsize>(read.size()));
  const std::string_view value = Trim(read.view().substr(0, static_cast<std::size_t>(in.gcount())));
  const auto is_control = [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; };
  if (value.empty()) return Wrong("is read from standard input, where there is nothing");
  if (value.size() > store::kLongestProviderSecret) {
    return Wrong("must have at most " + std::to_string(store::kLongestProviderSecret) + " bytes");
  }
  if (!IsUtf8(value) || std::any_of(value.begin(), value.end(), is_control)) {
    return Wrong("must be one line of text");
  }
  return auth::ProtectedText(value);
}

/// nullopt if the value will do for the provider; else what is wrong with it, after it was said.
std::optional<int> RefuseValue(const Session& session, const config::Settings& settings,
                               const Options& options, ProviderSecretKind kind,
                               std::string_view value) {
  if (kind == ProviderSecretKind::kCredential) {
    const auto& plugins = settings.plugins.plugins;
    const bool known = std::any_of(plugins.begin(), plugins.end(), [&](const auto& plugin) {
      return plugin.provider == options.provider;
    });
    if (known) return std::nullopt;
    session.Fail("no plugin \"" + options.provider + "\" in " + session.config_file);
    return kWrongUsage;
  }
  const translate::LoadedRegistry loaded = LoadOnePlugin(settings, options.provider);
  const translate::Plugin* plugin = RequirePlugin(session, loaded, options.provider);
  if (plugin == nullptr) return kWrongUsage;
  const std::optional<std::string> problem =
      auth::SigningKeyProblem(plugin->manifest.signature, value);
  if (!problem) return std::nullopt;
  session.Fail("the signing key " + *problem);
  return kWrongUsage;
}

void PrintJson(const Session& session, const Options& options, ProviderSecretKind kind,
               const std::optional<store::ProviderSecret>& secret) {
  base::JsonWriter json;
  json.Object().Member("org", options.org).Member("provider", options.provider);
  json.Member("set", secret.has_value()).TextOrNull("hint", secret ? secret->hint : "");
  json.TextOrNull("set_at", secret ? TimeText(secret->set_at) : "");
  if (kind == ProviderSecretKind::kSigningKey) {
    json.Member("required", secret && secret->required).Key("previous");
    if (secret && secret->previous_expires_at) {
      json.Object().Member("expires_at", TimeText(secret->previous_expires_at)).EndObject();
    } else {
      json.Null();
    }
  }
  session.streams.out << json.EndObject().Text() << '\n';
}

/// Never the value itself.
int Print(const Session& session, const Options& options, ProviderSecretKind kind,
          const std::optional<store::ProviderSecret>& secret) {
  if (session.json) {
    PrintJson(session, options, kind, secret);
    return kDone;
  }
  std::ostream& out = session.streams.out;
  if (!secret) {
    out << "No " << NameOf(kind) << " of " << options.provider << " is set.\n";
    return kDone;
  }
  out << "The " << NameOf(kind) << " of " << options.provider << " was set at "
      << TimeText(secret->set_at);
  if (!secret->hint.empty()) out << " and ends in " << secret->hint;
  out << ".\n";
  if (kind == ProviderSecretKind::kCredential) return kDone;
  if (secret->previous_expires_at) {
    out << "The one before it is valid until " << TimeText(secret->previous_expires_at) << ".\n";
  }
  out << (secret->required ? "Webhooks that are not signed are refused.\n"
                           : "Webhooks that are not signed need the org's secret.\n");
  return kDone;
}

/// Runs `change(connection, key)`, which gives whether there was something to change, and prints
/// what is so afterwards. `action` is what the audit log calls it; "" for what changes nothing.
template <class Change>
int ChangeAndPrint(const Session& session, const Options& options, ProviderSecretKind kind,
                   const std::string& action, store::Pool& pool, const model::Org& org,
                   Change&& change) {
  const store::ProviderSecretKey key{org.id, options.provider, kind};
  std::optional<store::ProviderSecret> secret;
  const base::Result<bool> changed = pool.Run([&](store::Connection& connection) {
    const bool done = change(connection, key);
    if (done && !action.empty()) {
      store::AddAuditEntry(connection, CommandEntry(org.id, action, options.provider));
    }
    secret = store::ShowProviderSecret(connection, key);
    return done;
  });
  if (!changed.ok()) return session.Fail(changed.failure());
  if (!*changed) {
    return session.Fail("the org has no " + NameOf(kind) + " of " + options.provider);
  }
  return Print(session, options, kind, secret);
}

/// The same for changes that need nothing but the database.
template <class Change>
int Run(const Session& session, const Options& options, ProviderSecretKind kind,
        const std::string& action, Change&& change) {
  return WithDatabase(session, [&](const config::Settings&, store::Pool& pool) {
    const base::Result<model::Org> org = RequireOrg(pool, options.org);
    if (!org.ok()) return session.Fail(org.failure());
    return ChangeAndPrint(session, options, kind, action, pool, *org, change);
  });
}

int Set(const Session& session, const Options& options, ProviderSecretKind kind) {
  const std::optional<std::chrono::seconds> grace = ReadGrace(options.grace);
  if (!grace) {
    session.Fail(kGraceUsage);
    return kWrongUsage;
  }
  const base::Result<auth::ProtectedText> value = ReadValue(session.streams.in);
  if (!value.ok()) {
    session.Fail("the " + NameOf(kind) + " " + value.failure().operator_text);
    return kWrongUsage;
  }
  return WithDatabase(session, [&](const config::Settings& settings, store::Pool& pool) {
    if (const auto status = RefuseValue(session, settings, options, kind, value->view())) {
      return *status;
    }
    const base::Result<model::Org> org = RequireOrg(pool, options.org);
    if (!org.ok()) return session.Fail(org.failure());
    const auth::Sealer sealer(settings.security.master_key);
    const store::NewProviderSecret kept{
        sealer.Seal(value->view(), {org->public_id, options.provider, kind}),
        auth::ProviderSecretHint(value->view()), *grace, options.require};
    return ChangeAndPrint(session, options, kind, store::AuditAction(kind, "set"), pool, *org,
                          [&](store::Connection& connection, const store::ProviderSecretKey& key) {
                            store::SetProviderSecret(connection, key, kept);
                            return true;
                          });
  });
}

int Clear(const Session& session, const Options& options, ProviderSecretKind kind) {
  return Run(session, options, kind, store::AuditAction(kind, "cleared"),
             &store::ClearProviderSecret);
}

int Show(const Session& session, const Options& options, ProviderSecretKind kind) {
  return Run(session, options, kind, {},
             [](store::Connection&, const store::ProviderSecretKey&) { return true; });
}

int Require(const Session& session, const Options& options, bool required) {
  return Run(session, options, ProviderSecretKind::kSigningKey,
             required ? "signatures_required" : "signatures_not_required",
             [&](store::Connection& connection, const store::ProviderSecretKey& key) {
               return store::RequireSignatures(connection, key.org_id, key.provider, required);
             });
}

/// A command of the group with the two names that all of them take.
template <class Action>
CLI::App* AddAction(CLI::App& group, Session& session, const std::shared_ptr<Options>& options,
                    const std::string& name, const std::string& help, Action action) {
  CLI::App* command = AddCommand(group, session, name, help);
  command->add_option("org", options->org, "The org's public id")->required();
  command->add_option("provider", options->provider, "The plugin's provider id")->required();
  command->callback([&session, options, action] {
    session.run = [&session, options, action] { return action(session, *options); };
  });
  return command;
}

/// set, clear and show; gives set.
CLI::App* AddActions(CLI::App& group, Session& session, const std::shared_ptr<Options>& options,
                     ProviderSecretKind kind) {
  group.require_subcommand(1);
  const std::string it = "the " + NameOf(kind);
  const auto with = [kind](int (*run)(const Session&, const Options&, ProviderSecretKind)) {
    return [run, kind](const Session& on, const Options& given) { return run(on, given, kind); };
  };
  AddAction(group, session, options, "clear", "Forget " + it, with(&Clear));
  AddAction(group, session, options, "show",
            "Whether and since when " + it + " is set; never itself", with(&Show));
  return AddAction(group, session, options, "set",
                   "Set " + it + ", which is read from standard input", with(&Set));
}

}  // namespace

void AddCredential(CLI::App& app, Session& session) {
  CLI::App* group =
      AddCommand(app, session, "credential",
                 "What the gateway shows to a provider's API on an org's behalf", false);
  AddActions(*group, session, std::make_shared<Options>(), ProviderSecretKind::kCredential);
}

void AddSigningKey(CLI::App& app, Session& session) {
  CLI::App* group = AddCommand(app, session, "signing-key",
                               "What a provider signs an org's webhooks with", false);
  const auto options = std::make_shared<Options>();
  CLI::App* set = AddActions(*group, session, options, ProviderSecretKind::kSigningKey);
  set->add_option("--grace", options->grace, "How long the old one stays valid: 0s to 7d");
  set->add_flag("--require", options->require, "Refuse webhooks that are not signed");
  AddAction(*group, session, options, "require",
            "Refuse the provider's webhooks that are not signed",
            [](const Session& on, const Options& given) { return Require(on, given, true); });
  AddAction(*group, session, options, "allow-unsigned",
            "Let the org's secret suffice again, without a signature",
            [](const Session& on, const Options& given) { return Require(on, given, false); });
}

}  // namespace bookgate::commands
