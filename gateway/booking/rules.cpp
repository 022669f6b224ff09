#include "booking/rules.hpp"

#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <algorithm>
#include <compare>

namespace bookgate::booking {
namespace {

using model::Action;
using model::AppointmentStatus;
using model::BookingEvent;

/// How an event stands to what was applied before it.
enum class Order { kOlder, kSame, kNewer, kUnknown };

Order OrderOf(std::strong_ordering ordering) {
  if (ordering < 0) return Order::kOlder;
  return ordering > 0 ? Order::kNewer : Order::kSame;
}

/// The provider's version decides where both sides have one, else the time that it gives.
Order Compare(const BookingEvent& event, const AppointmentFacts& known) {
  if (event.sequence && known.sequence && *event.sequence != *known.sequence) {
    return OrderOf(*event.sequence <=> *known.sequence);
  }
  if (event.occurred_at && known.occurred_at) {
    return OrderOf(event.occurred_at->time_since_epoch().count() <=>
                   known.occurred_at->time_since_epoch().count());
  }
  return event.sequence && known.sequence ? Order::kSame : Order::kUnknown;
}

/// Half of a reschedule: another booking takes this one's place, which is no cancellation.
bool IsSuperseded(const BookingEvent& event) {
  return event.action == Action::kCancelled &&
         (event.superseded || !event.next_external_id.empty());
}

/// The status that the event means to set, if it means to set any.
std::optional<AppointmentStatus> StatusOf(const BookingEvent& event) {
  if (IsSuperseded(event)) return std::nullopt;
  switch (event.action) {
    case Action::kBooked:
    case Action::kRescheduled:
      return AppointmentStatus::kBooked;
    case Action::kCancelled:
      return AppointmentStatus::kCancelled;
    case Action::kNoShow:
      return AppointmentStatus::kNoShow;
    case Action::kUpdated:
      return std::nullopt;
  }
  return std::nullopt;
}

AppointmentStatus NextStatus(AppointmentStatus known, const BookingEvent& event, Order order) {
  const std::optional<AppointmentStatus> meant = StatusOf(event);
  if (!meant || order == Order::kOlder) return known;
  if (order == Order::kNewer) return *meant;
  // Nothing says which came first. Cancelled outweighs no-show, and that outweighs booked: a shop
  // is hurt less by a slot that it frees for nothing than by waiting for somebody who cancelled.
  const auto weight = [](AppointmentStatus status) {
    return status == AppointmentStatus::kBooked ? 0 : status == AppointmentStatus::kNoShow ? 1 : 2;
  };
  return weight(*meant) > weight(known) ? *meant : known;
}

template <class T>
void Take(T& known, const T& said, bool empty, bool said_nothing, bool overwrite) {
  if (!said_nothing && (overwrite || empty)) known = said;
}

void Take(std::string& known, const std::string& said, bool overwrite) {
  Take(known, said, known.empty(), said.empty(), overwrite);
}

template <class T>
void Take(std::optional<T>& known, const std::optional<T>& said, bool overwrite) {
  Take(known, said, !known.has_value(), !said.has_value(), overwrite);
}

std::string AnswersAsJson(const std::vector<model::Answer>& answers) {
  if (answers.empty()) return {};
  rapidjson::StringBuffer buffer;
  rapidjson::Writer<rapidjson::StringBuffer> out(buffer);
  out.StartArray();
  for (const model::Answer& answer : answers) {
    out.StartObject();
    out.Key("question");
    out.String(answer.question);
    out.Key("answer");
    out.String(answer.answer);
    out.EndObject();
  }
  out.EndArray();
  return {buffer.GetString(), buffer.GetSize()};
}

void TakeFields(AppointmentFacts& facts, const BookingEvent& event, bool overwrite) {
  Take(facts.start_time, event.start_time, overwrite);
  Take(facts.duration_minutes, event.duration_minutes, overwrite);
  Take(facts.time_zone, event.time_zone, overwrite);
  Take(facts.appointment_type, event.appointment_type, overwrite);
  Take(facts.notes, event.notes, overwrite);
  Take(facts.location, event.location, overwrite);
  Take(facts.host_name, event.host_name, overwrite);
  Take(facts.host_email, event.host_email, overwrite);
  Take(facts.cancel_reason, event.cancel_reason, overwrite);
  if (!event.answers.empty()) Take(facts.answers, AnswersAsJson(event.answers), overwrite);
}

void TakeOrder(AppointmentFacts& facts, const BookingEvent& event) {
  if (event.sequence) facts.sequence = std::max(event.sequence, facts.sequence);
  if (event.occurred_at) facts.occurred_at = std::max(event.occurred_at, facts.occurred_at);
}

}  // namespace

AppointmentFacts FactsOfFirst(const BookingEvent& event) {
  AppointmentFacts facts;
  facts.status = StatusOf(event).value_or(AppointmentStatus::kBooked);
  TakeFields(facts, event, true);
  TakeOrder(facts, event);
  return facts;
}

AppointmentFacts Apply(const AppointmentFacts& known, const BookingEvent& event) {
  const Order order = Compare(event, known);
  AppointmentFacts facts = known;
  facts.status = NextStatus(known.status, event, order);
  // The superseded half of a reschedule tells of the old slot, so it must not overwrite the new
  // one.
  TakeFields(facts, event, order != Order::kOlder && !IsSuperseded(event));
  TakeOrder(facts, event);
  return facts;
}

}  // namespace bookgate::booking
