/// \file envelope.hpp
/// Finds the booking in what Cal.com, or a tool between it and us, has sent.
#pragma once

#include <bookgate/json.hpp>

#include <optional>
#include <string>

#include "trigger.hpp"

namespace bookgate::calcom {

/// A webhook whose members have Cal.com's own names. Values point into its document.
struct Webhook {
  Trigger trigger{};
  json::Value envelope;  ///< Holds triggerEvent and createdAt.
  json::Value booking;   ///< The payload, or the envelope itself where there is none.
  std::string pointer;   ///< Of the booking; "" for the whole body.
  bool flat = false;     ///< The booking stands beside triggerEvent.
};

/// The object that a body means: the body itself, the one element of a list (n8n's items), or the
/// `body` of a forwarded request (n8n's Webhook node).
struct Unwrapped {
  json::Value value;
  std::string pointer;
};
Unwrapped Unwrap(json::Value root);

/// Takes Cal.com's shapes apart:
/// - `{triggerEvent, createdAt, payload}`, the usual one;
/// - `{triggerEvent, createdAt, uid, attendees, …}`: MEETING_STARTED and MEETING_ENDED as Cal.com
///   sends them, and everything as n8n's Cal trigger passes it on;
/// - without triggerEvent, the booking alone: what Cal.com's Zapier app gets. Its trigger is then
///   told from `status`.
/// nullopt for anything else, such as what a custom payload template makes.
std::optional<Webhook> FindWebhook(const Unwrapped& body);

/// The names of Cal.com's own are there, so that it is no template's.
bool HasBookingNames(json::Value value);

}  // namespace bookgate::calcom
