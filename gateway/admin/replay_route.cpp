#include <utility>

#include "admin/api.hpp"
#include "http/problem.hpp"
#include "intake/replay.hpp"
#include "store/delivery_queries.hpp"
#include "store/write_batch.hpp"

namespace bookgate::admin {
namespace {

base::Result<http::Answer> Replay(Services& services, const Call& call) {
  const std::optional<base::Uuid> id = base::Uuid::Parse(call.path.Get("id"));
  if (!id) return http::NotFound();
  base::Result<std::optional<store::StoredDelivery>> stored = services.pool.Run(
      [&](store::Connection& connection) { return store::FindStoredDelivery(connection, *id); });
  if (!stored.ok()) return stored.failure();
  if (!*stored || (*stored)->delivery.org.id != call.org.id) return http::NotFound();
  const std::shared_ptr<const translate::Registry> plugins = services.registry();
  base::Result<store::WriteJob> job = intake::ReplayJob(*plugins, **std::move(stored));
  if (!job.ok()) return http::Conflict(job.failure().sender_text);
  const base::Result<store::Written> written =
      services.pool.Run([&](store::Connection& connection) {
        store::Written result =
            store::WriteBatch(connection, store::MakeBatch({&job.value()})).front();
        store::AddAuditEntry(connection,
                             call.Entry("delivery_replayed", id->ToString(),
                                        intake::ReplayDetails(*job->before, result.outcome)));
        return result;
      });
  if (!written.ok()) return written.failure();
  base::JsonWriter json;
  json.Object().Member("delivery_id", id->ToString());
  json.Member("before", model::OutcomeName(*job->before));
  json.Member("outcome", model::OutcomeName(written->outcome)).EndObject();
  return JsonAnswer(json);
}

}  // namespace

void AddReplayRoute(ApiRoutes& routes, Services& services) {
  routes.push_back({"POST", "/orgs/{org}/deliveries/{id}/replay", Access::kOrg,
                    [&services](const Call& call) { return Replay(services, call); }});
}

}  // namespace bookgate::admin
