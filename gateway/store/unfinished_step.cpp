#include "store/unfinished_step.hpp"

#include "store/statement_builder.hpp"

namespace bookgate::store {
namespace {

/// What was received before has its look-ups made, or is about to.
bool IsWorthIt(const WriteJob& job, const Written& written) {
  return job.next_attempt_in && written.outcome != model::Outcome::kDuplicate;
}

void AddRow(StatementBuilder& insert, const WriteJob& job, base::Instant now) {
  const model::Delivery& delivery = job.delivery;
  insert.OpenRow().Add(delivery.org.id).Add(delivery.id).Add(delivery.provider);
  insert.Add(now + *job.next_attempt_in).Add(now).CloseRow();
}

/// One that is in the tables already. How long it has waited stays as it is.
void Upsert(Connection& connection, const WriteJob& job, base::Instant now) {
  const base::Instant next = now + *job.next_attempt_in;
  const model::Delivery& delivery = job.delivery;
  connection.Execute(
      "INSERT INTO unfinished_deliveries (OrgID, DeliveryID, Provider, NextAttemptAt, Replayed, "
      "WaitsSince) VALUES (?, ?, ?, ?, ?, ?) ON DUPLICATE KEY UPDATE NextAttemptAt = ?",
      {delivery.org.id, Bytes{delivery.id.AsBytes()}, delivery.provider, next,
       std::int64_t{WasStored(job)}, now, next});
}

void Delete(Connection& connection, const WriteJob& job) {
  connection.Execute("DELETE FROM unfinished_deliveries WHERE OrgID = ? AND DeliveryID = ?",
                     {job.delivery.org.id, Bytes{job.delivery.id.AsBytes()}});
}

}  // namespace

void WriteUnfinished(Connection& connection, const Batch& batch,
                     const std::vector<Written>& results) {
  const base::Instant now = base::SystemNow();
  StatementBuilder insert(
      "INSERT INTO unfinished_deliveries (OrgID, DeliveryID, Provider, NextAttemptAt, WaitsSince) "
      "VALUES ");
  bool any_new = false;
  for (std::size_t i = 0; i < batch.jobs.size(); ++i) {
    const WriteJob& job = *batch.jobs[i];
    if (!job.before) {
      if (!IsWorthIt(job, results[i])) continue;
      AddRow(insert, job, now);
      any_new = true;
    } else if (job.next_attempt_in) {
      Upsert(connection, job, now);
    } else {
      Delete(connection, job);
    }
  }
  if (any_new) connection.ExecuteBuilt(insert.text());
}

}  // namespace bookgate::store
