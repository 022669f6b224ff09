#include "store/preview.hpp"

#include <optional>

#include "store/appointment_table.hpp"
#include "store/time_text.hpp"
#include "store/write_batch.hpp"

namespace bookgate::store {
namespace {

using Found = std::optional<AppointmentRow>;

std::string TextOf(const std::optional<base::Instant>& instant) {
  return instant ? TimeText(*instant) : std::string();
}

std::string TextOf(const std::optional<std::int32_t>& number) {
  return number ? std::to_string(*number) : std::string();
}

/// What people see of an appointment.
std::vector<std::pair<std::string, std::string>> Visible(const booking::Settled& settled) {
  const booking::AppointmentFacts& facts = settled.facts;
  return {{"ExternalID", settled.external_id},
          {"Status", std::string(model::StatusName(facts.status))},
          {"StartTime", TextOf(facts.start_time)},
          {"DurationMinutes", TextOf(facts.duration_minutes)},
          {"TimeZone", facts.time_zone},
          {"AppointmentType", facts.appointment_type},
          {"Notes", facts.notes},
          {"Location", facts.location},
          {"HostName", facts.host_name},
          {"HostEmail", facts.host_email},
          {"CancelReason", facts.cancel_reason},
          {"Answers", facts.answers}};
}

std::vector<FieldChange> Difference(const Found& before, const Found& after) {
  std::vector<FieldChange> changes;
  if (!before || !after) return changes;
  const auto old_fields = Visible(before->settled);
  const auto new_fields = Visible(after->settled);
  for (std::size_t i = 0; i < old_fields.size(); ++i) {
    if (old_fields[i].second == new_fields[i].second) continue;
    changes.push_back({old_fields[i].first, old_fields[i].second, new_fields[i].second});
  }
  return changes;
}

std::vector<Found> FindAll(Connection& connection, const Batch& batch) {
  std::vector<Found> found;
  for (const Slot& slot : batch.slots) {
    found.push_back(FindAppointment(connection, IdentityOf(slot)));
  }
  return found;
}

}  // namespace

Preview PreviewJob(Connection& connection, WriteJob& job) {
  const Batch batch = MakeBatch({&job});
  const std::vector<Found> before = FindAll(connection, batch);
  Preview preview;
  preview.written = WriteBatch(connection, batch).front();
  const std::vector<Found> after = FindAll(connection, batch);
  connection.Rollback();
  for (std::size_t i = 0; i < before.size(); ++i) {
    preview.changes.push_back(Difference(before[i], after[i]));
  }
  return preview;
}

}  // namespace bookgate::store
