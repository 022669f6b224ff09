#include <chrono>
#include <utility>

#include "admin/api.hpp"
#include "admin/change_org.hpp"
#include "admin/input.hpp"
#include "admin/org_json.hpp"
#include "base/rfc3339.hpp"
#include "config/public_url.hpp"
#include "http/problem.hpp"
#include "store/endpoint_queries.hpp"

namespace bookgate::admin {
namespace {

constexpr std::chrono::seconds kLongestGrace = std::chrono::hours(24 * 7);

base::Result<http::Answer> ShowWebhook(Services& services, const Call& call) {
  const base::Result<store::Endpoint> endpoint = services.pool.Run(
      [&](store::Connection& connection) { return store::ShowEndpoint(connection, call.org.id); });
  if (!endpoint.ok()) return endpoint.failure();
  base::JsonWriter json;
  json.Object().Member("url", config::WebhookUrl(services.settings.server, call.org.public_id));
  json.Member("state", model::EndpointStateName(endpoint->state))
      .TextOrNull("hint", endpoint->hint);
  json.TextOrNull("generated_at", base::Rfc3339(endpoint->generated_at));
  json.TextOrNull("last_used_at", base::Rfc3339(endpoint->last_used_at)).Key("previous");
  if (endpoint->previous_expires_at && *endpoint->previous_expires_at > services.clock()) {
    json.Object().Member("expires_at", base::Rfc3339(endpoint->previous_expires_at));
    json.TextOrNull("last_used_at", base::Rfc3339(endpoint->previous_last_used_at)).EndObject();
  } else {
    json.Null();
  }
  json.EndObject();
  return JsonAnswer(json);
}

/// Makes a secret, lets `save(connection, new_secret)` store its hash, and shows it this once.
template <class Save>
base::Result<http::Answer> MakeSecret(Services& services, const Call& call,
                                      const store::AuditEntry& entry, std::string_view refusal,
                                      Save&& save) {
  const std::string secret = auth::GenerateSecret();
  const store::NewSecret kept{services.hasher.Hash(secret), auth::SecretHint(secret)};
  const base::Result<bool> saved = ChangeOrg(services, [&](store::Connection& connection) {
    const bool changed = save(connection, kept);
    if (changed) store::AddAuditEntry(connection, entry);
    return changed;
  });
  if (!saved.ok()) return saved.failure();
  if (!*saved) return http::Conflict(refusal);
  base::JsonWriter json;
  json.Object().Member("url", config::WebhookUrl(services.settings.server, call.org.public_id));
  json.Member("secret", secret).EndObject();
  return JsonAnswer(json);
}

base::Result<http::Answer> Generate(Services& services, const Call& call) {
  Input input(call.request);
  if (auto refusal = input.Refusal()) return *std::move(refusal);
  return MakeSecret(services, call, call.Entry("webhook_generated"),
                    "There is a secret already: rotate it, or disable it first.",
                    [&](store::Connection& connection, const store::NewSecret& secret) {
                      return store::GenerateEndpoint(connection, call.org.id, secret);
                    });
}

base::Result<http::Answer> Rotate(Services& services, const Call& call) {
  Input input(call.request);
  const std::chrono::seconds grace(input.Integer("grace_seconds", 0, kLongestGrace.count(), 0));
  if (auto refusal = input.Refusal()) return *std::move(refusal);
  base::JsonWriter details;
  details.Object().Member("grace_seconds", grace.count()).EndObject();
  return MakeSecret(services, call, call.Entry("webhook_rotated", {}, details.Text()),
                    "There is no active secret: generate one.",
                    [&](store::Connection& connection, const store::NewSecret& secret) {
                      return store::RotateEndpoint(connection, call.org.id, secret, grace);
                    });
}

base::Result<http::Answer> Disable(Services& services, const Call& call) {
  Input input(call.request);
  if (auto refusal = input.Refusal()) return *std::move(refusal);
  const base::Result<bool> disabled = ChangeOrg(services, [&](store::Connection& connection) {
    const bool changed = store::DisableEndpoint(connection, call.org.id);
    if (changed) store::AddAuditEntry(connection, call.Entry("webhook_disabled"));
    return changed;
  });
  if (!disabled.ok()) return disabled.failure();
  if (!*disabled) return http::Conflict("There is no active secret.");
  return ShowWebhook(services, call);
}

}  // namespace

void AddWebhookRoutes(ApiRoutes& routes, Services& services) {
  const auto add = [&](const char* method, const char* pattern,
                       base::Result<http::Answer> (*handle)(Services&, const Call&)) {
    routes.push_back({method, pattern, Access::kOrg,
                      [&services, handle](const Call& call) { return handle(services, call); }});
  };
  add("GET", "/orgs/{org}/webhook", &ShowWebhook);
  add("POST", "/orgs/{org}/webhook/generate", &Generate);
  add("POST", "/orgs/{org}/webhook/rotate", &Rotate);
  add("POST", "/orgs/{org}/webhook/disable", &Disable);
}

}  // namespace bookgate::admin
