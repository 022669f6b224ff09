/// \file invitee.hpp
/// The invitee of a webhook: who booked, what the form says, and what became of it.
#pragma once

#include <bookgate/json.hpp>
#include <bookgate/translator.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "config.hpp"

namespace bookgate::calendly {

/// The events that are about a booking.
enum class Event { kInviteeCreated, kInviteeCanceled, kNoShowCreated, kNoShowDeleted };

/// A webhook taken apart. Values point into its document.
///
/// Three shapes are told apart by the type of their members, never by their names alone: the
/// payload is the invitee, with the meeting in `scheduled_event` (today) or only a URI of it in
/// `event` (2020 to about 2023); or, as in API v1, which many tools still imitate, `invitee` and
/// `event` are objects in it.
struct Webhook {
  Event event = Event::kInviteeCreated;
  json::Value envelope;
  json::Value payload;
  json::Value invitee;
  std::string_view invitee_pointer;
  json::Value meeting;  ///< The scheduled event; absent in the old shape.
  std::string_view meeting_pointer;
};

/// `envelope` is the whole body, whose `payload` is an object.
Webhook TakeApart(Event event, json::Value envelope);

/// The booking as the webhook alone says it. What cannot be used goes into `problems`, what is
/// worth a line in the log into `notes`.
Booking ReadBooking(const Webhook& webhook, const Config& config, std::vector<Problem>& problems,
                    std::vector<std::string>& notes);

/// The id of the scheduled event, for fetching what the old shape leaves out.
std::optional<std::string> MeetingId(const Webhook& webhook);

}  // namespace bookgate::calendly
