#include "invitee.hpp"

#include <bookgate/text.hpp>
#include <bookgate/time.hpp>

#include <initializer_list>
#include <utility>

#include "questions.hpp"
#include "scheduled_event.hpp"
#include "uri.hpp"

namespace bookgate::calendly {
namespace {

constexpr std::string_view kNotesQuestion =
    "Please share anything that will help prepare for our meeting.";
constexpr std::size_t kLongestId = 190;

std::optional<std::string> FirstText(std::initializer_list<json::Value> values) {
  for (const json::Value value : values) {
    if (std::optional<std::string> text = value.Text()) return text;
  }
  return std::nullopt;
}

/// The first of them that is a time. Order matters and is documented where this is called.
std::optional<std::string> FirstTime(std::initializer_list<json::Value> values) {
  for (const json::Value value : values) {
    const std::optional<std::string_view> text = value.RawString();
    const std::optional<Timestamp> time = text ? ParseTimestamp(*text) : std::nullopt;
    if (time) return FormatTimestamp(*time);
  }
  return std::nullopt;
}

/// The id of a linked invitee: a URI, or in API v1 an object.
std::optional<std::string> LinkedInvitee(json::Value link) {
  if (link.is_object()) return link["uuid"].Text();
  return InviteeId(link.RawString().value_or(""));
}

bool IsNoShow(Event event) {
  return event == Event::kNoShowCreated || event == Event::kNoShowDeleted;
}

/// The invitee's own state counts: the scheduled event's stays active while one invitee of a group
/// cancels.
bool IsCancelled(const Webhook& webhook) {
  if (webhook.event == Event::kInviteeCanceled) return true;
  return webhook.event == Event::kInviteeCreated &&
         (webhook.invitee["status"].RawString() == "canceled" ||
          webhook.invitee["canceled"].Bool().value_or(false));
}

/// The invitee's id, which is the booking's: in a group event several invitees share one event.
std::optional<std::string> ReadId(const Webhook& webhook) {
  for (const json::Value uri :
       {webhook.payload["uri"], webhook.invitee["uri"], webhook.payload["invitee"]}) {
    if (std::optional<std::string> id = InviteeId(uri.RawString().value_or(""))) return id;
  }
  if (webhook.invitee_pointer == "/payload") return std::nullopt;
  if (std::optional<std::string> id = webhook.invitee["uuid"].Text()) return id;
  // Imitations of API v1 often have the event's id only. With the address it names the invitee.
  const std::optional<std::string> event_id = webhook.payload["event"]["uuid"].Text();
  const std::optional<std::string> email = webhook.invitee["email"].Text();
  if (!event_id || !email) return std::nullopt;
  return *event_id + "/" + ToLowerAscii(*email);
}

void ReadIds(const Webhook& webhook, Booking& booking, std::vector<std::string>& notes) {
  booking.external_id = ReadId(webhook);
  if (booking.external_id && booking.external_id->size() > kLongestId) booking.external_id.reset();
  if (!booking.external_id) {
    notes.push_back(
        "The webhook has no invitee URI: the booking is known by its customer and time.");
  }
  // `rescheduled` is true in created webhooks of the documentation's example too, so only the links
  // are believed there.
  if (webhook.event == Event::kInviteeCreated) {
    booking.previous_external_id = LinkedInvitee(webhook.payload["old_invitee"]);
  }
  if (booking.action == Action::kCancelled) {
    booking.next_external_id = LinkedInvitee(webhook.payload["new_invitee"]);
    booking.superseded =
        !booking.next_external_id && webhook.payload["rescheduled"].Bool().value_or(false);
  }
}

void ReadAction(const Webhook& webhook, Booking& booking) {
  if (IsCancelled(webhook)) {
    booking.action = Action::kCancelled;
  } else if (webhook.event == Event::kNoShowCreated) {
    booking.action = Action::kNoShow;
  } else if (webhook.event == Event::kInviteeCreated &&
             LinkedInvitee(webhook.payload["old_invitee"])) {
    booking.action = Action::kRescheduled;
  }
  // A removed no-show mark makes it a booking again, by being later than the mark.
}

/// When it happened: what the event is about, else the invitee's revision, else when the webhook
/// was made. The envelope's time is the last choice for it is cut to seconds in older webhooks.
std::optional<std::string> OccurredAt(const Webhook& webhook, const Booking& booking) {
  const json::Value invitee = webhook.invitee;
  const json::Value made = webhook.envelope["created_at"];
  switch (webhook.event) {
    case Event::kNoShowCreated:
      return FirstTime({invitee["no_show"]["created_at"], made, webhook.envelope["time"]});
    case Event::kNoShowDeleted:
      return FirstTime({made, webhook.envelope["time"]});
    case Event::kInviteeCreated:
    case Event::kInviteeCanceled:
      break;
  }
  if (booking.action == Action::kCancelled) {
    return FirstTime({invitee["cancellation"]["created_at"], invitee["canceled_at"],
                      webhook.meeting["canceled_at"], invitee["updated_at"], made,
                      webhook.envelope["time"]});
  }
  return FirstTime({invitee["updated_at"], invitee["created_at"], made, webhook.envelope["time"]});
}

std::optional<std::string> ReadName(json::Value invitee) {
  if (std::optional<std::string> name = invitee["name"].Text()) return name;
  std::optional<std::string> first = invitee["first_name"].Text();
  std::optional<std::string> last = invitee["last_name"].Text();
  if (first && last) return *first + " " + *last;
  return first ? first : last;
}

void ReadForm(const Webhook& webhook, const Config& config, Booking& booking) {
  booking.answers = ReadAnswers(webhook.payload);
  if (booking.answers.empty()) booking.answers = ReadAnswers(webhook.invitee);
  booking.appointment_type = AnswerTo(config.appointment_type_question, booking.answers);
  booking.referred_by = AnswerTo(config.referrer_question, booking.answers);
  booking.notes = AnswerTo(kNotesQuestion, booking.answers);
}

/// The email, unless it is none. Decided last: with a phone number the booking can do without.
void ReadEmail(const Webhook& webhook, Booking& booking, std::vector<Problem>& problems,
               std::vector<std::string>& notes) {
  std::optional<std::string> email = webhook.invitee["email"].Text();
  if (email && LooksLikeEmail(*email)) {
    booking.customer_email = std::move(email);
    return;
  }
  if (booking.customer_phone) {
    if (email) notes.push_back("The invitee's email is no address and was left out.");
    return;
  }
  // A no-show mark is about a booking that is known already; its id is enough.
  if (IsNoShow(webhook.event) && booking.external_id) return;
  problems.push_back({std::string(webhook.invitee_pointer) + "/email",
                      email ? "bad_email" : "missing",
                      email ? "is not an email address"
                            : "the invitee has neither an email address nor a phone number"});
}

void ReadPhone(const Webhook& webhook, Booking& booking) {
  std::optional<std::string> number = webhook.invitee["text_reminder_number"].Text();
  if (number && LooksLikePhone(*number)) booking.customer_phone = std::move(number);
}

}  // namespace

Webhook TakeApart(Event event, json::Value envelope) {
  Webhook webhook;
  webhook.event = event;
  webhook.envelope = envelope;
  webhook.payload = envelope["payload"];
  const bool nested = webhook.payload["invitee"].is_object();
  webhook.invitee = nested ? webhook.payload["invitee"] : webhook.payload;
  webhook.invitee_pointer = nested ? "/payload/invitee" : "/payload";
  if (webhook.payload["scheduled_event"].is_object()) {
    webhook.meeting = webhook.payload["scheduled_event"];
    webhook.meeting_pointer = "/payload/scheduled_event";
  } else if (webhook.payload["event"].is_object()) {
    webhook.meeting = webhook.payload["event"];
    webhook.meeting_pointer = "/payload/event";
  }
  return webhook;
}

Booking ReadBooking(const Webhook& webhook, const Config& config, std::vector<Problem>& problems,
                    std::vector<std::string>& notes) {
  Booking booking;
  ReadAction(webhook, booking);
  ReadIds(webhook, booking, notes);
  booking.occurred_at = OccurredAt(webhook, booking);
  booking.customer_name = ReadName(webhook.invitee);
  if (std::optional<std::string> zone = webhook.invitee["timezone"].Text();
      zone && LooksLikeTimeZone(*zone)) {
    booking.time_zone = std::move(zone);
  }
  if (booking.action == Action::kCancelled) {
    booking.cancel_reason =
        FirstText({webhook.invitee["cancellation"]["reason"], webhook.invitee["cancel_reason"]});
  }
  ReadForm(webhook, config, booking);
  // Three places for the number, in this order: reminders by text, a call by the host, the form.
  ReadPhone(webhook, booking);
  ReadScheduledEvent(webhook.meeting, webhook.meeting_pointer, booking, problems);
  if (!booking.appointment_type) {
    booking.appointment_type = FirstText({webhook.payload["event_type"]["name"]});
  }
  if (!booking.customer_phone) booking.customer_phone = PhoneAnswer(booking.answers);
  ReadEmail(webhook, booking, problems, notes);
  return booking;
}

std::optional<std::string> MeetingId(const Webhook& webhook) {
  for (const json::Value uri : {webhook.payload["event"], webhook.payload["uri"]}) {
    std::optional<std::string> id = ScheduledEventId(uri.RawString().value_or(""));
    if (id && IsPathSegment(*id)) return id;
  }
  return std::nullopt;
}

}  // namespace bookgate::calendly
