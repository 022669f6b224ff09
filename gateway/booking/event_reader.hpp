/// \file event_reader.hpp
/// Makes checked booking events of what a translator emitted.
#pragma once

#include <bookgate/json.hpp>

#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "model/booking_event.hpp"
#include "model/delivery.hpp"

namespace bookgate::booking {

/// The events of one delivery in their order, or everything that is wrong with them. A translator
/// is not trusted: limits, UTF-8 and times are checked whatever it promised.
using ReadEvents = std::variant<std::vector<model::BookingEvent>, std::vector<model::Problem>>;

/// Reads `events`, objects of schemas/booking-event.json. Events without an id of their own get one
/// from the delivery (identity.hpp). Times without an offset are in the delivery's org's zone.
/// Pointers of problems begin with "/N" if there are several events. Needs a customer in no event:
/// BookingEvent::names_customer() tells.
ReadEvents ReadBookingEvents(const std::vector<json::Value>& events,
                             const model::Delivery& delivery);

}  // namespace bookgate::booking
