#include "store/appointment_step.hpp"

#include <map>
#include <set>
#include <utility>
#include <vector>

#include "store/appointment_row.hpp"
#include "store/appointment_table.hpp"
#include "store/linked_booking.hpp"
#include "store/statement_builder.hpp"

namespace bookgate::store {
namespace {

/// The slots of one booking, in their order.
using Bookings = std::map<Identity, std::vector<Slot*>>;

/// What the table says of an identity after the new rows went in.
struct Found {
  std::int64_t appointment_id = 0;
  std::int64_t contact_id = 0;
  model::AppointmentStatus status = model::AppointmentStatus::kBooked;
  base::Uuid created_by;
};

void InsertNew(Connection& connection, const Batch& batch, const Bookings& bookings) {
  const base::Instant now = base::SystemNow();
  StatementBuilder insert = InsertAppointments();
  for (const auto& [identity, slots] : bookings) {
    const Slot& first = *slots.front();
    booking::Verdict verdict = booking::Decide({}, batch.PastEventOf(first));
    AddAppointment(insert, NewRow(batch, first, std::move(verdict)), now);
  }
  // As with contacts: a row that is there stays as it is, and is ours alone until the end.
  insert.Sql(" ON DUPLICATE KEY UPDATE AppointmentID = AppointmentID");
  connection.ExecuteBuilt(insert.text());
}

/// "(OrgID IN (1) AND Source IN ('s') AND ExternalID IN ('a','b')) OR …"
///
/// Whoever asks for many keys names the index: statistics are behind in a burst of bookings, and by
/// them reading all of an org looks cheaper than looking up each of 128 keys.
void AddIdentities(StatementBuilder& select, const std::vector<Identity>& sorted) {
  for (auto at = sorted.begin(); at != sorted.end();) {
    const Identity& group = *at;
    select.Sql(at == sorted.begin() ? "(OrgID IN " : " OR (OrgID IN ");
    select.StartRows().OpenRow().Add(group.org_id).CloseRow();
    select.Sql(" AND Source IN ").StartRows().OpenRow().Add(group.source).CloseRow();
    select.Sql(" AND ExternalID IN ").StartRows().OpenRow();
    for (; at != sorted.end() && at->org_id == group.org_id && at->source == group.source; ++at) {
      select.Add(at->external_id);
    }
    select.CloseRow().Sql(")");
  }
}

std::map<Identity, Found> ReadBack(Connection& connection, const Bookings& bookings) {
  std::vector<Identity> identities;
  for (const auto& [identity, slots] : bookings) identities.push_back(identity);
  StatementBuilder select(
      "SELECT OrgID, Source, ExternalID, AppointmentID, ContactID, Status, CreatedBy "
      "FROM appointments FORCE INDEX (Identity) WHERE ");
  AddIdentities(select, identities);
  std::map<Identity, Found> all;
  for (const Row& row : connection.QueryBuilt(select.text())) {
    all[{row.Integer(0), row.Text(1), row.Text(2)}] = {row.Integer(3), row.Integer(4),
                                                       StatusOf(row.Text(5)), row.Id(6)};
  }
  return all;
}

/// Those of our fresh rows whose identity is known otherwise: as an older id of another booking, or
/// by events that came before it. Waits for transactions that are just writing such an id, so that
/// either side sees the other.
std::set<Identity> FindKnownIds(Connection& connection, const std::vector<Identity>& fresh) {
  std::set<Identity> known;
  if (fresh.empty()) return known;
  StatementBuilder select(
      "SELECT OrgID, Source, ExternalID FROM appointment_ids FORCE INDEX (PRIMARY) WHERE ");
  AddIdentities(select, fresh);
  for (const Row& row : connection.QueryBuilt(select.Sql(" LOCK IN SHARE MODE").text())) {
    known.insert({row.Integer(0), row.Text(1), row.Text(2)});
  }
  return known;
}

/// The slot made the row as it is.
void TakeAsMade(Slot& slot, const Found& found) {
  slot.appointment_id = found.appointment_id;
  slot.created = true;
  slot.changes_row = true;
  slot.status = found.status;
}

/// Our fresh row was made in ignorance of what is known under its id: it goes again, and the events
/// are placed with all of that in view.
void PlaceAgain(Connection& connection, Batch& batch, const Found& fresh,
                const std::vector<Slot*>& slots) {
  const std::int64_t org_id = slots.front()->org_id;
  connection.Execute("DELETE FROM appointments WHERE OrgID = ? AND AppointmentID = ?",
                     {org_id, fresh.appointment_id});
  for (Slot* slot : slots) PlaceLinked(connection, batch, *slot);
}

/// Slots that met a row that was there before them, by the row that they belong to.
using Latecomers = std::map<std::pair<std::int64_t, std::int64_t>, std::vector<Slot*>>;

void ApplyLatecomers(Connection& connection, const Batch& batch, Latecomers& latecomers) {
  std::map<std::int64_t, std::vector<std::int64_t>> ids;
  for (const auto& [key, slots] : latecomers) ids[key.first].push_back(key.second);
  for (const auto& [org_id, appointment_ids] : ids) {
    std::vector<AppointmentRow> rows = LockAppointments(connection, org_id, appointment_ids);
    if (rows.size() != appointment_ids.size()) {
      throw DatabaseError(DatabaseErrorKind::kDeadlock, 0,
                          "an appointment became part of another one meanwhile");
    }
    for (AppointmentRow& row : rows) {
      for (Slot* slot : latecomers.at({org_id, row.appointment_id})) {
        ApplyTo(connection, row, batch, *slot);
      }
    }
  }
}

/// Of bookings that begin with the replay of a delivery: those that it, or another one, made a row
/// of before.
std::set<Identity> FindMadeBefore(Connection& connection, const Batch& batch,
                                  const Bookings& bookings) {
  std::vector<Identity> replayed;
  for (const auto& [identity, slots] : bookings) {
    if (batch.jobs[slots.front()->job]->before) replayed.push_back(identity);
  }
  std::set<Identity> made;
  if (replayed.empty()) return made;
  StatementBuilder select(
      "SELECT OrgID, Source, ExternalID FROM appointments FORCE INDEX (Identity) WHERE ");
  AddIdentities(select, replayed);
  for (const Row& row : connection.QueryBuilt(select.text())) {
    made.insert({row.Integer(0), row.Text(1), row.Text(2)});
  }
  return made;
}

void PlaceInBulk(Connection& connection, Batch& batch, const Bookings& bookings) {
  const std::set<Identity> made_before = FindMadeBefore(connection, batch, bookings);
  InsertNew(connection, batch, bookings);
  const std::map<Identity, Found> all = ReadBack(connection, bookings);
  const auto is_fresh = [&](const Identity& identity) {
    return all.at(identity).created_by == batch.DeliveryOf(*bookings.at(identity).front()).id &&
           !made_before.contains(identity);
  };
  std::vector<Identity> fresh;
  for (const auto& [identity, slots] : bookings) {
    if (is_fresh(identity)) fresh.push_back(identity);
  }
  const std::set<Identity> known = FindKnownIds(connection, fresh);
  Latecomers latecomers;
  for (const auto& [identity, slots] : bookings) {
    const Found& found = all.at(identity);
    if (known.contains(identity)) {
      PlaceAgain(connection, batch, found, slots);
      continue;
    }
    const bool made = is_fresh(identity);
    if (made) TakeAsMade(*slots.front(), found);
    const std::vector<Slot*> late(slots.begin() + (made ? 1 : 0), slots.end());
    if (!late.empty()) latecomers[{identity.org_id, found.appointment_id}] = late;
  }
  ApplyLatecomers(connection, batch, latecomers);
}

}  // namespace

void WriteAppointments(Connection& connection, Batch& batch) {
  Bookings in_bulk;
  for (Slot& slot : batch.slots) {
    if (!IsLinked(slot)) in_bulk[IdentityOf(slot)].push_back(&slot);
  }
  if (!in_bulk.empty()) PlaceInBulk(connection, batch, in_bulk);
  for (Slot& slot : batch.slots) {
    if (IsLinked(slot)) PlaceLinked(connection, batch, slot);
  }
}

}  // namespace bookgate::store
