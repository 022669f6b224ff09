/// \file lookup.hpp
/// What is asked of Acuity's API: always the appointment, for the webhook holds its id alone.
#pragma once

#include <bookgate/json.hpp>
#include <bookgate/translator.hpp>

#include <optional>
#include <string>
#include <string_view>

#include "webhook.hpp"

namespace bookgate::acuity {

inline constexpr std::string_view kProvider = "Acuity";

/// A request of that method to that path.
Lookup Request(std::string id, Method method, std::string path);

inline constexpr std::string_view kAppointmentLookup = "appointment";
/// Where problems of its reply are.
inline constexpr std::string_view kInAppointmentLookup = "lookup:appointment";

/// A cancellation can be stored by the id alone meanwhile. The others say nothing without the
/// answer: a new booking has no customer, a moved one no time.
NeedLookups AskForAppointment(const Webhook& webhook);

/// What the webhook of a cancellation says by itself.
Booking CancelledById(const Webhook& webhook);

/// Why the reply does not hold the appointment of that webhook; nullopt if `answer`, its parsed
/// body, is it.
std::optional<Problem> WhyUnknown(const LookupReply& reply, json::Value answer,
                                  const Webhook& webhook);

}  // namespace bookgate::acuity
