#include "trigger.hpp"

#include <algorithm>
#include <array>

namespace bookgate::calcom {
namespace {

// RECORDING_READY and the like carry parts of a booking, but nothing that a booking webhook has not
// said before; INSTANT_MEETING is a customer who wants to talk now, without a time.
constexpr std::array<Trigger, 30> kTriggers = {{
    {"BOOKING_CREATED", Meaning::kBooked, ""},
    {"BOOKING_REQUESTED", Meaning::kRequested, "awaiting_confirmation"},
    {"BOOKING_REJECTED", Meaning::kCancelled, ""},
    {"BOOKING_RESCHEDULED", Meaning::kRescheduled, ""},
    {"BOOKING_CANCELLED", Meaning::kCancelled, ""},
    {"BOOKING_PAYMENT_INITIATED", Meaning::kUpdated, ""},
    {"BOOKING_PAID", Meaning::kUpdated, ""},
    {"BOOKING_LOCATION_UPDATED", Meaning::kUpdated, ""},
    {"BOOKING_REASSIGNED", Meaning::kUpdated, ""},
    {"BOOKING_NO_SHOW_UPDATED", Meaning::kNoShowMarked, ""},
    {"AFTER_GUESTS_CAL_VIDEO_NO_SHOW", Meaning::kGuestsAbsent, ""},
    {"MEETING_STARTED", Meaning::kMeeting, "meeting_started"},
    {"MEETING_ENDED", Meaning::kMeeting, "meeting_ended"},
    {"PING", Meaning::kIgnored, "ping"},
    {"AFTER_HOSTS_CAL_VIDEO_NO_SHOW", Meaning::kIgnored, "host_no_show"},
    {"INSTANT_MEETING", Meaning::kIgnored, "instant_meeting"},
    {"INSTANT_MEETING_ACCEPTED", Meaning::kIgnored, "instant_meeting_accepted"},
    {"RECORDING_READY", Meaning::kIgnored, "recording_ready"},
    {"RECORDING_TRANSCRIPTION_GENERATED", Meaning::kIgnored, "recording_transcription_generated"},
    {"FORM_SUBMITTED", Meaning::kIgnored, "form_submitted"},
    {"FORM_SUBMITTED_NO_EVENT", Meaning::kIgnored, "form_submitted_no_event"},
    {"ROUTING_FORM_FALLBACK_HIT", Meaning::kIgnored, "routing_form_fallback_hit"},
    {"OOO_CREATED", Meaning::kIgnored, "ooo_created"},
    {"WRONG_ASSIGNMENT_REPORT", Meaning::kIgnored, "wrong_assignment_report"},
    {"CALENDAR_ENTRY_REJECTED", Meaning::kIgnored, "calendar_entry_rejected"},
    {"DELEGATION_CREDENTIAL_ERROR", Meaning::kIgnored, "delegation_credential"},
    {"DELEGATION_CREDENTIAL_SECRET_ROTATED", Meaning::kIgnored, "delegation_credential"},
    {"DELEGATION_CREDENTIAL_ROTATION_REQUIRED", Meaning::kIgnored, "delegation_credential"},
    {"DELEGATION_CREDENTIAL_SECRET_ROTATION_FAILED", Meaning::kIgnored, "delegation_credential"},
    {"BOOKING_PAYMENT_FAILED", Meaning::kIgnored, "payment_failed"},
}};

}  // namespace

Trigger TriggerOf(std::string_view name) {
  const auto found = std::find_if(kTriggers.begin(), kTriggers.end(),
                                  [&](const Trigger& trigger) { return trigger.name == name; });
  return found != kTriggers.end() ? *found : Trigger{name, Meaning::kIgnored, "unknown_trigger"};
}

}  // namespace bookgate::calcom
