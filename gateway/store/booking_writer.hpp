/// \file booking_writer.hpp
/// Where deliveries and what they caused become rows: step 5 of the way.
#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "base/unique_function.hpp"
#include "model/booking_event.hpp"
#include "model/delivery.hpp"

namespace bookgate::store {

/// The row that one event ended in.
struct WrittenAppointment {
  std::int64_t appointment_id = 0;
  std::int64_t contact_id = 0;
  bool created = false;  ///< This delivery made the row, even if the connection broke after COMMIT.
  bool contact_created = false;
  model::AppointmentStatus status = model::AppointmentStatus::kBooked;
};

/// What was committed.
struct Written {
  model::Outcome outcome = model::Outcome::kStored;
  std::vector<WrittenAppointment> appointments;  ///< One for each event, in their order.
  /// What it said is older than what was known, so that no appointment looks other than before.
  bool only_remembered = false;
  bool changes_something = false;  ///< Something was new in it, if only to be remembered.
};

/// Gets the result on a writer's thread, exactly once. A failure means that nothing of the delivery
/// is in the database.
using WriteDone = base::UniqueFunction<void(base::Result<Written>)>;

/// One delivery to write, with the events that it caused: all of them or nothing.
struct WriteJob {
  model::Delivery delivery;
  /// The outcome that it has in the tables, of one that is there already: a replay, or one that was
  /// held and is finished now. What was stored stays stored, whatever comes of it today.
  std::optional<model::Outcome> before;
  /// kStored for a delivery with events: the writer makes kDuplicate of it where nothing changed.
  /// Any other outcome comes without events and is written as it is.
  model::Outcome outcome = model::Outcome::kStored;
  std::string reason;  ///< In plain words, for the owner. Empty if there is nothing to explain.
  std::vector<model::Problem> problems;  ///< What was wrong with it, and where.
  std::vector<model::BookingEvent> events;
  /// Look-ups are still to be made: when the next attempt is. nullopt: the delivery is finished.
  std::optional<std::chrono::milliseconds> next_attempt_in;
  WriteDone done;
};

/// Its events are in the tables already.
inline bool WasStored(const WriteJob& job) {
  return job.before == model::Outcome::kStored || job.before == model::Outcome::kDuplicate;
}

/// Takes deliveries to write. An interface, so that the whole way runs in a test without a
/// database.
class BookingSink {
 public:
  virtual ~BookingSink() = default;
  /// Queues the job and gives true; gives false, and leaves the job as it was, if the queue is full
  /// or the sink is stopping. Thread-safe; never blocks on the database.
  virtual bool Submit(WriteJob& job) = 0;
};

}  // namespace bookgate::store
