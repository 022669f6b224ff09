/// \file webhook.hpp
/// What a webhook of Acuity says by itself: which appointment, and roughly what happened to it.
#pragma once

#include <bookgate/json.hpp>
#include <bookgate/translator.hpp>

#include <string>
#include <string_view>
#include <variant>

namespace bookgate::acuity {

/// The actions that are about an appointment. kChanged comes for every change, beside the others.
enum class Event { kScheduled, kRescheduled, kCanceled, kChanged };

struct Webhook {
  Event event = Event::kChanged;
  std::string id;  ///< Of the appointment. Text here, a number in the API.
};

/// Reads the form that Acuity sends. Names count with their case (`calendarID`); of a name that
/// comes twice the first is taken.
std::variant<Webhook, Ignore, Reject> ReadForm(std::string_view body);

/// Reads the same as a JSON object, as n8n's trigger hands it on. Where that has fetched the
/// appointment, the object is the appointment and names no action: then it is kChanged.
std::variant<Webhook, Ignore, Reject> ReadForwarded(json::Value body);

/// The object is an appointment of the API and not just the fields of a webhook.
bool IsAppointment(json::Value body);

}  // namespace bookgate::acuity
