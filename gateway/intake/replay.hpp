/// \file replay.hpp
/// Stored deliveries once more through the plugin as it is today.
#pragma once

#include <string>

#include "store/booking_writer.hpp"
#include "store/stored_delivery.hpp"
#include "translate/registry.hpp"

namespace bookgate::intake {

/// The stored bytes as the job that they would be today; the rules see to it that nothing is stored
/// twice. One that needs look-ups waits for them in the tables, and a gateway that runs makes them.
/// A failure says why there is nothing to replay. `done` of the job is not set.
base::Result<store::WriteJob> ReplayJob(const translate::Registry& registry,
                                        store::StoredDelivery stored);

/// What the audit log keeps of a replay: the outcome before it and after.
std::string ReplayDetails(model::Outcome before, model::Outcome after);

}  // namespace bookgate::intake
