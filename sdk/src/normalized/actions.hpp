/// \file actions.hpp
/// The words that senders use for what happened to a booking.
#pragma once

#include <bookgate/translator.hpp>

#include <optional>
#include <string_view>

namespace bookgate::normalized {

/// What a name such as "booking.created", "AppointmentDelete" or "no-show" says.
struct EventName {
  std::optional<Action> action;  ///< Empty for a name that says nothing of a booking's state.
  bool is_test = false;          ///< "ping", "test", "webhook.test".
};

/// nullopt unless every word of the text belongs to the vocabulary of event names and one of them
/// says what happened: "Haircut" and "Appointment" are none. Blanks make it a title, not a name.
std::optional<EventName> ReadEventName(std::string_view text);

/// As ReadEventName for the member `action`, which is nothing else, so that blanks are allowed.
/// Only names with an action count.
std::optional<Action> ReadAction(std::string_view text);

/// What a status such as "canceled" or "No Show" says. nullopt for every other one: a booking that
/// is "confirmed" is as booked as one that is "pending", and its action says what happened.
std::optional<Action> ReadStatus(std::string_view text);

/// A word for the thing itself, "booking" or "appointment": a kind of record, hardly of service.
bool IsRecordKind(std::string_view text);

/// The stronger of two hints: cancelled, then no-show, rescheduled, updated, booked.
Action Stronger(Action a, Action b);

}  // namespace bookgate::normalized
