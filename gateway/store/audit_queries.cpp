#include "store/audit_queries.hpp"

namespace bookgate::store {
namespace {

constexpr std::int64_t kMostOfOneThing = 100;

const std::string& SelectEntries() {
  static const std::string sql = "SELECT EntryID, " + IsoTime("At") +
                                 ", Actor, Action, Subject, Details, Address FROM audit_log "
                                 "WHERE OrgID = ? ";
  return sql;
}

std::vector<AuditLine> ReadLines(const std::vector<Row>& rows, std::int64_t org_id) {
  std::vector<AuditLine> lines;
  for (const Row& row : rows) {
    AuditLine& line = lines.emplace_back();
    line.id = row.Integer(0);
    line.at = row.Time(1);
    line.org_id = org_id;
    line.actor = row.Text(2);
    line.action = row.Text(3);
    line.subject = row.Text(4);
    line.details = row.Text(5);
    line.address = row.Text(6);
  }
  return lines;
}

}  // namespace

void AddAuditEntry(Connection& connection, const AuditEntry& entry) {
  connection.Execute(
      "INSERT INTO audit_log (OrgID, At, Actor, Action, Subject, Details, Address) "
      "VALUES (?, ?, ?, ?, ?, ?, ?)",
      {entry.org_id, base::SystemNow(), entry.actor, entry.action, TextOrNull(entry.subject),
       TextOrNull(entry.details), TextOrNull(entry.address)});
}

std::vector<AuditLine> ListAuditEntries(Connection& connection, std::int64_t org_id,
                                        std::optional<std::int64_t> before, std::int64_t limit) {
  std::vector<Parameter> parameters = {org_id};
  if (before) parameters.emplace_back(*before);
  parameters.emplace_back(limit);
  return ReadLines(connection.Query(SelectEntries() + (before ? "AND EntryID < ? " : "") +
                                        "ORDER BY EntryID DESC LIMIT ?",
                                    parameters),
                   org_id);
}

std::vector<AuditLine> AuditEntriesOf(Connection& connection, std::int64_t org_id,
                                      const std::string& subject) {
  return ReadLines(connection.Query(SelectEntries() + "AND Subject = ? ORDER BY EntryID LIMIT ?",
                                    {org_id, subject, kMostOfOneThing}),
                   org_id);
}

}  // namespace bookgate::store
