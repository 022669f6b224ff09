#include "lookup.hpp"

#include <bookgate/text.hpp>

#include <string>
#include <utility>

namespace bookgate::acuity {
namespace {

Problem InReply(std::string pointer, std::string code, std::string message) {
  return {std::move(pointer), std::move(code), std::move(message),
          std::string(kInAppointmentLookup)};
}

Problem Unavailable(std::string_view why) {
  return InReply("", "booking_unavailable",
                 std::string("the appointment is not known: ").append(why));
}

/// Of a reply that is no answer of the 200s.
Problem WhyFailed(const LookupReply& reply) {
  if (reply.outcome == BKG_LOOKUP_DENIED) {
    return Unavailable("look-ups to Acuity are not allowed, or no credential is set");
  }
  if (reply.outcome != BKG_LOOKUP_ANSWERED) {
    return Unavailable("Acuity's API could not be reached");
  }
  const std::string status = std::to_string(reply.http_status);
  if (reply.http_status == 401 || reply.http_status == 403) {
    return InReply("", "credential_refused",
                   "Acuity refused the credential with status " + status +
                       ": it is not valid any more, or its user may not see this appointment");
  }
  if (reply.http_status == 404) {
    return Unavailable("Acuity has none of that id; it may have been deleted");
  }
  return Unavailable("Acuity's API answered with status " + status);
}

}  // namespace

Lookup Request(std::string id, Method method, std::string path) {
  Lookup lookup;
  lookup.id = std::move(id);
  lookup.method = method;
  lookup.host = "acuityscheduling.com";
  lookup.path = std::move(path);
  return lookup;
}

NeedLookups AskForAppointment(const Webhook& webhook) {
  Lookup lookup = Request(std::string(kAppointmentLookup), Method::kGet,
                          "/api/v1/appointments/" + PercentEncode(webhook.id));
  // Answers that the customer gave for earlier appointments are not this one's.
  lookup.query = {{"pastFormAnswers", "false"}};
  lookup.required = webhook.event != Event::kCanceled;
  NeedLookups ask;
  ask.lookups.push_back(std::move(lookup));
  if (webhook.event == Event::kCanceled) ask.events_so_far.push_back(CancelledById(webhook));
  return ask;
}

Booking CancelledById(const Webhook& webhook) {
  Booking booking;
  booking.action = Action::kCancelled;
  booking.external_id = webhook.id;
  return booking;
}

std::optional<Problem> WhyUnknown(const LookupReply& reply, json::Value answer,
                                  const Webhook& webhook) {
  if (!reply.ok()) return WhyFailed(reply);
  if (!answer.is_object()) return Unavailable("the answer of Acuity's API holds no appointment");
  if (answer["id"].Text() == webhook.id) return std::nullopt;
  return InReply("/id", "booking_unavailable",
                 "the answer of Acuity's API is about another appointment");
}

}  // namespace bookgate::acuity
