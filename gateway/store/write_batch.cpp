#include "store/write_batch.hpp"

#include "store/appointment_step.hpp"
#include "store/contact_step.hpp"
#include "store/delivery_step.hpp"
#include "store/unfinished_step.hpp"

namespace bookgate::store {

std::vector<Written> WriteBatch(Connection& connection, Batch batch) {
  WriteContacts(connection, batch);
  WriteAppointments(connection, batch);
  WriteReferrers(connection, batch);
  std::vector<Written> results = ResultsOf(batch);
  WriteDeliveries(connection, batch, results);
  WriteUnfinished(connection, batch, results);
  return results;
}

}  // namespace bookgate::store
