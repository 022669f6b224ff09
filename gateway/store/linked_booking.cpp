#include "store/linked_booking.hpp"

#include <utility>
#include <vector>

#include "store/appointment_table.hpp"

namespace bookgate::store {
namespace {

using booking::PastEvent;
using booking::Verdict;

std::vector<PastEvent> HistoryOf(const KnownBookings& known) {
  std::vector<PastEvent> history;
  for (const AppointmentRow& row : known.appointments) {
    history = booking::Merge(std::move(history), row.history);
  }
  for (const PendingBooking& pending : known.pending) {
    history = booking::Merge(std::move(history), pending.history);
  }
  return history;
}

void TakeVerdict(Slot& slot, const Verdict& verdict) {
  slot.status = verdict.settled.facts.status;
  slot.duplicate = verdict.duplicate;
  slot.changes_row = verdict.changes_row;
}

void TakeRow(Slot& slot, const AppointmentRow& row, const model::Delivery& delivery) {
  slot.appointment_id = row.appointment_id;
  slot.created = row.created_by == delivery.id;
  slot.contact_created = slot.contact_created && slot.contact_id == row.contact_id;
  slot.contact_id = row.contact_id;
}

void Insert(Connection& connection, AppointmentRow& row) {
  StatementBuilder insert = InsertAppointments();
  AddAppointment(insert, row, base::SystemNow());
  connection.ExecuteBuilt(insert.text());
  row.appointment_id = connection.LastInsertId();
}

/// Slots of this transaction that a vanished appointment was given to.
void Redirect(Batch& batch, const AppointmentRow& gone, const AppointmentRow& survivor) {
  for (Slot& slot : batch.slots) {
    if (slot.org_id != gone.org_id || slot.appointment_id != gone.appointment_id) continue;
    TakeRow(slot, survivor, batch.DeliveryOf(slot));
  }
}

/// Makes one row of all that is known. Called before the survivor is written, because it may take
/// over the id of one that has to vanish.
void Unite(Connection& connection, Batch& batch, const KnownBookings& known,
           const AppointmentRow& survivor) {
  for (const AppointmentRow& row : known.appointments) {
    if (row.appointment_id == survivor.appointment_id) continue;
    ReplaceAppointment(connection, row, survivor);
    Redirect(batch, row, survivor);
  }
  for (const PendingBooking& pending : known.pending) {
    ReplacePending(connection, survivor.org_id, pending, survivor);
  }
}

}  // namespace

bool IsLinked(const Slot& slot) {
  const model::BookingEvent& event = *slot.event;
  const auto is_other = [&](const std::string& id) {
    return !id.empty() && id != event.external_id;
  };
  return slot.contact_id == 0 || is_other(event.previous_external_id) ||
         is_other(event.next_external_id);
}

AppointmentRow NewRow(const Batch& batch, const Slot& slot, booking::Verdict verdict) {
  const model::Delivery& delivery = batch.DeliveryOf(slot);
  AppointmentRow row;
  row.org_id = slot.org_id;
  row.contact_id = slot.contact_id;
  row.source = slot.event->source;
  row.created_by = delivery.id;
  row.received_at =
      base::Instant(std::chrono::floor<std::chrono::milliseconds>(delivery.received_at));
  row.settled = std::move(verdict.settled);
  row.history = std::move(verdict.history);
  return row;
}

void PlaceLinked(Connection& connection, Batch& batch, Slot& slot) {
  const PastEvent event = batch.PastEventOf(slot);
  const BookingIds ids{slot.org_id, slot.event->source, booking::IdsOf(event)};
  KnownBookings known = ClaimIds(connection, ids);
  Verdict verdict = booking::Decide(HistoryOf(known), event);
  TakeVerdict(slot, verdict);
  if (known.appointments.empty() && slot.contact_id == 0) {
    if (verdict.changes_history) SavePending(connection, ids, known.pending, verdict.history);
    return;
  }
  AppointmentRow row;
  if (known.appointments.empty()) {
    row = NewRow(batch, slot, std::move(verdict));
    Insert(connection, row);
    Unite(connection, batch, known, row);
  } else {
    row = known.appointments.front();
    Unite(connection, batch, known, row);
    const bool differs = !(row.settled == verdict.settled) || row.history != verdict.history;
    row.settled = std::move(verdict.settled);
    row.history = std::move(verdict.history);
    if (differs) UpdateAppointment(connection, row);
  }
  PointIdsAt(connection, ids, row.appointment_id);
  TakeRow(slot, row, batch.DeliveryOf(slot));
}

void ApplyTo(Connection& connection, AppointmentRow& row, const Batch& batch, Slot& slot) {
  Verdict verdict = booking::Decide(row.history, batch.PastEventOf(slot));
  TakeVerdict(slot, verdict);
  TakeRow(slot, row, batch.DeliveryOf(slot));
  if (!verdict.changes_history) return;
  row.settled = std::move(verdict.settled);
  row.history = std::move(verdict.history);
  UpdateAppointment(connection, row);
}

}  // namespace bookgate::store
