// Calendly's webhooks as booking events.
//
// A reschedule is two webhooks in any order, invitee.created of the new invitee and
// invitee.canceled of the old one, linked by the invitees' URIs (Calendly, "Automate Your
// Process"). Both say so here; the gateway's rules make one appointment of them.
#include <bookgate/json.hpp>
#include <bookgate/limits.hpp>
#include <bookgate/text.hpp>
#include <bookgate/translator.hpp>
#include <bookgate_manifest.hpp>

#include <array>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "config.hpp"
#include "invitee.hpp"
#include "list_bookings.hpp"
#include "scheduled_event.hpp"
#include "subscriptions.hpp"

namespace bookgate::calendly {
namespace {

constexpr std::string_view kMeetingLookup = "event";

std::optional<Event> EventOf(std::string_view name) {
  if (name == "invitee.created") return Event::kInviteeCreated;
  if (name == "invitee.canceled") return Event::kInviteeCanceled;
  if (name == "invitee_no_show.created") return Event::kNoShowCreated;
  if (name == "invitee_no_show.deleted") return Event::kNoShowDeleted;
  return std::nullopt;
}

/// New event names appear from time to time, so an unknown one is nothing to complain about.
Ignore IgnoreEvent(std::string_view name) {
  constexpr std::array<std::string_view, 4> kFamilies = {"routing_form_submission", "event_type",
                                                         "meeting_recap", "contact"};
  for (const std::string_view family : kFamilies) {
    if (name.starts_with(family) && name.substr(family.size()).starts_with('.')) {
      return Ignore{std::string(family)};
    }
  }
  return Ignore{"unknown_event"};
}

/// Old webhooks name the meeting without its time. The old half of a reschedule needs none: the new
/// half brings the time that counts.
bool NeedsMeeting(const Booking& booking) {
  return !booking.start_time && !booking.superseded && !booking.next_external_id;
}

NeedLookups AskForMeeting(const std::string& id, Booking booking) {
  Lookup lookup;
  lookup.id = kMeetingLookup;
  lookup.host = "api.calendly.com";
  lookup.path = "/scheduled_events/" + PercentEncode(id);
  NeedLookups ask;
  ask.lookups.push_back(std::move(lookup));
  ask.events_so_far.push_back(std::move(booking));
  return ask;
}

std::string WhyNoMeeting(const LookupReply& reply) {
  if (reply.outcome == BKG_LOOKUP_DENIED) {
    return "The start time was not looked up: look-ups are not allowed or have no API token.";
  }
  if (reply.outcome != BKG_LOOKUP_ANSWERED) return "The start time could not be looked up.";
  return "The start time could not be looked up: the API answered with status " +
         std::to_string(reply.http_status) + ".";
}

/// Completes the booking by the API's answer, or leaves it as it is and says why.
void ReadMeeting(const LookupReply& reply, Booking& booking, std::vector<std::string>& notes) {
  if (!reply.ok()) {
    notes.push_back(WhyNoMeeting(reply));
    return;
  }
  const std::optional<json::Document> document = json::Document::Parse(reply.body);
  const json::Value resource = document ? document->root()["resource"] : json::Value();
  std::vector<Problem> problems;
  ReadScheduledEvent(resource, "/resource", booking, problems);
  if (!booking.start_time) notes.push_back("The API's answer holds no start time.");
}

Decision TranslateBooking(const Webhook& webhook, const StepInput& input, const Config& config) {
  std::vector<Problem> problems;
  std::vector<std::string> notes;
  Booking booking = ReadBooking(webhook, config, problems, notes);
  if (!problems.empty()) return Reject{std::move(problems)};

  const std::optional<std::string> meeting =
      NeedsMeeting(booking) ? MeetingId(webhook) : std::nullopt;
  if (meeting) {
    const std::optional<LookupReply> reply = input.Reply(kMeetingLookup);
    if (!reply) {
      FitToLimits(booking);
      return AskForMeeting(*meeting, std::move(booking));
    }
    ReadMeeting(*reply, booking, notes);
  }
  FitToLimits(booking);
  Bookings bookings = One(std::move(booking));
  bookings.notes = std::move(notes);
  return bookings;
}

Decision Translate(const StepInput& input) {
  const std::optional<json::Document> document = json::Document::Parse(input.body());
  if (!document || !document->root().is_object()) {
    return RejectAt("", "not_json", "the body is not a JSON object");
  }
  const json::Value root = document->root();
  const std::optional<std::string> name = root["event"].Text();
  if (!name) return RejectAt("/event", "missing", "the body does not name its event");
  const std::optional<Event> event = EventOf(*name);
  if (!event) return IgnoreEvent(*name);
  if (!root["payload"].is_object()) {
    return RejectAt("/payload", root["payload"].has_value() ? "bad_type" : "missing",
                    "the body has no payload object");
  }
  const Config config = ReadConfig(input.config());
  const bool no_show = *event == Event::kNoShowCreated || *event == Event::kNoShowDeleted;
  if (no_show && !config.no_show_events) return Ignore{"no_show_disabled"};
  return TranslateBooking(TakeApart(*event, root), input, config);
}

}  // namespace

struct Calendly {
  static constexpr std::string_view kManifest = bookgate_manifest::kText;

  static Decision Step(const StepInput& input) {
    const std::string_view operation = input.operation();
    if (operation == "translate") return Translate(input);
    if (operation == "unregister_webhook") return UnregisterWebhook(input);
    if (operation == "webhook_status") return WebhookStatus(input);
    const Config config = ReadConfig(input.config());
    if (operation == "register_webhook") return RegisterWebhook(input, config);
    if (operation == "list_bookings") return ListBookings(input, config);
    return RejectAt("", "unknown_operation", "this translator does not know the operation");
  }
};

}  // namespace bookgate::calendly

BKG_TRANSLATOR(bookgate::calendly::Calendly)
