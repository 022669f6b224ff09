#include "store/delivery_step.hpp"

#include <bookgate/text.hpp>

#include <algorithm>

#include "base/json_writer.hpp"
#include "store/appointment_row.hpp"
#include "store/appointment_table.hpp"
#include "store/fit_text.hpp"
#include "store/statement_builder.hpp"

namespace bookgate::store {
namespace {

constexpr std::size_t kContentTypeBytes = 255;
/// Enough to see what is wrong with a body; a list of a thousand bad bookings needs no thousand.
constexpr std::size_t kMaxProblems = 50;

std::string FieldsAsJson(const std::vector<model::Field>& fields) {
  if (fields.empty()) return {};
  base::JsonWriter out;
  out.Array();
  for (const model::Field& field : fields) {
    out.Object().Member("name", ToValidUtf8(field.name)).Member("value", ToValidUtf8(field.value));
    out.EndObject();
  }
  return out.EndArray().Text();
}

std::string ProblemsAsJson(const std::vector<model::Problem>& problems) {
  if (problems.empty()) return {};
  base::JsonWriter out;
  out.Array();
  for (std::size_t i = 0; i < std::min(problems.size(), kMaxProblems); ++i) {
    const model::Problem& problem = problems[i];
    out.Object().Member("in", problem.in).Member("pointer", ToValidUtf8(problem.pointer));
    out.Member("code", problem.code).Member("message", ToValidUtf8(problem.message)).EndObject();
  }
  return out.EndArray().Text();
}

std::optional<std::int64_t> AppointmentOf(const Written& written) {
  if (written.appointments.empty() || written.appointments.front().appointment_id == 0) {
    return std::nullopt;
  }
  return written.appointments.front().appointment_id;
}

/// For the owner, who wonders why nothing happened.
std::string ReasonOf(const WriteJob& job, const Written& written) {
  if (written.outcome == model::Outcome::kDuplicate) return "The same was received before.";
  if (!job.reason.empty()) return job.reason;
  if (!written.only_remembered) return {};
  return "Older than what is known of the booking: remembered, but nothing to change.";
}

void AddRow(StatementBuilder& insert, const WriteJob& job, const Written& written,
            base::Instant now) {
  const model::Delivery& delivery = job.delivery;
  insert.OpenRow().Add(delivery.org.id).Add(delivery.id).Add(delivery.provider);
  insert.Add(delivery.received_at);
  insert.AddTextOrNull(FitText(delivery.content_type, kContentTypeBytes));
  insert.AddTextOrNull(FieldsAsJson(delivery.headers));
  insert.AddTextOrNull(FieldsAsJson(delivery.query));
  insert.AddBytes(delivery.body).Add(model::OutcomeName(written.outcome));
  insert.AddTextOrNull(FitText(ReasonOf(job, written), kReasonBytes));
  insert.AddTextOrNull(ProblemsAsJson(job.problems));
  insert.AddOrNull(AppointmentOf(written)).Add(now).CloseRow();
}

/// The whole batch is one transaction, so one delivery of it that is there says that all of it is.
/// Those that were there before say nothing.
bool IsCommitted(Connection& connection, const Batch& batch) {
  for (const WriteJob* job : batch.jobs) {
    if (job->before) continue;
    return !connection
                .Query("SELECT 1 FROM deliveries WHERE OrgID = ? AND DeliveryID = ?",
                       {job->delivery.org.id, Bytes{job->delivery.id.AsBytes()}})
                .empty();
  }
  return false;
}

/// Nothing came of it that its row does not say already, or that would make it worse than it is: an
/// appointment does not go away because today's plugin would not make it again.
bool StaysAsItIs(const WriteJob& job, const Written& written) {
  if (WasStored(job)) return !written.changes_something;
  return job.before == model::Outcome::kIgnored && written.outcome == model::Outcome::kIgnored;
}

void UpdateRow(Connection& connection, const WriteJob& job, const Written& written,
               base::Instant now) {
  const std::optional<std::int64_t> appointment = AppointmentOf(written);
  connection.Execute(
      "UPDATE deliveries SET Outcome = ?, Reason = ?, Problems = ?, "
      "AppointmentID = COALESCE(?, AppointmentID), Attempts = Attempts + 1, UpdatedAt = ? "
      "WHERE OrgID = ? AND DeliveryID = ?",
      {std::string(model::OutcomeName(written.outcome)),
       TextOrNull(FitText(ReasonOf(job, written), kReasonBytes)),
       TextOrNull(ProblemsAsJson(job.problems)),
       appointment ? Parameter(*appointment) : Parameter(nullptr), now, job.delivery.org.id,
       Bytes{job.delivery.id.AsBytes()}});
}

bool WasContactMadeBy(Connection& connection, const Slot& slot, const model::Delivery& delivery) {
  const std::vector<Row> rows =
      connection.Query("SELECT CreatedBy FROM contacts WHERE OrgID = ? AND ContactID = ?",
                       {slot.org_id, slot.contact_id});
  return !rows.empty() && rows.front().Id(0) == delivery.id;
}

}  // namespace

void WriteDeliveries(Connection& connection, const Batch& batch,
                     const std::vector<Written>& results) {
  const base::Instant now = base::SystemNow();
  StatementBuilder insert(
      "INSERT INTO deliveries (OrgID, DeliveryID, Provider, ReceivedAt, ContentType, Headers, "
      "Query, Body, Outcome, Reason, Problems, AppointmentID, UpdatedAt) VALUES ");
  bool any_new = false;
  for (std::size_t i = 0; i < batch.jobs.size(); ++i) {
    const WriteJob& job = *batch.jobs[i];
    if (!job.before) {
      AddRow(insert, job, results[i], now);
      any_new = true;
    } else if (!StaysAsItIs(job, results[i])) {
      UpdateRow(connection, job, results[i], now);
    }
  }
  if (any_new) connection.ExecuteBuilt(insert.text());
}

std::optional<std::vector<Written>> ReadCommitted(Connection& connection, const Batch& batch) {
  if (!IsCommitted(connection, batch)) return std::nullopt;
  Batch read = batch;
  for (Slot& slot : read.slots) {
    const std::optional<AppointmentRow> row = FindAppointment(connection, IdentityOf(slot));
    slot.changes_row = true;
    if (!row) continue;
    const model::Delivery& delivery = batch.DeliveryOf(slot);
    slot.appointment_id = row->appointment_id;
    slot.contact_id = row->contact_id;
    slot.status = row->settled.facts.status;
    slot.created = row->created_by == delivery.id;
    slot.contact_created = WasContactMadeBy(connection, slot, delivery);
  }
  return ResultsOf(read);
}

}  // namespace bookgate::store
