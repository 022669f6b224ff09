/// \file api.hpp
/// The way of a call: from a request to /api/admin/v1 to its answer.
#pragma once

#include <string_view>
#include <vector>

#include "admin/call.hpp"
#include "admin/services.hpp"
#include "admin/work_pool.hpp"
#include "http/routes.hpp"

namespace bookgate::admin {

inline constexpr std::string_view kApiBase = "/api/admin/v1";

/// What this server can do beyond what every version could: the page shows what needs one of them
/// only where it is named here. gateway/admin/web/session.js lists those that the page knows.
std::vector<std::string_view> Capabilities(const Services& services);

// One function a file of routes; schemas/openapi.yaml describes what each takes and gives.
void AddSessionRoutes(ApiRoutes& routes, Services& services);
void AddOrgRoutes(ApiRoutes& routes, Services& services);
void AddWebhookRoutes(ApiRoutes& routes, Services& services);
void AddAppointmentRoutes(ApiRoutes& routes, Services& services);
void AddDeliveryRoutes(ApiRoutes& routes, Services& services);
void AddReplayRoute(ApiRoutes& routes, Services& services);
void AddProviderRoutes(ApiRoutes& routes, Services& services);
void AddProviderSecretRoutes(ApiRoutes& routes, Services& services);
void AddRegistrationRoutes(ApiRoutes& routes, Services& services);
void AddBackfillRoutes(ApiRoutes& routes, Services& services);
void AddMappingRoutes(ApiRoutes& routes, Services& services);
void AddTryRoute(ApiRoutes& routes, Services& services);
void AddPluginRoutes(ApiRoutes& routes, Services& services);
void AddAuditRoutes(ApiRoutes& routes, Services& services);

/// All routes there are.
ApiRoutes AllRoutes(Services& services);

/// Lets in whom a route lets in, the same for all routes, so that none can forget to ask.
class Api {
 public:
  explicit Api(Services& services);

  /// The table must not outlive this.
  void AddTo(http::Routes& routes);
  void Stop() { pool_.Stop(); }

 private:
  void Receive(const ApiRoute& route, http::Request request, const http::PathParameters& path,
               http::Responder respond);
  http::Answer Answer(const ApiRoute& route, Call& call);
  base::Result<http::Answer> LetInAndHandle(const ApiRoute& route, Call& call);

  Services& services_;
  const ApiRoutes routes_;
  WorkPool pool_;
};

}  // namespace bookgate::admin
