#include "store/appointment_step.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "store/appointment_row.hpp"
#include "store/appointment_table.hpp"
#include "store/statement_builder.hpp"

namespace bookgate::store {
namespace {

using booking::AppointmentFacts;

/// The slots of one booking, in their order.
using Bookings = std::map<Identity, std::vector<Slot*>>;

/// What the tables say of an identity after the new rows went in.
struct Found {
  std::int64_t appointment_id = 0;  ///< 0: nothing but a memory of an event that came too early.
  std::int64_t contact_id = 0;
  model::AppointmentStatus status = model::AppointmentStatus::kBooked;
  std::string created_by;
  bool also_known = false;  ///< There is a row of appointment_ids for it as well.
};

bool PlacedOneByOne(const Slot& slot) {
  return booking::MovesAppointment(*slot.event) || slot.contact_id == 0;
}

void InsertNew(Connection& connection, const Batch& batch, const Bookings& bookings) {
  const base::Instant now = base::SystemNow();
  StatementBuilder insert("INSERT INTO appointments (OrgID, ContactID, Source, ExternalID, ");
  insert.Sql(kFactColumns).Sql(", CreatedBy, ReceivedAt, UpdatedAt) VALUES ");
  for (const auto& [identity, slots] : bookings) {
    const Slot& first = *slots.front();
    const model::Delivery& delivery = batch.DeliveryOf(first);
    insert.OpenRow().Add(identity.org_id).Add(first.contact_id);
    insert.Add(identity.source).Add(identity.external_id);
    AddFacts(insert, booking::FactsOfFirst(*first.event));
    insert.Add(delivery.id).Add(delivery.received_at).Add(now).CloseRow();
  }
  // As with contacts: a row that is there stays as it is, and is ours alone until the end.
  insert.Sql(" ON DUPLICATE KEY UPDATE AppointmentID = AppointmentID");
  connection.ExecuteBuilt(insert.text());
}

void AddIdentities(StatementBuilder& select, const Bookings& bookings) {
  bool first_group = true;
  for (auto at = bookings.begin(); at != bookings.end();) {
    const Identity& group = at->first;
    select.Sql(first_group ? "(OrgID IN " : " OR (OrgID IN ");
    first_group = false;
    select.StartRows().OpenRow().Add(group.org_id).CloseRow();
    select.Sql(" AND Source IN ").StartRows().OpenRow().Add(group.source).CloseRow();
    select.Sql(" AND ExternalID IN ").StartRows().OpenRow();
    for (; at != bookings.end() && at->first.org_id == group.org_id &&
           at->first.source == group.source;
         ++at) {
      select.Add(at->first.external_id);
    }
    select.CloseRow().Sql(")");
  }
}

std::map<Identity, Found> ReadBack(Connection& connection, const Bookings& bookings) {
  StatementBuilder select(
      "SELECT OrgID, Source, ExternalID, AppointmentID, ContactID, Status, CreatedBy, 0 "
      "FROM appointments WHERE ");
  AddIdentities(select, bookings);
  select.Sql(
      " UNION ALL SELECT OrgID, Source, ExternalID, NULL, NULL, NULL, NULL, 1 "
      "FROM appointment_ids WHERE ");
  AddIdentities(select, bookings);
  std::map<Identity, Found> all;
  for (const Row& row : connection.QueryBuilt(select.text())) {
    Found& found = all[{row.Integer(0), row.Text(1), row.Text(2)}];
    if (row.Integer(7) != 0) {
      found.also_known = true;
      continue;
    }
    found.appointment_id = row.Integer(3);
    found.contact_id = row.Integer(4);
    found.status = StatusOf(row.Text(5));
    found.created_by = row.Text(6);
  }
  return all;
}

/// The slot made the row as it is.
void TakeAsMade(Slot& slot, std::int64_t appointment_id, model::AppointmentStatus status) {
  slot.appointment_id = appointment_id;
  slot.created = true;
  slot.changed = true;
  slot.status = status;
}

/// Applies the slot's event to a locked row and writes it where that changes something.
void ApplyTo(Connection& connection, AppointmentRow& row, Slot& slot, std::string external_id,
             const AppointmentFacts& facts) {
  slot.appointment_id = row.appointment_id;
  slot.contact_created = slot.contact_created && slot.contact_id == row.contact_id;
  slot.contact_id = row.contact_id;
  slot.status = facts.status;
  slot.changed = !(facts == row.facts) || external_id != row.external_id;
  if (!slot.changed) return;
  UpdateAppointment(connection, row.org_id, row.appointment_id, external_id, facts,
                    base::SystemNow());
  row.facts = facts;
  row.external_id = std::move(external_id);
}

void ApplyTo(Connection& connection, AppointmentRow& row, Slot& slot) {
  ApplyTo(connection, row, slot, row.external_id, booking::Apply(row.facts, *slot.event));
}

/// Two rows turn out to be one booking: the older one survives, with what the other one knows.
AppointmentRow MergeRows(Connection& connection, AppointmentRow previous, AppointmentRow current) {
  AppointmentRow& older = previous.appointment_id < current.appointment_id ? previous : current;
  AppointmentRow& newer = previous.appointment_id < current.appointment_id ? current : previous;
  ReplaceAppointment(connection, newer, older);
  AppointmentRow merged = older;
  merged.external_id = current.external_id;
  merged.facts = current.facts;
  UpdateAppointment(connection, merged.org_id, merged.appointment_id, merged.external_id,
                    merged.facts, base::SystemNow());
  if (older.external_id != merged.external_id) {
    SaveAlias(connection, {older.org_id, older.source, older.external_id}, merged.appointment_id);
  }
  return merged;
}

/// The first that is heard of a booking, by an event that cannot come in bulk.
void PlaceFirst(Connection& connection, const Batch& batch, Slot& slot) {
  if (slot.contact_id == 0) {
    RememberForLater(connection, slot);
    slot.changed = true;
    slot.status = booking::FactsOfFirst(*slot.event).status;
    return;
  }
  AppointmentFacts facts = booking::FactsOfFirst(*slot.event);
  if (const auto known = FindKnownId(connection, IdentityOf(slot))) {
    facts = WithRemembered(facts, *known);
    ForgetId(connection, IdentityOf(slot));
  }
  TakeAsMade(slot, InsertAppointment(connection, batch, slot, facts), facts.status);
}

void PlaceOne(Connection& connection, const Batch& batch, Slot& slot) {
  const model::BookingEvent& event = *slot.event;
  const Identity own = IdentityOf(slot);
  std::optional<AppointmentRow> current = FindAppointment(connection, own);
  if (!booking::MovesAppointment(event)) {
    if (current) return ApplyTo(connection, *current, slot);
    return PlaceFirst(connection, batch, slot);
  }
  const Identity before{slot.org_id, event.source, event.previous_external_id};
  std::optional<AppointmentRow> previous = FindAppointment(connection, before);
  if (previous && current && previous->appointment_id != current->appointment_id) {
    current = MergeRows(connection, *std::move(previous), *std::move(current));
    return ApplyTo(connection, *current, slot);
  }
  if (previous && !current) {
    // Only who has the id that the event moves away from moves; a row that went further before has
    // been here already, and the event's id is one more of those that it had.
    const bool moves = previous->external_id == event.previous_external_id;
    SaveAlias(connection, moves ? before : own, previous->appointment_id);
    return ApplyTo(connection, *previous, slot, moves ? event.external_id : previous->external_id,
                   booking::Apply(previous->facts, event));
  }
  if (current) {
    ApplyTo(connection, *current, slot);
  } else {
    PlaceFirst(connection, batch, slot);
  }
  if (slot.appointment_id != 0 && !previous) {
    SaveAlias(connection, before, slot.appointment_id);
  }
}

/// The identity of our fresh row is also known otherwise: it is an older id of another appointment,
/// or an event came before its booking.
void SettleKnown(Connection& connection, const Identity& identity, const Found& found, Slot& slot) {
  const std::optional<KnownId> known = FindKnownId(connection, identity);
  if (!known) return;
  if (known->appointment_id && *known->appointment_id != found.appointment_id) {
    connection.Execute("DELETE FROM appointments WHERE OrgID = ? AND AppointmentID = ?",
                       {identity.org_id, found.appointment_id});
    std::vector<AppointmentRow> rows =
        LockAppointments(connection, identity.org_id, {*known->appointment_id});
    slot.created = false;
    if (!rows.empty()) ApplyTo(connection, rows.front(), slot);
    return;
  }
  std::vector<AppointmentRow> rows =
      LockAppointments(connection, identity.org_id, {found.appointment_id});
  const AppointmentFacts facts = WithRemembered(rows.at(0).facts, *known);
  slot.status = facts.status;
  if (!(facts == rows.at(0).facts)) {
    UpdateAppointment(connection, identity.org_id, found.appointment_id, identity.external_id,
                      facts, base::SystemNow());
  }
  ForgetId(connection, identity);
}

/// Slots that met a row that was there before them, by the row that they belong to.
using Latecomers = std::map<std::pair<std::int64_t, std::int64_t>, std::vector<Slot*>>;

void ApplyLatecomers(Connection& connection, Latecomers& latecomers) {
  std::map<std::int64_t, std::vector<std::int64_t>> ids;
  for (const auto& [key, slots] : latecomers) ids[key.first].push_back(key.second);
  for (const auto& [org_id, appointment_ids] : ids) {
    for (AppointmentRow& row : LockAppointments(connection, org_id, appointment_ids)) {
      for (Slot* slot : latecomers.at({org_id, row.appointment_id})) {
        ApplyTo(connection, row, *slot);
      }
    }
  }
}

void PlaceInBulk(Connection& connection, const Batch& batch, const Bookings& bookings) {
  InsertNew(connection, batch, bookings);
  const std::map<Identity, Found> all = ReadBack(connection, bookings);
  Latecomers latecomers;
  for (const auto& [identity, slots] : bookings) {
    const Found& found = all.at(identity);
    std::int64_t appointment_id = found.appointment_id;
    const bool mine = found.created_by == batch.DeliveryOf(*slots.front()).id.AsBytes();
    if (mine) {
      TakeAsMade(*slots.front(), found.appointment_id, found.status);
      if (found.also_known) SettleKnown(connection, identity, found, *slots.front());
      appointment_id = slots.front()->appointment_id;
    }
    auto& late = latecomers[{identity.org_id, appointment_id}];
    late.insert(late.end(), slots.begin() + (mine ? 1 : 0), slots.end());
    if (late.empty()) latecomers.erase({identity.org_id, appointment_id});
  }
  ApplyLatecomers(connection, latecomers);
}

}  // namespace

void WriteAppointments(Connection& connection, Batch& batch) {
  // Where one event of a source has to be placed by itself, all of that source's are, in the order
  // in which they came: it may be about any of the others.
  std::set<std::pair<std::int64_t, std::string>> one_by_one;
  for (const Slot& slot : batch.slots) {
    if (PlacedOneByOne(slot)) one_by_one.emplace(slot.org_id, slot.event->source);
  }
  Bookings in_bulk;
  for (Slot& slot : batch.slots) {
    if (!one_by_one.contains({slot.org_id, slot.event->source})) {
      in_bulk[IdentityOf(slot)].push_back(&slot);
    }
  }
  if (!in_bulk.empty()) PlaceInBulk(connection, batch, in_bulk);
  if (one_by_one.empty()) return;
  for (Slot& slot : batch.slots) {
    if (one_by_one.contains({slot.org_id, slot.event->source})) PlaceOne(connection, batch, slot);
  }
}

}  // namespace bookgate::store
