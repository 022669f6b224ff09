#include "store/appointment_table.hpp"

#include <algorithm>

#include "store/appointment_row.hpp"
#include "store/statement_builder.hpp"

namespace bookgate::store {
namespace {

template <class T>
Parameter OrNull(const std::optional<T>& value) {
  return value ? Parameter(*value) : Parameter(nullptr);
}

}  // namespace

std::vector<AppointmentRow> LockAppointments(Connection& connection, std::int64_t org_id,
                                             std::vector<std::int64_t> appointment_ids) {
  if (appointment_ids.empty()) return {};
  std::sort(appointment_ids.begin(), appointment_ids.end());
  StatementBuilder select("SELECT OrgID, AppointmentID, ContactID, Source, ExternalID, ");
  select.Sql(FactColumnsToRead().c_str()).Sql(" FROM appointments WHERE OrgID IN ");
  select.OpenRow().Add(org_id).CloseRow().Sql(" AND AppointmentID IN ").StartRows().OpenRow();
  for (const std::int64_t id : appointment_ids) select.Add(id);
  select.CloseRow().Sql(" ORDER BY OrgID, AppointmentID FOR UPDATE");
  std::vector<AppointmentRow> rows;
  for (const Row& row : connection.QueryBuilt(select.text())) {
    rows.push_back({row.Integer(0), row.Integer(1), row.Integer(2), row.Text(3), row.Text(4),
                    ReadFacts(row, 5)});
  }
  return rows;
}

std::optional<KnownId> FindKnownId(Connection& connection, const Identity& identity) {
  const std::vector<Row> rows = connection.Query(
      "SELECT AppointmentID, Status, CancelReason, Sequence, " + IsoTime("OccurredAt") +
          " FROM appointment_ids WHERE OrgID = ? AND Source = ? AND ExternalID = ? FOR UPDATE",
      {identity.org_id, identity.source, identity.external_id});
  if (rows.empty()) return std::nullopt;
  const Row& row = rows.front();
  KnownId known;
  if (!row.IsNull(0)) known.appointment_id = row.Integer(0);
  if (!row.IsNull(1)) known.status = StatusOf(row.Text(1));
  known.cancel_reason = row.Text(2);
  if (!row.IsNull(3)) known.sequence = row.Integer(3);
  known.occurred_at = row.Time(4);
  return known;
}

std::optional<AppointmentRow> FindAppointment(Connection& connection, const Identity& identity) {
  std::vector<std::int64_t> ids;
  for (const Row& row : connection.Query(
           "SELECT AppointmentID FROM appointments "
           "WHERE OrgID = ? AND Source = ? AND ExternalID = ? "
           "UNION SELECT AppointmentID FROM appointment_ids "
           "WHERE OrgID = ? AND Source = ? AND ExternalID = ? AND AppointmentID IS NOT NULL",
           {identity.org_id, identity.source, identity.external_id, identity.org_id,
            identity.source, identity.external_id})) {
    ids.push_back(row.Integer(0));
  }
  std::vector<AppointmentRow> rows = LockAppointments(connection, identity.org_id, std::move(ids));
  if (rows.empty()) return std::nullopt;
  return std::move(rows.front());
}

std::int64_t InsertAppointment(Connection& connection, const Batch& batch, const Slot& slot,
                               const booking::AppointmentFacts& facts) {
  const model::Delivery& delivery = batch.DeliveryOf(slot);
  StatementBuilder insert("INSERT INTO appointments (OrgID, ContactID, Source, ExternalID, ");
  insert.Sql(kFactColumns).Sql(", CreatedBy, ReceivedAt, UpdatedAt) VALUES ");
  insert.OpenRow().Add(slot.org_id).Add(slot.contact_id);
  insert.Add(slot.event->source).Add(slot.event->external_id);
  AddFacts(insert, facts);
  insert.Add(delivery.id).Add(delivery.received_at).Add(base::SystemNow()).CloseRow();
  connection.ExecuteBuilt(insert.text());
  return connection.LastInsertId();
}

void SaveAlias(Connection& connection, const Identity& identity, std::int64_t appointment_id) {
  connection.Execute(
      "INSERT INTO appointment_ids (OrgID, Source, ExternalID, AppointmentID, CreatedAt) "
      "VALUES (?, ?, ?, ?, ?) ON DUPLICATE KEY UPDATE AppointmentID = VALUES(AppointmentID), "
      "Status = NULL",
      {identity.org_id, identity.source, identity.external_id, appointment_id, base::SystemNow()});
}

void RememberForLater(Connection& connection, const Slot& slot) {
  const model::BookingEvent& event = *slot.event;
  booking::AppointmentFacts facts = booking::FactsOfFirst(event);
  if (const std::optional<KnownId> known = FindKnownId(connection, IdentityOf(slot))) {
    facts = booking::Apply(WithRemembered({}, *known), event);
  }
  const Parameter next = TextOrNull(event.next_external_id);
  connection.Execute(
      "INSERT INTO appointment_ids (OrgID, Source, ExternalID, NextExternalID, Status, "
      "CancelReason, Sequence, OccurredAt, CreatedAt) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) "
      "ON DUPLICATE KEY UPDATE NextExternalID = COALESCE(VALUES(NextExternalID), NextExternalID), "
      "Status = VALUES(Status), CancelReason = VALUES(CancelReason), Sequence = VALUES(Sequence), "
      "OccurredAt = VALUES(OccurredAt)",
      {slot.org_id, event.source, event.external_id, next,
       std::string(model::StatusName(facts.status)), TextOrNull(facts.cancel_reason),
       OrNull(facts.sequence), OrNull(facts.occurred_at), base::SystemNow()});
}

booking::AppointmentFacts WithRemembered(const booking::AppointmentFacts& facts,
                                         const KnownId& known) {
  if (!known.status) return facts;
  model::BookingEvent event;
  event.action = *known.status == model::AppointmentStatus::kCancelled ? model::Action::kCancelled
                 : *known.status == model::AppointmentStatus::kNoShow  ? model::Action::kNoShow
                                                                       : model::Action::kUpdated;
  event.cancel_reason = known.cancel_reason;
  event.sequence = known.sequence;
  event.occurred_at = known.occurred_at;
  return booking::Apply(facts, event);
}

void ForgetId(Connection& connection, const Identity& identity) {
  connection.Execute(
      "DELETE FROM appointment_ids WHERE OrgID = ? AND Source = ? AND ExternalID = ?",
      {identity.org_id, identity.source, identity.external_id});
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
  SaveAlias(connection, {gone.org_id, gone.source, gone.external_id}, survivor.appointment_id);
}

}  // namespace bookgate::store
