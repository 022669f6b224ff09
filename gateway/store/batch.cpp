#include "store/batch.hpp"

namespace bookgate::store {

Batch MakeBatch(const std::vector<WriteJob*>& jobs) {
  Batch batch;
  batch.jobs = jobs;
  for (std::size_t i = 0; i < jobs.size(); ++i) {
    for (std::size_t index = 0; index < jobs[i]->events.size(); ++index) {
      Slot slot;
      slot.job = i;
      slot.index = index;
      slot.event = &jobs[i]->events[index];
      slot.org_id = jobs[i]->delivery.org.id;
      batch.slots.push_back(slot);
    }
  }
  return batch;
}

std::vector<Written> ResultsOf(const Batch& batch) {
  std::vector<Written> results(batch.jobs.size());
  std::vector<bool> news(batch.jobs.size(), false);
  std::vector<bool> visible(batch.jobs.size(), false);
  for (const Slot& slot : batch.slots) {
    results[slot.job].appointments.push_back(
        {slot.appointment_id, slot.contact_id, slot.created, slot.contact_created, slot.status});
    if (!slot.duplicate) news[slot.job] = true;
    if (slot.changes_row) visible[slot.job] = true;
  }
  for (std::size_t i = 0; i < results.size(); ++i) {
    const WriteJob& job = *batch.jobs[i];
    results[i].outcome = job.outcome;
    if (job.outcome != model::Outcome::kStored) continue;
    if (!news[i])
      results[i].outcome = job.before == model::Outcome::kStored ? model::Outcome::kStored
                                                                 : model::Outcome::kDuplicate;
    results[i].only_remembered = news[i] && !visible[i];
    results[i].changes_something = news[i];
  }
  return results;
}

}  // namespace bookgate::store
