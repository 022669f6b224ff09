/// \file booking_json.hpp
/// Booking events as the API shows them: the names of schemas/booking-event.json.
#pragma once

#include "base/json_writer.hpp"
#include "model/booking_event.hpp"

namespace bookgate::admin {

/// null where the event does not say it.
void WriteBooking(base::JsonWriter& json, const model::BookingEvent& event);

}  // namespace bookgate::admin
