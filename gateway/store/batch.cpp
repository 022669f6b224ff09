#include "store/batch.hpp"

namespace bookgate::store {

Batch MakeBatch(const std::vector<WriteJob*>& jobs) {
  Batch batch;
  batch.jobs = jobs;
  for (std::size_t i = 0; i < jobs.size(); ++i) {
    for (const model::BookingEvent& event : jobs[i]->events) {
      Slot slot;
      slot.job = i;
      slot.event = &event;
      slot.org_id = jobs[i]->delivery.org.id;
      batch.slots.push_back(slot);
    }
  }
  return batch;
}

std::vector<Written> ResultsOf(const Batch& batch) {
  std::vector<Written> results(batch.jobs.size());
  std::vector<bool> changed(batch.jobs.size(), false);
  for (const Slot& slot : batch.slots) {
    results[slot.job].appointments.push_back(
        {slot.appointment_id, slot.contact_id, slot.created, slot.contact_created, slot.status});
    if (slot.changed) changed[slot.job] = true;
  }
  for (std::size_t i = 0; i < results.size(); ++i) {
    const bool duplicate = batch.jobs[i]->outcome == model::Outcome::kStored && !changed[i];
    results[i].outcome = duplicate ? model::Outcome::kDuplicate : batch.jobs[i]->outcome;
  }
  return results;
}

}  // namespace bookgate::store
