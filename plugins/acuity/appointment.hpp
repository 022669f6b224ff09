/// \file appointment.hpp
/// The appointment as Acuity's API shows it: its state now, which may be later than the webhook.
#pragma once

#include <bookgate/json.hpp>
#include <bookgate/translator.hpp>

#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "webhook.hpp"

namespace bookgate::acuity {

/// The booking that the appointment is now. What is missing but not needed goes into `notes`. A
/// Reject, with problems that are `in` "body" or a look-up, if an appointment that stands has no
/// start, or if a new one has no customer.
///
/// Webhooks come without time or version, double each other (`changed`), and are fetched late, so
/// it is the state that decides and not the action. Two webhooks about one state say the same, but
/// for this: an appointment that stands is booked where the webhook calls it new, else rescheduled,
/// which takes over the time. It is never `updated`, which would not bring a booking that nobody
/// has told of.
std::variant<Booking, Reject> ReadAppointment(json::Value appointment, const Webhook& webhook,
                                              std::string_view in, std::vector<std::string>& notes);

}  // namespace bookgate::acuity
