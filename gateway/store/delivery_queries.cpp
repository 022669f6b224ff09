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

const std::string& SelectDetails() {
  static const std::string sql =
      "SELECT " + LineColumns() +
      ", o.PublicID, d.ContentType, d.Headers, d.Query, d.Problems, d.Body, " +
      IsoTime("d.UpdatedAt") + " FROM orgs o JOIN deliveries d ON d.OrgID = o.OrgID AND ";
  return sql;
}

std::optional<DeliveryDetails> FirstOf(const std::vector<Row>& rows) {
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
  details.updated_at = row.Time(13);
  return details;
}

}  // namespace

std::vector<DeliveryLine> ListDeliveries(Connection& connection, std::int64_t org_id,
                                         const std::string& outcome, std::int64_t limit,
                                         const std::optional<base::Uuid>& before) {
  std::vector<Parameter> parameters = {org_id};
  std::string where = " FROM deliveries d WHERE d.OrgID = ?";
  if (!outcome.empty()) {
    where += " AND d.Outcome = ?";
    parameters.emplace_back(outcome);
  }
  if (before) {
    where += " AND d.DeliveryID < ?";
    parameters.emplace_back(Bytes{before->AsBytes()});
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

UnfinishedCount CountUnfinished(Connection& connection, std::int64_t org_id) {
  UnfinishedCount count;
  for (const Row& row :
       connection.Query("SELECT Outcome, COUNT(*) FROM deliveries "
                        "WHERE OrgID = ? AND Outcome IN ('dead', 'held') GROUP BY Outcome",
                        {org_id})) {
    (row.Text(0) == "dead" ? count.dead : count.held) = row.Integer(1);
  }
  return count;
}

std::optional<DeliveryDetails> FindDelivery(Connection& connection, const base::Uuid& id) {
  // Every key begins with the org, and the id alone does not say which: joining from the few orgs
  // makes one look-up by primary key of each of them.
  return FirstOf(connection.Query(SelectDetails() + "d.DeliveryID = ?", {Bytes{id.AsBytes()}}));
}

std::optional<DeliveryDetails> FindDelivery(Connection& connection, std::int64_t org_id,
                                            const base::Uuid& id) {
  return FirstOf(connection.Query(SelectDetails() + "d.DeliveryID = ? WHERE o.OrgID = ?",
                                  {Bytes{id.AsBytes()}, org_id}));
}

}  // namespace bookgate::store
