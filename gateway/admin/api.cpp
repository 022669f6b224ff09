#include "admin/api.hpp"

#include <bookgate/text.hpp>

#include <exception>
#include <memory>
#include <utility>

#include "admin/mapped_plugin.hpp"
#include "admin/session_token.hpp"
#include "http/problem.hpp"
#include "store/org_queries.hpp"

namespace bookgate::admin {
namespace {

/// Few: the administration must not take the database's connections away from bookings.
constexpr std::size_t kThreads = 4;
constexpr std::size_t kMaxQueued = 64;
constexpr std::chrono::seconds kRetryAfter{2};

bool Changes(std::string_view method) {
  return method != "GET" && method != "HEAD";
}

bool HasJsonBody(const http::Request& request) {
  return request.body.empty() ||
         MediaType(request.Header("content-type").value_or("")) == "application/json";
}

http::Answer NotSignedIn(const SessionCookie& cookie, bool had_cookie) {
  http::Answer answer = http::Problem(401, "not_signed_in", "Not signed in",
                                      "There is no session, or it has ended: sign in.");
  answer.headers.push_back({"WWW-Authenticate", "Session"});
  if (had_cookie) answer.headers.push_back({"Set-Cookie", cookie.Clear()});
  return answer;
}

http::Responder WithSafetyHeaders(http::Responder respond) {
  return [respond = std::move(respond)](http::Answer answer) mutable {
    AddSafetyHeaders(answer);
    ForbidStoring(answer);
    respond(std::move(answer));
  };
}

/// What the session's cookie and the path's org stand for.
struct Found {
  std::optional<store::SessionRow> session;
  std::optional<model::Org> org;
};

Found Find(store::Connection& connection, const ApiRoute& route, const Call& call,
           base::Instant now) {
  Found found;
  found.session = store::UseSession(connection, HashOfToken(call.token), now);
  if (found.session && route.access == Access::kOrg) {
    found.org = store::FindOrg(connection, call.path.Get("org"));
  }
  return found;
}

}  // namespace

std::vector<std::string_view> Capabilities(const Services& services) {
  std::vector<std::string_view> capabilities = {"replay"};
  if (MappedPlugin(*services.registry()) != nullptr) capabilities.emplace_back("mapping");
  return capabilities;
}

ApiRoutes AllRoutes(Services& services) {
  ApiRoutes routes;
  for (auto* add : {&AddSessionRoutes, &AddOrgRoutes, &AddWebhookRoutes, &AddAppointmentRoutes,
                    &AddDeliveryRoutes, &AddReplayRoute, &AddProviderRoutes,
                    &AddProviderSecretRoutes, &AddRegistrationRoutes, &AddBackfillRoutes,
                    &AddMappingRoutes, &AddTryRoute, &AddPluginRoutes, &AddAuditRoutes}) {
    add(routes, services);
  }
  return routes;
}

Api::Api(Services& services)
    : services_(services), routes_(AllRoutes(services)), pool_(kThreads, kMaxQueued) {}

void Api::AddTo(http::Routes& routes) {
  for (const ApiRoute& route : routes_) {
    routes.Add(route.method, std::string(kApiBase) + route.pattern,
               [this, &route](http::Request request, const http::PathParameters& path,
                              http::Responder respond) {
                 Receive(route, std::move(request), path, WithSafetyHeaders(std::move(respond)));
               });
  }
}

/// On the reactor's thread: what can be told from the request alone.
void Api::Receive(const ApiRoute& route, http::Request request, const http::PathParameters& path,
                  http::Responder respond) {
  if (IsFromElsewhere(request, services_.settings.server)) {
    return respond(http::Forbidden("The request comes from a page of another site."));
  }
  if (!HasJsonBody(request)) {
    return respond(http::UnsupportedMediaType("Send the body as application/json."));
  }
  struct Pending {
    Call call;
    http::Responder respond;
  };
  const auto pending = std::make_shared<Pending>();
  pending->call.request = std::move(request);
  pending->call.path = path;
  pending->respond = std::move(respond);
  WorkPool::Work work = [this, &route, pending] { pending->respond(Answer(route, pending->call)); };
  WorkPool& pool = route.waits_for_provider ? services_.provider_calls : pool_;
  if (!pool.Submit(work)) {
    pending->respond(http::Unavailable("Too much to do right now.", kRetryAfter));
  }
}

/// From here on on a thread of the pool.
http::Answer Api::Answer(const ApiRoute& route, Call& call) {
  try {
    base::Result<http::Answer> result = LetInAndHandle(route, call);
    if (result.ok()) return std::move(result).value();
    const base::Failure& failure = result.failure();
    if (failure.code == base::Code::kUnavailable || failure.code == base::Code::kInternal) {
      services_.log.Warn("admin_failed", failure.operator_text,
                         {{"route", route.pattern}, {"request_id", call.request.id}});
    }
    return http::FailureAnswer(failure);
  } catch (const std::exception& error) {
    services_.log.Error("admin_fault", error.what(),
                        {{"route", route.pattern}, {"request_id", call.request.id}});
    return http::InternalError();
  }
}

base::Result<http::Answer> Api::LetInAndHandle(const ApiRoute& route, Call& call) {
  if (route.access == Access::kAnybody) return route.handler(call);
  call.token = services_.cookie.Read(call.request);
  if (!LooksLikeSessionToken(call.token)) return NotSignedIn(services_.cookie, false);
  const base::Instant now = services_.clock();
  base::Result<Found> found = services_.pool.Run(
      [&](store::Connection& connection) { return Find(connection, route, call, now); });
  if (!found.ok()) return found.failure();
  if (!found->session) return NotSignedIn(services_.cookie, true);
  call.session = *std::move(found->session);
  if (Changes(call.request.method) &&
      !IsCsrfTokenOf(call.token, call.request.Header("x-bookgate-csrf").value_or(""))) {
    return http::Forbidden("The header X-Bookgate-Csrf lacks the token of this session.");
  }
  if (route.access == Access::kInstallation && !call.of_installation()) {
    return http::Forbidden("Only admins of the whole installation may do that.");
  }
  if (route.access == Access::kOrg) {
    if (!found->org) return http::NotFound();
    if (!call.of_installation() && *call.session.org_id != found->org->id) return http::NotFound();
    call.org = *std::move(found->org);
  }
  return route.handler(call);
}

}  // namespace bookgate::admin
