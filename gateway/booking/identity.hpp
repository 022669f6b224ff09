/// \file identity.hpp
/// What a booking is known by where the sender gave it no id.
#pragma once

#include <cstddef>
#include <string>

#include "model/booking_event.hpp"
#include "model/delivery.hpp"

namespace bookgate::booking {

/// An id for event number `index` of the delivery, which has none of its own, so that a retry finds
/// the row that the first try made: the request's Idempotency-Key or webhook-id; else, if there is
/// a start time, a fingerprint of source, customer, start time and type; else the delivery's own
/// id, which makes it an appointment of its own. At most 190 bytes.
std::string MakeIdentity(const model::BookingEvent& event, const model::Delivery& delivery,
                         std::size_t index);

}  // namespace bookgate::booking
