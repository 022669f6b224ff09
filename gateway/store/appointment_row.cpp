#include "store/appointment_row.hpp"

#include <stdexcept>
#include <utility>

#include "booking/history_text.hpp"

namespace bookgate::store {
namespace {

using booking::AppointmentFacts;
using booking::PastEvent;

template <class T>
Parameter OrNull(const std::optional<T>& value) {
  return value ? Parameter(*value) : Parameter(nullptr);
}

/// The event that a row without a history was made of: the row says all that the event said.
PastEvent EventOf(const AppointmentRow& row) {
  PastEvent event;
  static_cast<booking::AppointmentFields&>(event) =
      static_cast<const booking::AppointmentFields&>(row.settled.facts);
  event.external_id = row.settled.external_id;
  event.sequence = row.settled.facts.sequence;
  event.occurred_at = row.settled.facts.occurred_at;
  event.observed_at = row.received_at;
  event.delivery_id = row.created_by;
  return event;
}

/// EventOf(row) would be that event. Compared in place: every new booking comes by here.
bool SaysItAll(const AppointmentRow& row, const PastEvent& event) {
  const AppointmentFacts& facts = row.settled.facts;
  return booking::IsPlain(event) && event.external_id == row.settled.external_id &&
         event.delivery_id == row.created_by && event.observed_at == row.received_at &&
         event.sequence == facts.sequence && event.occurred_at == facts.occurred_at &&
         static_cast<const booking::AppointmentFields&>(event) == facts;
}

/// "" where the row says it all: for most rows, which is why it is worth the trouble.
std::string HistoryColumn(const AppointmentRow& row) {
  const bool says_it_all = row.history.size() == 1 && SaysItAll(row, row.history.front());
  return says_it_all ? std::string() : booking::HistoryToText(row.history);
}

AppointmentFacts ReadFacts(const Row& row, std::size_t at) {
  AppointmentFacts facts;
  facts.status = StatusOf(row.Text(at++));
  facts.start_time = row.Time(at++);
  if (!row.IsNull(at)) facts.duration_minutes = static_cast<std::int32_t>(row.Integer(at));
  ++at;
  facts.time_zone = row.Text(at++);
  facts.appointment_type = row.Text(at++);
  facts.notes = row.Text(at++);
  facts.location = row.Text(at++);
  facts.host_name = row.Text(at++);
  facts.host_email = row.Text(at++);
  facts.cancel_reason = row.Text(at++);
  facts.answers = row.Text(at++);
  if (!row.IsNull(at)) facts.sequence = row.Integer(at);
  ++at;
  facts.occurred_at = row.Time(at);
  return facts;
}

}  // namespace

const std::string& AppointmentColumnsToRead() {
  static const std::string columns =
      "OrgID, AppointmentID, ContactID, Source, ExternalID, CreatedBy, " + IsoTime("ReceivedAt") +
      ", History, Status, " + IsoTime("StartTime") +
      ", DurationMinutes, TimeZone, AppointmentType, Notes, Location, HostName, HostEmail, "
      "CancelReason, Answers, Sequence, " +
      IsoTime("OccurredAt");
  return columns;
}

AppointmentRow ReadAppointment(const Row& row) {
  AppointmentRow read;
  read.org_id = row.Integer(0);
  read.appointment_id = row.Integer(1);
  read.contact_id = row.Integer(2);
  read.source = row.Text(3);
  read.settled.external_id = row.Text(4);
  read.created_by = row.Id(5);
  read.received_at = row.Time(6).value_or(base::Instant{});
  read.settled.facts = ReadFacts(row, 8);
  read.history = row.IsNull(7) ? std::vector<PastEvent>{EventOf(read)} : ReadHistory(row.Text(7));
  return read;
}

std::vector<PastEvent> ReadHistory(const std::string& text) {
  std::optional<std::vector<PastEvent>> history = booking::HistoryFromText(text);
  if (!history || history->empty()) {
    throw std::runtime_error("the history of a booking in the database cannot be read");
  }
  return *std::move(history);
}

StatementBuilder InsertAppointments() {
  return StatementBuilder(
      "INSERT INTO appointments (OrgID, ContactID, Source, ExternalID, Status, StartTime, "
      "DurationMinutes, TimeZone, AppointmentType, Notes, Location, HostName, HostEmail, "
      "CancelReason, Answers, Sequence, OccurredAt, History, CreatedBy, ReceivedAt, UpdatedAt) "
      "VALUES ");
}

void AddAppointment(StatementBuilder& insert, const AppointmentRow& row, base::Instant now) {
  const AppointmentFacts& facts = row.settled.facts;
  insert.OpenRow().Add(row.org_id).Add(row.contact_id);
  insert.Add(row.source).Add(row.settled.external_id);
  insert.Add(model::StatusName(facts.status));
  insert.AddOrNull(facts.start_time).AddOrNull(facts.duration_minutes);
  insert.AddTextOrNull(facts.time_zone).AddTextOrNull(facts.appointment_type);
  insert.AddTextOrNull(facts.notes).AddTextOrNull(facts.location);
  insert.AddTextOrNull(facts.host_name).AddTextOrNull(facts.host_email);
  insert.AddTextOrNull(facts.cancel_reason).AddTextOrNull(facts.answers);
  insert.AddOrNull(facts.sequence).AddOrNull(facts.occurred_at);
  insert.AddTextOrNull(HistoryColumn(row));
  insert.Add(row.created_by).Add(row.received_at).Add(now).CloseRow();
}

void UpdateAppointment(Connection& connection, const AppointmentRow& row) {
  const AppointmentFacts& facts = row.settled.facts;
  const std::optional<std::int64_t> duration =
      facts.duration_minutes ? std::optional<std::int64_t>(*facts.duration_minutes) : std::nullopt;
  connection.Execute(
      "UPDATE appointments SET Status = ?, StartTime = ?, DurationMinutes = ?, TimeZone = ?, "
      "AppointmentType = ?, Notes = ?, Location = ?, HostName = ?, HostEmail = ?, "
      "CancelReason = ?, Answers = ?, Sequence = ?, OccurredAt = ?, History = ?, ExternalID = ?, "
      "UpdatedAt = ? WHERE OrgID = ? AND AppointmentID = ?",
      {std::string(model::StatusName(facts.status)), OrNull(facts.start_time), OrNull(duration),
       TextOrNull(facts.time_zone), TextOrNull(facts.appointment_type), TextOrNull(facts.notes),
       TextOrNull(facts.location), TextOrNull(facts.host_name), TextOrNull(facts.host_email),
       TextOrNull(facts.cancel_reason), TextOrNull(facts.answers), OrNull(facts.sequence),
       OrNull(facts.occurred_at), TextOrNull(HistoryColumn(row)), row.settled.external_id,
       base::SystemNow(), row.org_id, row.appointment_id});
}

model::AppointmentStatus StatusOf(const std::string& name) {
  if (name == "cancelled") return model::AppointmentStatus::kCancelled;
  if (name == "no_show") return model::AppointmentStatus::kNoShow;
  return model::AppointmentStatus::kBooked;
}

}  // namespace bookgate::store
