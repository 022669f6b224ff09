#include "store/delivery_queries.hpp"

namespace bookgate::store {
namespace {

const std::string& LineColumns() {
  static const std::string columns = "d.DeliveryID, d.Provider, d.Outcome, d.Reason, " +
                                     IsoTime("d.ReceivedAt") + ", d.AppointmentID, d.Attempts";
  return columns;
}

void ReadLine(const Row& row, DeliveryLine& line) {
  line.id = row.Id(0);
  line.provider = row.Text(1);
  line.outcome = row.Text(2);
  line.reason = row.Text(3);
  line.received_at = row.Time(4);
  if (!row.IsNull(5)) line.appointment_id = row.Integer(5);
  line.attempts = row.Integer(6);
}

}  // namespace

std::vector<DeliveryLine> ListDeliveries(Connection& connection, std::int64_t org_id,
                                         const std::string& outcome, std::int64_t limit) {
  std::vector<Parameter> parameters = {org_id};
  std::string where = " FROM deliveries d WHERE d.OrgID = ?";
  if (!outcome.empty()) {
    where += " AND d.Outcome = ?";
    parameters.emplace_back(outcome);
  }
  parameters.emplace_back(limit);
  std::vector<DeliveryLine> lines;
  for (const Row& row : connection.Query(
           "SELECT " + LineColumns() + where + " ORDER BY d.DeliveryID DESC LIMIT ?", parameters)) {
    ReadLine(row, lines.emplace_back());
  }
  return lines;
}

std::int64_t CountHeldDeliveries(Connection& connection) {
  // By org, because every key begins with it: the whole table is not read for a handful of rows.
  return connection
      .QueryBuilt(
          "SELECT COUNT(*) FROM orgs o JOIN deliveries d ON d.OrgID = o.OrgID "
          "AND d.Outcome = 'held'")
      .at(0)
      .Integer(0);
}

std::optional<DeliveryDetails> FindDelivery(Connection& connection, const base::Uuid& id) {
  // Every key begins with the org, and the id alone does not say which: joining from the few orgs
  // makes one look-up by primary key of each of them.
  const std::vector<Row> rows = connection.Query(
      "SELECT " + LineColumns() +
          ", o.PublicID, d.ContentType, d.Headers, d.Query, d.Problems, d.Body "
          "FROM orgs o JOIN deliveries d ON d.OrgID = o.OrgID AND d.DeliveryID = ?",
      {Bytes{id.AsBytes()}});
  if (rows.empty()) return std::nullopt;
  const Row& row = rows.front();
  DeliveryDetails details;
  ReadLine(row, details);
  details.org = row.Text(7);
  details.content_type = row.Text(8);
  details.headers = row.Text(9);
  details.query = row.Text(10);
  details.problems = row.Text(11);
  if (!row.IsNull(12)) details.body = row.Text(12);
  return details;
}

}  // namespace bookgate::store
