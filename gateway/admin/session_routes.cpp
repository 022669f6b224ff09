#include <sodium.h>

#include <chrono>
#include <utility>

#include "admin/api.hpp"
#include "admin/input.hpp"
#include "admin/org_json.hpp"
#include "admin/session_token.hpp"
#include "auth/password.hpp"
#include "base/rfc3339.hpp"
#include "booking/fold.hpp"
#include "http/problem.hpp"
#include "store/admin_queries.hpp"
#include "store/org_queries.hpp"

namespace bookgate::admin {
namespace {

constexpr std::size_t kLongestEmail = 320;

http::Answer WrongSignIn() {
  http::Answer answer = http::Problem(401, "sign_in_failed", "Not signed in",
                                      "The email address or the password is wrong.");
  answer.headers.push_back({"WWW-Authenticate", "Session"});
  return answer;
}

base::Result<http::Answer> SessionAnswer(Services& services, const std::string& token,
                                         const store::SessionRow& session) {
  std::optional<model::Org> org;
  if (session.org_id) {
    base::Result<std::optional<model::Org>> found =
        services.pool.Run([&](store::Connection& connection) {
          return store::FindOrg(connection, session.org_public_id);
        });
    if (!found.ok()) return found.failure();
    org = *std::move(found);
  }
  base::JsonWriter json;
  json.Object().Member("email", session.email);
  json.Member("role", session.org_id ? "org" : "installation").Key("org");
  if (org) {
    WriteOrg(json, *org);
  } else {
    json.Null();
  }
  json.Member("csrf_token", CsrfTokenOf(token));
  json.Member("expires_at", base::Rfc3339(session.expires_at));
  json.Key("capabilities").Array();
  for (const std::string_view capability : Capabilities(services)) json.Value(capability);
  json.EndArray().EndObject();
  return JsonAnswer(json);
}

/// Counts the attempt against both, and gives how long to wait if there were too many.
std::optional<std::chrono::seconds> Throttle(Services& services, const std::string& address,
                                             const std::string& email) {
  const auto now = std::chrono::steady_clock::now();
  if (const auto wait = services.sign_ins_by_address.Spend(address, now)) return wait;
  return services.sign_ins_by_email.Spend(email, now);
}

/// Begins the session, writes it down, and ends the one that the browser had before.
bool Begin(store::Connection& connection, const Call& call, const store::AdminRow& admin,
           const std::string& token, const std::string& old_token, base::Instant now) {
  if (!store::BeginSession(connection, HashOfToken(token), admin, now)) return false;
  if (!old_token.empty()) store::EndSession(connection, HashOfToken(old_token));
  store::AuditEntry entry = call.Entry("signed_in");
  entry.actor = admin.email;
  entry.org_id = admin.org_id.value_or(store::kInstallation);
  store::AddAuditEntry(connection, entry);
  return true;
}

base::Result<http::Answer> SignIn(Services& services, const Call& call) {
  Input input(call.request);
  const std::string email = booking::FoldCase(input.Required("email", 1, kLongestEmail));
  std::string password = input.Required("password", 1, auth::kLongestPassword);
  if (auto refusal = input.Refusal()) return *std::move(refusal);
  if (const auto wait = Throttle(services, call.request.remote_address, email)) {
    services.log.Warn("admin_sign_in_throttled", "too many failed attempts", {});
    return http::TooManyRequests("Too many attempts to sign in. Wait a little.", *wait);
  }
  const base::Result<std::optional<store::AdminRow>> admin = services.pool.Run(
      [&](store::Connection& connection) { return store::FindAdmin(connection, email); });
  if (!admin.ok()) return admin.failure();
  const bool right = auth::IsPassword(*admin ? (*admin)->password_hash : std::string(), password);
  sodium_memzero(password.data(), password.size());
  const std::string token = NewSessionToken();
  const std::string old_token(services.cookie.Read(call.request));
  const base::Instant now = services.clock();
  base::Result<bool> begun = right && *admin;
  if (*begun) {
    begun = services.pool.Run([&](store::Connection& connection) {
      return Begin(connection, call, **admin, token, old_token, now);
    });
    if (!begun.ok()) return begun.failure();
  }
  if (!*begun) {
    services.log.Warn("admin_sign_in_failed", "wrong email address or password",
                      {{"request_id", call.request.id}});
    return WrongSignIn();
  }
  services.sign_ins_by_address.Refund(call.request.remote_address);
  services.sign_ins_by_email.Refund(email);
  const base::Result<std::optional<store::SessionRow>> session =
      services.pool.Run([&](store::Connection& connection) {
        return store::UseSession(connection, HashOfToken(token), now);
      });
  if (!session.ok()) return session.failure();
  if (!*session) return WrongSignIn();
  base::Result<http::Answer> answer = SessionAnswer(services, token, **session);
  if (answer.ok()) answer->headers.push_back({"Set-Cookie", services.cookie.Set(token)});
  return answer;
}

base::Result<http::Answer> SignOut(Services& services, const Call& call) {
  const base::Result<bool> ended = services.pool.Run([&](store::Connection& connection) {
    store::EndSession(connection, HashOfToken(call.token));
    return true;
  });
  if (!ended.ok()) return ended.failure();
  http::Answer answer;
  answer.status = 204;
  answer.headers.push_back({"Set-Cookie", services.cookie.Clear()});
  return answer;
}

}  // namespace

void AddSessionRoutes(ApiRoutes& routes, Services& services) {
  routes.push_back({"POST", "/session", Access::kAnybody,
                    [&services](const Call& call) { return SignIn(services, call); }});
  routes.push_back({"GET", "/session", Access::kAdmin, [&services](const Call& call) {
                      return SessionAnswer(services, call.token, call.session);
                    }});
  routes.push_back({"DELETE", "/session", Access::kAdmin,
                    [&services](const Call& call) { return SignOut(services, call); }});
}

}  // namespace bookgate::admin
