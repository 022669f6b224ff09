#include "envelope.hpp"

#include <bookgate/text.hpp>

#include <utility>

namespace bookgate::calcom {
namespace {

/// A booking that came without its trigger.
Trigger TriggerOfStatus(json::Value booking) {
  const std::string status = ToLowerAscii(booking["status"].RawString().value_or(""));
  if (status == "cancelled") return TriggerOf("BOOKING_CANCELLED");
  if (status == "rejected") return TriggerOf("BOOKING_REJECTED");
  if (status == "pending") return TriggerOf("BOOKING_REQUESTED");
  return TriggerOf("BOOKING_CREATED");
}

bool IsNative(json::Value value) {
  return value["triggerEvent"].is_string() || HasBookingNames(value);
}

}  // namespace

bool HasBookingNames(json::Value value) {
  if (value["bookingUid"].has_value()) return true;
  return value["attendees"].is_array() &&
         (value["startTime"].has_value() || value["uid"].has_value());
}

Unwrapped Unwrap(json::Value root) {
  Unwrapped found{root, ""};
  if (found.value.is_array() && found.value.size() == 1) {
    found.value = found.value[0];
    found.pointer += "/0";
  }
  const json::Value forwarded = found.value["body"];
  if (!IsNative(found.value) && IsNative(forwarded)) {
    found.value = forwarded;
    found.pointer += "/body";
  }
  return found;
}

std::optional<Webhook> FindWebhook(const Unwrapped& body) {
  Webhook webhook;
  webhook.envelope = body.value;
  webhook.pointer = body.pointer;
  webhook.flat = !body.value["payload"].is_object();
  webhook.booking = webhook.flat ? body.value : body.value["payload"];
  if (!webhook.flat) webhook.pointer += "/payload";

  const std::optional<std::string> name = body.value["triggerEvent"].Text();
  if (!name) {
    if (!HasBookingNames(webhook.booking)) return std::nullopt;
    webhook.trigger = TriggerOfStatus(webhook.booking);
    return webhook;
  }
  webhook.trigger = TriggerOf(*name);
  const bool ours = !webhook.flat || HasBookingNames(webhook.booking) ||
                    webhook.trigger.meaning == Meaning::kIgnored ||
                    webhook.trigger.meaning == Meaning::kMeeting;
  if (!ours) return std::nullopt;
  return webhook;
}

}  // namespace bookgate::calcom
