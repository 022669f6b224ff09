#include "admin/api.hpp"
#include "admin/input.hpp"
#include "base/rfc3339.hpp"
#include "http/problem.hpp"
#include "store/appointment_queries.hpp"

namespace bookgate::admin {
namespace {

constexpr std::int64_t kUsualLimit = 20;
constexpr std::int64_t kHighestLimit = 100;

void WriteLine(base::JsonWriter& json, const store::AppointmentLine& line) {
  json.Object().Member("appointment_id", line.appointment_id);
  json.Member("contact_id", line.contact_id).Member("source", line.source);
  json.Member("external_id", line.external_id).Member("status", line.status);
  json.TextOrNull("customer_name", line.customer_name);
  json.TextOrNull("customer_email", line.customer_email);
  json.TextOrNull("customer_phone", line.customer_phone);
  json.TextOrNull("appointment_type", line.appointment_type);
  json.TextOrNull("start_time", base::Rfc3339(line.start_time));
  json.Member("duration_minutes", line.duration_minutes);
  json.TextOrNull("host_name", line.host_name).TextOrNull("location", line.location);
  json.TextOrNull("received_at", base::Rfc3339(line.received_at)).EndObject();
}

base::Result<http::Answer> ListAppointments(Services& services, const Call& call) {
  const auto limit = QueryInteger(call.request, "limit", 1, kHighestLimit, kUsualLimit);
  if (!limit) return http::BadRequest("limit must be a whole number from 1 to 100.");
  const auto lines = services.pool.Run([&](store::Connection& connection) {
    return store::LatestAppointments(connection, call.org.id, *limit);
  });
  if (!lines.ok()) return lines.failure();
  base::JsonWriter json;
  json.Object().Key("appointments").Array();
  for (const store::AppointmentLine& line : *lines) WriteLine(json, line);
  json.EndArray().EndObject();
  return JsonAnswer(json);
}

}  // namespace

void AddAppointmentRoutes(ApiRoutes& routes, Services& services) {
  routes.push_back({"GET", "/orgs/{org}/appointments", Access::kOrg,
                    [&services](const Call& call) { return ListAppointments(services, call); }});
}

}  // namespace bookgate::admin
