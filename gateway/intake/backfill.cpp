#include "intake/backfill.hpp"

#include <utility>

#include "base/json_writer.hpp"
#include "base/rfc3339.hpp"

namespace bookgate::intake {

model::Delivery BackfillDelivery(const translate::Plugin& plugin, const model::Org& org,
                                 const BackfillSpan& span, unsigned page, base::Instant now) {
  model::Delivery delivery;
  delivery.id = base::Uuid::Version7(now);
  delivery.org = {org.id, org.public_id, org.time_zone, org.field_mapping};
  delivery.provider = plugin.manifest.provider;
  delivery.received_at = now;
  delivery.looked_up_at = now;
  delivery.content_type = "application/json";
  base::JsonWriter body;
  body.Object().Member("about", "No webhook: Bookgate asked the provider's API for bookings.");
  body.Key("backfill").Object().Member("since", base::Rfc3339(span.since));
  body.Member("until", base::Rfc3339(span.until)).Member("page", page).EndObject().EndObject();
  delivery.body = body.Text();
  return delivery;
}

store::WriteJob BackfillJob(const translate::Plugin& plugin, model::Delivery delivery,
                            const translate::Bookings& page) {
  Translation translation = TranslateListed(plugin, delivery, page);
  const std::string problems = std::move(translation.reason);
  translation.reason = "Backfill: fetched through " + plugin.manifest.name + "'s API.";
  if (!problems.empty()) translation.reason += " Left out: " + problems;
  return MakeJob(std::move(delivery), std::move(translation));
}

}  // namespace bookgate::intake
