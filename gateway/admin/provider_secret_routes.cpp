#include <sodium.h>
#include <bookgate/text.hpp>

#include <algorithm>
#include <chrono>
#include <utility>

#include "admin/api.hpp"
#include "admin/change_org.hpp"
#include "admin/input.hpp"
#include "admin/provider_json.hpp"
#include "auth/signature.hpp"
#include "http/problem.hpp"

namespace bookgate::admin {
namespace {

using auth::ProviderSecretKind;

constexpr std::chrono::seconds kLongestGrace = std::chrono::hours(24 * 7);

/// Of the provider in the path. Shared ownership of all plugins keeps the one alive.
struct Chosen {
  std::shared_ptr<const translate::Registry> registry;
  const translate::Plugin* plugin = nullptr;  ///< nullptr: there is none that takes such a secret.
};

Chosen Choose(const Services& services, const Call& call, ProviderSecretKind kind) {
  Chosen chosen{services.registry(), nullptr};
  const translate::Plugin* plugin = chosen.registry->Find(call.path.Get("p"));
  const bool takes_it = plugin != nullptr && (kind == ProviderSecretKind::kCredential
                                                  ? UsesCredential(plugin->manifest)
                                                  : UsesSigningKey(plugin->manifest));
  if (takes_it) chosen.plugin = plugin;
  return chosen;
}

/// Blanks around it are what copying leaves.
std::string ReadValue(Input& input, ProviderSecretKind kind, const translate::Plugin& plugin) {
  const std::string sent = input.Required("value", 1, store::kLongestProviderSecret);
  std::string value(Trim(sent));
  const auto is_control = [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; };
  if (value.empty() && !sent.empty()) input.Complain("value", "missing", "must not be empty");
  if (std::any_of(value.begin(), value.end(), is_control)) {
    input.Complain("value", "bad_type", "must be one line of text");
  }
  if (kind == ProviderSecretKind::kSigningKey && !value.empty()) {
    const auto problem = auth::SigningKeyProblem(plugin.manifest.signature, value);
    if (problem) input.Complain("value", "bad_signing_key", *problem);
  }
  return value;
}

/// Changes it with `change(connection, key)`, which gives whether there was something to change,
/// and answers with the provider as it is then.
template <class Change>
base::Result<http::Answer> ChangeSecret(Services& services, const Call& call,
                                        ProviderSecretKind kind, const translate::Plugin& plugin,
                                        const std::string& action, Change&& change) {
  const store::ProviderSecretKey key{call.org.id, plugin.manifest.provider, kind};
  return ChangeOrg(services, [&](store::Connection& connection) {
    if (change(connection, key)) {
      store::AddAuditEntry(connection, call.Entry(action, plugin.manifest.provider));
    }
    base::JsonWriter json;
    WriteProvider(json, services, connection, call.org, plugin.manifest);
    return JsonAnswer(json);
  });
}

base::Result<http::Answer> Set(Services& services, const Call& call, ProviderSecretKind kind) {
  const Chosen chosen = Choose(services, call, kind);
  if (chosen.plugin == nullptr) return http::NotFound();
  Input input(call.request);
  std::string value = ReadValue(input, kind, *chosen.plugin);
  store::NewProviderSecret kept;
  if (kind == ProviderSecretKind::kSigningKey) {
    kept.grace = std::chrono::seconds(input.Integer("grace_seconds", 0, kLongestGrace.count(), 0));
    kept.require = input.Flag("require", false);
  }
  if (auto refusal = input.Refusal()) return *std::move(refusal);
  kept.sealed =
      services.sealer.Seal(value, {call.org.public_id, chosen.plugin->manifest.provider, kind});
  kept.hint = auth::ProviderSecretHint(value);
  sodium_memzero(value.data(), value.size());
  return ChangeSecret(services, call, kind, *chosen.plugin, store::AuditAction(kind, "set"),
                      [&](store::Connection& connection, const store::ProviderSecretKey& key) {
                        store::SetProviderSecret(connection, key, kept);
                        return true;
                      });
}

base::Result<http::Answer> Clear(Services& services, const Call& call, ProviderSecretKind kind) {
  const Chosen chosen = Choose(services, call, kind);
  if (chosen.plugin == nullptr) return http::NotFound();
  return ChangeSecret(services, call, kind, *chosen.plugin, store::AuditAction(kind, "cleared"),
                      &store::ClearProviderSecret);
}

}  // namespace

void AddProviderSecretRoutes(ApiRoutes& routes, Services& services) {
  const auto add = [&](const std::string& member, ProviderSecretKind kind) {
    const std::string path = "/orgs/{org}/providers/{p}/" + member;
    routes.push_back({"PUT", path, Access::kOrg,
                      [&services, kind](const Call& call) { return Set(services, call, kind); }});
    routes.push_back({"DELETE", path, Access::kOrg,
                      [&services, kind](const Call& call) { return Clear(services, call, kind); }});
  };
  add("credential", ProviderSecretKind::kCredential);
  add("signing-key", ProviderSecretKind::kSigningKey);
}

}  // namespace bookgate::admin
