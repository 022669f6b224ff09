#include "store/stored_delivery.hpp"

#include <bookgate/json.hpp>

#include <algorithm>
#include <array>
#include <stdexcept>

namespace bookgate::store {
namespace {

using model::Outcome;

std::string SelectDeliveries() {
  return "SELECT d.DeliveryID, d.OrgID, o.PublicID, o.TimeZone, d.Provider, " +
         IsoTime("d.ReceivedAt") +
         ", d.ContentType, d.Headers, d.Query, d.Body, d.Outcome, o.FieldMapping "
         "FROM orgs o JOIN deliveries d ON d.OrgID = o.OrgID ";
}

std::vector<model::Field> ReadFields(const std::string& text) {
  std::vector<model::Field> fields;
  const std::optional<json::Document> document = json::Document::Parse(text);
  const json::Value list = document ? document->root() : json::Value();
  for (std::size_t i = 0; i < list.size(); ++i) {
    fields.push_back({std::string(list[i]["name"].RawString().value_or("")),
                      std::string(list[i]["value"].RawString().value_or(""))});
  }
  return fields;
}

Outcome ReadOutcome(const std::string& name) {
  if (const std::optional<Outcome> outcome = model::OutcomeNamed(name)) return *outcome;
  throw std::runtime_error("the database holds an unknown outcome of a delivery");
}

StoredDelivery ReadDelivery(const Row& row) {
  StoredDelivery stored;
  model::Delivery& delivery = stored.delivery;
  delivery.id = row.Id(0);
  delivery.org = {row.Integer(1), row.Text(2), row.Text(3), row.Text(11)};
  delivery.provider = row.Text(4);
  delivery.received_at = row.Time(5).value_or(base::Instant{});
  delivery.content_type = row.Text(6);
  delivery.headers = ReadFields(row.Text(7));
  delivery.query = ReadFields(row.Text(8));
  stored.has_body = !row.IsNull(9);
  delivery.body = row.Text(9);
  stored.outcome = ReadOutcome(row.Text(10));
  return stored;
}

}  // namespace

std::optional<StoredDelivery> FindStoredDelivery(Connection& connection, const base::Uuid& id) {
  const std::vector<Row> rows =
      connection.Query(SelectDeliveries() + "AND d.DeliveryID = ?", {Bytes{id.AsBytes()}});
  if (rows.empty()) return std::nullopt;
  return ReadDelivery(rows.front());
}

std::optional<StoredDelivery> FindStoredDelivery(Connection& connection, std::int64_t org_id,
                                                 const base::Uuid& id) {
  const std::vector<Row> rows = connection.Query(
      SelectDeliveries() + "WHERE d.OrgID = ? AND d.DeliveryID = ?", {org_id, Bytes{id.AsBytes()}});
  if (rows.empty()) return std::nullopt;
  return ReadDelivery(rows.front());
}

std::vector<StoredDelivery> ListStoredDeliveries(Connection& connection,
                                                 const DeliverySelection& selection,
                                                 const base::Uuid& after, std::int64_t limit) {
  // Ids are ordered by the time of arrival, so the key alone finds them.
  const base::Uuid first = base::Uuid::FirstAt(selection.since);
  std::string sql =
      SelectDeliveries() + "WHERE o.OrgID = ? AND d.DeliveryID > ? AND d.DeliveryID >= ?";
  std::vector<Parameter> parameters = {selection.org_id, Bytes{after.AsBytes()},
                                       Bytes{first.AsBytes()}};
  if (selection.outcome) {
    sql += " AND d.Outcome = ?";
    parameters.emplace_back(std::string(model::OutcomeName(*selection.outcome)));
  }
  parameters.emplace_back(limit);
  std::vector<StoredDelivery> deliveries;
  for (const Row& row : connection.Query(sql + " ORDER BY d.DeliveryID LIMIT ?", parameters)) {
    deliveries.push_back(ReadDelivery(row));
  }
  return deliveries;
}

}  // namespace bookgate::store
