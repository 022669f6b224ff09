#include "auth/secret.hpp"

#include <CLI/CLI.hpp>
#include <memory>
#include <ostream>

#include "base/json_writer.hpp"
#include "commands/database.hpp"
#include "commands/grace.hpp"
#include "config/public_url.hpp"
#include "store/endpoint_queries.hpp"

namespace bookgate::commands {
namespace {

void PrintSecret(const Session& session, const std::string& org, const std::string& url,
                 const std::string& secret) {
  if (session.json) {
    base::JsonWriter json;
    json.Object().Member("org", org).Member("url", url).Member("secret", secret);
    json.Member("hint", auth::SecretHint(secret)).EndObject();
    session.streams.out << json.Text() << '\n';
    return;
  }
  session.streams.out << "URL:    " << url << "\nSecret: " << secret
                      << "\nThis is the only time that the secret is shown.\n";
}

/// Makes a secret, lets `save(connection, org_id, new_secret)` store its hash, and prints it.
/// `action` and `details` are for the audit log.
template <class Save>
int MakeSecret(const Session& session, const std::string& public_id, const std::string& action,
               const std::string& details, const std::string& refusal, Save&& save) {
  return WithDatabase(session, [&](const config::Settings& settings, store::Pool& pool) {
    const base::Result<model::Org> org = RequireOrg(pool, public_id);
    if (!org.ok()) return session.Fail(org.failure());
    const std::string secret = auth::GenerateSecret();
    const auth::SecretHasher hasher(settings.security.master_key);
    const store::NewSecret kept{hasher.Hash(secret), auth::SecretHint(secret)};
    const base::Result<bool> saved = pool.Run([&](store::Connection& connection) {
      if (!save(connection, org->id, kept)) return false;
      store::AddAuditEntry(connection, CommandEntry(org->id, action, {}, details));
      return true;
    });
    if (!saved.ok()) return session.Fail(saved.failure());
    if (!*saved) return session.Fail(refusal);
    PrintSecret(session, public_id, WebhookUrl(settings.server, public_id), secret);
    return static_cast<int>(kDone);
  });
}

int Generate(const Session& session, const std::string& org) {
  return MakeSecret(session, org, "webhook_generated", {},
                    "the org has a secret already: use bookgate secret rotate, or disable it first",
                    &store::GenerateEndpoint);
}

int Rotate(const Session& session, const std::string& org, const std::string& grace_text) {
  const std::optional<std::chrono::seconds> grace = ReadGrace(grace_text);
  if (!grace) {
    session.Fail(kGraceUsage);
    return kWrongUsage;
  }
  base::JsonWriter details;
  details.Object().Member("grace_seconds", grace->count()).EndObject();
  return MakeSecret(
      session, org, "webhook_rotated", details.Text(),
      "the org has no active secret: use bookgate secret generate",
      [&](store::Connection& connection, std::int64_t org_id, const store::NewSecret& secret) {
        return store::RotateEndpoint(connection, org_id, secret, *grace);
      });
}

int Disable(const Session& session, const std::string& public_id) {
  return WithDatabase(session, [&](const config::Settings&, store::Pool& pool) {
    const base::Result<model::Org> org = RequireOrg(pool, public_id);
    if (!org.ok()) return session.Fail(org.failure());
    const base::Result<bool> disabled = pool.Run([&](store::Connection& connection) {
      if (!store::DisableEndpoint(connection, org->id)) return false;
      store::AddAuditEntry(connection, CommandEntry(org->id, "webhook_disabled"));
      return true;
    });
    if (!disabled.ok()) return session.Fail(disabled.failure());
    if (!*disabled) return session.Fail("the org has no active secret");
    if (session.json) {
      base::JsonWriter json;
      json.Object().Member("org", public_id).Member("state", "disabled").EndObject();
      session.streams.out << json.Text() << '\n';
    } else {
      session.streams.out << "disabled: requests to its webhook URL now get 404\n";
    }
    return static_cast<int>(kDone);
  });
}

void PrintEndpoint(const Session& session, const std::string& org, const std::string& url,
                   const store::Endpoint& endpoint) {
  if (session.json) {
    base::JsonWriter json;
    json.Object().Member("org", org).Member("state", model::EndpointStateName(endpoint.state));
    json.Member("url", url).TextOrNull("hint", endpoint.hint);
    json.TextOrNull("generated_at", TimeText(endpoint.generated_at));
    json.TextOrNull("last_used_at", TimeText(endpoint.last_used_at)).Key("previous");
    if (endpoint.previous_expires_at) {
      json.Object().Member("expires_at", TimeText(endpoint.previous_expires_at));
      json.TextOrNull("last_used_at", TimeText(endpoint.previous_last_used_at)).EndObject();
    } else {
      json.Null();
    }
    session.streams.out << json.EndObject().Text() << '\n';
    return;
  }
  const auto or_never = [](const std::string& text) { return text.empty() ? "never" : text; };
  std::ostream& out = session.streams.out;
  out << "State:     " << model::EndpointStateName(endpoint.state) << "\nURL:       " << url
      << '\n';
  if (endpoint.state == model::EndpointState::kNone) return;
  out << "Secret:    ends in " << endpoint.hint
      << "\nGenerated: " << TimeText(endpoint.generated_at)
      << "\nLast used: " << or_never(TimeText(endpoint.last_used_at)) << '\n';
  if (endpoint.previous_expires_at) {
    out << "Previous:  works until " << TimeText(endpoint.previous_expires_at) << ", last used "
        << or_never(TimeText(endpoint.previous_last_used_at)) << '\n';
  }
}

int Show(const Session& session, const std::string& public_id) {
  return WithDatabase(session, [&](const config::Settings& settings, store::Pool& pool) {
    const base::Result<model::Org> org = RequireOrg(pool, public_id);
    if (!org.ok()) return session.Fail(org.failure());
    const base::Result<store::Endpoint> endpoint = pool.Run(
        [&](store::Connection& connection) { return store::ShowEndpoint(connection, org->id); });
    if (!endpoint.ok()) return session.Fail(endpoint.failure());
    PrintEndpoint(session, public_id, WebhookUrl(settings.server, public_id), *endpoint);
    return static_cast<int>(kDone);
  });
}

}  // namespace

void AddSecret(CLI::App& app, Session& session) {
  CLI::App* secret =
      AddCommand(app, session, "secret", "The secret that an org's tools send with", false);
  secret->require_subcommand(1);
  struct Options {
    std::string org;
    std::string grace = "0s";
  };
  const auto options = std::make_shared<Options>();
  const auto add = [&](const std::string& name, const std::string& help,
                       int (*run)(const Session&, const std::string&)) {
    CLI::App* command = AddCommand(*secret, session, name, help);
    command->add_option("org", options->org, "The org's public id")->required();
    command->callback([&session, options, run] {
      session.run = [&session, options, run] { return run(session, options->org); };
    });
  };
  add("generate", "Make the org's secret and show it once", &Generate);
  add("disable", "Let no secret work any more", &Disable);
  add("show", "State, URL, hint and last use; never the secret", &Show);

  CLI::App* rotate = AddCommand(*secret, session, "rotate", "Make another secret, shown once");
  rotate->add_option("org", options->org, "The org's public id")->required();
  rotate->add_option("--grace", options->grace, "How long the old one still works: 0s to 7d");
  rotate->callback([&session, options] {
    session.run = [&session, options] { return Rotate(session, options->org, options->grace); };
  });
}

}  // namespace bookgate::commands
