#include "store/appointment_row.hpp"

namespace bookgate::store {
namespace {

/// Milliseconds, as the columns of DATETIME(3) keep them: a finer value would be rounded there, and
/// then differ from itself when it is read again.
std::optional<base::Instant> Milliseconds(const std::optional<base::Instant>& instant) {
  if (!instant) return std::nullopt;
  return base::Instant(std::chrono::floor<std::chrono::milliseconds>(*instant));
}

template <class T>
Parameter OrNull(const std::optional<T>& value) {
  return value ? Parameter(*value) : Parameter(nullptr);
}

}  // namespace

const std::string& FactColumnsToRead() {
  static const std::string columns =
      "Status, " + IsoTime("StartTime") +
      ", DurationMinutes, TimeZone, AppointmentType, Notes, Location, HostName, HostEmail, "
      "CancelReason, Answers, Sequence, " +
      IsoTime("OccurredAt");
  return columns;
}

void AddFacts(StatementBuilder& statement, const booking::AppointmentFacts& facts) {
  statement.Add(model::StatusName(facts.status));
  statement.AddOrNull(Milliseconds(facts.start_time));
  statement.AddOrNull(facts.duration_minutes);
  statement.AddTextOrNull(facts.time_zone).AddTextOrNull(facts.appointment_type);
  statement.AddTextOrNull(facts.notes).AddTextOrNull(facts.location);
  statement.AddTextOrNull(facts.host_name).AddTextOrNull(facts.host_email);
  statement.AddTextOrNull(facts.cancel_reason).AddTextOrNull(facts.answers);
  statement.AddOrNull(facts.sequence).AddOrNull(facts.occurred_at);
}

booking::AppointmentFacts ReadFacts(const Row& row, std::size_t first_column) {
  std::size_t at = first_column;
  booking::AppointmentFacts facts;
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

void UpdateAppointment(Connection& connection, std::int64_t org_id, std::int64_t appointment_id,
                       const std::string& external_id, const booking::AppointmentFacts& facts,
                       base::Instant now) {
  const std::optional<std::int64_t> duration =
      facts.duration_minutes ? std::optional<std::int64_t>(*facts.duration_minutes) : std::nullopt;
  connection.Execute(
      "UPDATE appointments SET Status = ?, StartTime = ?, DurationMinutes = ?, TimeZone = ?, "
      "AppointmentType = ?, Notes = ?, Location = ?, HostName = ?, HostEmail = ?, "
      "CancelReason = ?, Answers = ?, Sequence = ?, OccurredAt = ?, ExternalID = ?, UpdatedAt = ? "
      "WHERE OrgID = ? AND AppointmentID = ?",
      {std::string(model::StatusName(facts.status)), OrNull(Milliseconds(facts.start_time)),
       OrNull(duration), TextOrNull(facts.time_zone), TextOrNull(facts.appointment_type),
       TextOrNull(facts.notes), TextOrNull(facts.location), TextOrNull(facts.host_name),
       TextOrNull(facts.host_email), TextOrNull(facts.cancel_reason), TextOrNull(facts.answers),
       OrNull(facts.sequence), OrNull(facts.occurred_at), external_id, now, org_id,
       appointment_id});
}

model::AppointmentStatus StatusOf(const std::string& name) {
  if (name == "cancelled") return model::AppointmentStatus::kCancelled;
  if (name == "no_show") return model::AppointmentStatus::kNoShow;
  return model::AppointmentStatus::kBooked;
}

}  // namespace bookgate::store
