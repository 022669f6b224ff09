/// \file batch.hpp
/// A batch of deliveries on its way into the tables, as plain data that the steps of the
/// transaction fill in one after the other.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "booking/past_event.hpp"
#include "store/booking_writer.hpp"

namespace bookgate::store {

/// One event of one delivery, and the rows that it ended in.
struct Slot {
  std::size_t job = 0;    ///< Index into Batch::jobs.
  std::size_t index = 0;  ///< Into the events of that job.
  const model::BookingEvent* event = nullptr;
  std::int64_t org_id = 0;

  std::int64_t contact_id = 0;
  bool contact_created = false;
  std::int64_t appointment_id = 0;
  bool created = false;
  bool duplicate = false;    ///< Nothing in the event was new.
  bool changes_row = false;  ///< What it said can be seen in the appointment.
  model::AppointmentStatus status = model::AppointmentStatus::kBooked;
};

/// What an appointment is found by.
struct Identity {
  std::int64_t org_id = 0;
  std::string source;
  std::string external_id;

  friend auto operator<=>(const Identity&, const Identity&) = default;
};

inline Identity IdentityOf(const Slot& slot) {
  return {slot.org_id, slot.event->source, slot.event->external_id};
}

/// Refers to jobs that somebody else owns and that stay where they are.
struct Batch {
  std::vector<WriteJob*> jobs;
  std::vector<Slot> slots;  ///< In the order of arrival.

  const model::Delivery& DeliveryOf(const Slot& slot) const { return jobs[slot.job]->delivery; }
  booking::PastEvent PastEventOf(const Slot& slot) const {
    return booking::Remember(*slot.event, DeliveryOf(slot), slot.index);
  }
};

Batch MakeBatch(const std::vector<WriteJob*>& jobs);

/// What each job is answered with, after COMMIT.
std::vector<Written> ResultsOf(const Batch& batch);

}  // namespace bookgate::store
