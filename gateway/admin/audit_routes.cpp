#include <limits>

#include "admin/api.hpp"
#include "admin/input.hpp"
#include "base/rfc3339.hpp"
#include "http/problem.hpp"

namespace bookgate::admin {
namespace {

constexpr std::int64_t kUsualLimit = 50;
constexpr std::int64_t kHighestLimit = 100;
constexpr std::int64_t kHighestId = std::numeric_limits<std::int64_t>::max();

void WriteLine(base::JsonWriter& json, const store::AuditLine& line) {
  json.Object().Member("entry_id", line.id).TextOrNull("at", base::Rfc3339(line.at));
  json.Member("actor", line.actor).Member("action", line.action);
  json.TextOrNull("subject", line.subject).Key("details");
  json.Raw(line.details.empty() ? "{}" : line.details);
  json.TextOrNull("address", line.address).EndObject();
}

/// Of the call's org; of the installation where the route has none.
base::Result<http::Answer> ListEntries(Services& services, const Call& call) {
  const auto before = QueryInteger(call.request, "before", 1, kHighestId, kHighestId);
  if (!before) return http::BadRequest("before must be an entry_id.");
  const auto limit = QueryInteger(call.request, "limit", 1, kHighestLimit, kUsualLimit);
  if (!limit) return http::BadRequest("limit must be a whole number from 1 to 100.");
  auto lines = services.pool.Run([&](store::Connection& connection) {
    return store::ListAuditEntries(connection, call.org.id, *before, *limit + 1);
  });
  if (!lines.ok()) return lines.failure();
  const bool more = lines->size() > static_cast<std::size_t>(*limit);
  if (more) lines->pop_back();
  base::JsonWriter json;
  json.Object().Key("entries").Array();
  for (const store::AuditLine& line : *lines) WriteLine(json, line);
  json.EndArray().Key("next_before");
  if (more) {
    json.Value(lines->back().id);
  } else {
    json.Null();
  }
  json.EndObject();
  return JsonAnswer(json);
}

}  // namespace

void AddAuditRoutes(ApiRoutes& routes, Services& services) {
  routes.push_back({"GET", "/orgs/{org}/audit", Access::kOrg,
                    [&services](const Call& call) { return ListEntries(services, call); }});
  routes.push_back({"GET", "/audit", Access::kInstallation,
                    [&services](const Call& call) { return ListEntries(services, call); }});
}

}  // namespace bookgate::admin
