#include "store/appointment_table.hpp"

#include <algorithm>

#include "booking/history_text.hpp"
#include "store/statement_builder.hpp"

namespace bookgate::store {
namespace {

std::vector<AppointmentRow> ReadAppointments(Connection& connection, StatementBuilder& select) {
  std::vector<AppointmentRow> rows;
  select.Sql(" ORDER BY OrgID, AppointmentID FOR UPDATE");
  for (const Row& row : connection.QueryBuilt(select.text())) rows.push_back(ReadAppointment(row));
  return rows;
}

StatementBuilder SelectAppointments(std::int64_t org_id) {
  StatementBuilder select("SELECT ");
  select.Sql(AppointmentColumnsToRead().c_str())
      .Sql(" FROM appointments FORCE INDEX (PRIMARY) WHERE OrgID IN ");
  select.OpenRow().Add(org_id).CloseRow();
  return select;
}

/// " WHERE OrgID IN (1) AND Source IN ('s') AND ExternalID IN ('a','b')"
void AddWhere(StatementBuilder& statement, const BookingIds& ids) {
  statement.Sql(" WHERE OrgID IN ").StartRows().OpenRow().Add(ids.org_id).CloseRow();
  statement.Sql(" AND Source IN ").StartRows().OpenRow().Add(ids.source).CloseRow();
  statement.Sql(" AND ExternalID IN ").StartRows().OpenRow();
  for (const std::string& id : ids.external_ids) statement.Add(id);
  statement.CloseRow();
}

void InsertIds(Connection& connection, const BookingIds& ids) {
  const base::Instant now = base::SystemNow();
  StatementBuilder insert(
      "INSERT INTO appointment_ids (OrgID, Source, ExternalID, CreatedAt) VALUES ");
  for (const std::string& id : ids.external_ids) {
    insert.OpenRow().Add(ids.org_id).Add(ids.source).Add(id).Add(now).CloseRow();
  }
  // Leaves a row that is there as it is, but locks it.
  connection.ExecuteBuilt(insert.Sql(" ON DUPLICATE KEY UPDATE OrgID = VALUES(OrgID)").text());
}

/// What the ids lead to by name.
struct Pointers {
  std::vector<std::int64_t> appointment_ids;
  std::vector<std::int64_t> pending_ids;
};

void AddOnce(std::vector<std::int64_t>& ids, std::int64_t id) {
  if (id != 0 && std::find(ids.begin(), ids.end(), id) == ids.end()) ids.push_back(id);
}

Pointers ReadPointers(Connection& connection, const BookingIds& ids) {
  StatementBuilder select(
      "SELECT AppointmentID, PendingID FROM appointment_ids FORCE INDEX (PRIMARY)");
  AddWhere(select, ids);
  Pointers pointers;
  for (const Row& row : connection.QueryBuilt(select.Sql(" FOR UPDATE").text())) {
    AddOnce(pointers.appointment_ids, row.Integer(0));
    AddOnce(pointers.pending_ids, row.Integer(1));
  }
  return pointers;
}

/// Rows that have one of the ids as their own, whether or not it is in appointment_ids.
void AddOwners(Connection& connection, const BookingIds& ids,
               std::vector<std::int64_t>& appointment_ids) {
  StatementBuilder select("SELECT AppointmentID FROM appointments FORCE INDEX (Identity)");
  AddWhere(select, ids);
  for (const Row& row : connection.QueryBuilt(select.Sql(" FOR UPDATE").text())) {
    AddOnce(appointment_ids, row.Integer(0));
  }
}

std::vector<PendingBooking> LockPending(Connection& connection, std::int64_t org_id,
                                        const std::vector<std::int64_t>& pending_ids) {
  if (pending_ids.empty()) return {};
  StatementBuilder select(
      "SELECT PendingID, History FROM pending_bookings FORCE INDEX (PRIMARY) WHERE OrgID IN ");
  select.OpenRow().Add(org_id).CloseRow().Sql(" AND PendingID IN ").StartRows().OpenRow();
  for (const std::int64_t id : pending_ids) select.Add(id);
  select.CloseRow().Sql(" ORDER BY PendingID FOR UPDATE");
  std::vector<PendingBooking> pending;
  for (const Row& row : connection.QueryBuilt(select.text())) {
    pending.push_back({row.Integer(0), ReadHistory(row.Text(1))});
  }
  return pending;
}

void DeletePending(Connection& connection, std::int64_t org_id, std::int64_t pending_id) {
  connection.Execute("DELETE FROM pending_bookings WHERE OrgID = ? AND PendingID = ?",
                     {org_id, pending_id});
}

}  // namespace

std::vector<AppointmentRow> LockAppointments(Connection& connection, std::int64_t org_id,
                                             std::vector<std::int64_t> appointment_ids) {
  if (appointment_ids.empty()) return {};
  std::sort(appointment_ids.begin(), appointment_ids.end());
  StatementBuilder select = SelectAppointments(org_id);
  select.Sql(" AND AppointmentID IN ").StartRows().OpenRow();
  for (const std::int64_t id : appointment_ids) select.Add(id);
  return ReadAppointments(connection, select.CloseRow());
}

std::optional<AppointmentRow> FindAppointment(Connection& connection, const Identity& identity) {
  const BookingIds ids{identity.org_id, identity.source, {identity.external_id}};
  std::vector<std::int64_t> appointment_ids = ReadPointers(connection, ids).appointment_ids;
  AddOwners(connection, ids, appointment_ids);
  std::vector<AppointmentRow> rows =
      LockAppointments(connection, identity.org_id, std::move(appointment_ids));
  if (rows.empty()) return std::nullopt;
  return std::move(rows.front());
}

KnownBookings ClaimIds(Connection& connection, BookingIds ids) {
  std::sort(ids.external_ids.begin(), ids.external_ids.end());
  InsertIds(connection, ids);
  Pointers pointers = ReadPointers(connection, ids);
  AddOwners(connection, ids, pointers.appointment_ids);
  return {LockAppointments(connection, ids.org_id, std::move(pointers.appointment_ids)),
          LockPending(connection, ids.org_id, pointers.pending_ids)};
}

void PointIdsAt(Connection& connection, const BookingIds& ids, std::int64_t appointment_id) {
  for (const std::string& id : ids.external_ids) {
    connection.Execute(
        "UPDATE appointment_ids SET AppointmentID = ?, PendingID = NULL "
        "WHERE OrgID = ? AND Source = ? AND ExternalID = ?",
        {appointment_id, ids.org_id, ids.source, id});
  }
}

void ReplaceAppointment(Connection& connection, const AppointmentRow& gone,
                        const AppointmentRow& survivor) {
  const std::vector<Parameter> moved = {survivor.appointment_id, gone.org_id, gone.appointment_id};
  connection.Execute(
      "UPDATE appointment_ids SET AppointmentID = ? WHERE OrgID = ? AND AppointmentID = ?", moved);
  connection.Execute(
      "UPDATE deliveries SET AppointmentID = ? WHERE OrgID = ? AND AppointmentID = ?", moved);
  connection.Execute("DELETE FROM appointments WHERE OrgID = ? AND AppointmentID = ?",
                     {gone.org_id, gone.appointment_id});
}

void ReplacePending(Connection& connection, std::int64_t org_id, const PendingBooking& gone,
                    const AppointmentRow& survivor) {
  connection.Execute(
      "UPDATE appointment_ids SET AppointmentID = ?, PendingID = NULL "
      "WHERE OrgID = ? AND PendingID = ?",
      {survivor.appointment_id, org_id, gone.pending_id});
  DeletePending(connection, org_id, gone.pending_id);
}

void SavePending(Connection& connection, const BookingIds& ids,
                 const std::vector<PendingBooking>& known,
                 const std::vector<booking::PastEvent>& history) {
  connection.Execute("INSERT INTO pending_bookings (OrgID, History, CreatedAt) VALUES (?, ?, ?)",
                     {ids.org_id, booking::HistoryToText(history), base::SystemNow()});
  const std::int64_t pending_id = connection.LastInsertId();
  for (const PendingBooking& gone : known) {
    connection.Execute("UPDATE appointment_ids SET PendingID = ? WHERE OrgID = ? AND PendingID = ?",
                       {pending_id, ids.org_id, gone.pending_id});
    DeletePending(connection, ids.org_id, gone.pending_id);
  }
  for (const std::string& id : ids.external_ids) {
    connection.Execute(
        "UPDATE appointment_ids SET PendingID = ? "
        "WHERE OrgID = ? AND Source = ? AND ExternalID = ?",
        {pending_id, ids.org_id, ids.source, id});
  }
}

}  // namespace bookgate::store
