#include "booking.hpp"

#include <bookgate/limits.hpp>
#include <bookgate/text.hpp>
#include <bookgate/time.hpp>

#include <algorithm>
#include <initializer_list>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "customer.hpp"
#include "ids.hpp"
#include "location.hpp"
#include "responses.hpp"

namespace bookgate::calcom {
namespace {

constexpr std::int64_t kLongestMinutes = 14'400;
/// As many as a step's result may hold.
constexpr std::size_t kMostCustomers = 200;
constexpr std::size_t kMostProblems = 100;

/// What was read so far, of all customers of the webhook.
struct Findings {
  std::vector<Problem> problems;
  std::vector<std::string> notes;

  /// Once, however many customers it is about.
  void Note(std::string note) {
    const bool is_new = std::find(notes.begin(), notes.end(), note) == notes.end();
    if (is_new) notes.push_back(std::move(note));
  }
};

std::optional<std::string> FirstText(std::initializer_list<json::Value> values) {
  for (const json::Value value : values) {
    if (std::optional<std::string> text = value.Text()) return text;
  }
  return std::nullopt;
}

/// Upper case in webhooks, lower case in the API.
bool HasStatus(json::Value booking, std::string_view status) {
  return EqualsIgnoringAsciiCase(booking["status"].RawString().value_or(""), status);
}

Action ActionOf(const Webhook& webhook) {
  switch (webhook.trigger.meaning) {
    case Meaning::kCancelled:
      return Action::kCancelled;
    case Meaning::kRescheduled:
      return Action::kRescheduled;
    case Meaning::kUpdated:
    case Meaning::kMeeting:
      return HasStatus(webhook.booking, "CANCELLED") || HasStatus(webhook.booking, "REJECTED")
                 ? Action::kCancelled
                 : Action::kUpdated;
    default:
      return Action::kBooked;
  }
}

bool AwaitsConfirmation(const Webhook& webhook) {
  const Meaning meaning = webhook.trigger.meaning;
  return meaning == Meaning::kRequested ||
         ((meaning == Meaning::kUpdated || meaning == Meaning::kMeeting) &&
          HasStatus(webhook.booking, "PENDING"));
}

std::optional<Timestamp> ReadTime(const Webhook& webhook, std::string_view name,
                                  Findings& findings) {
  const std::optional<std::string> text = webhook.booking[name].Text();
  if (!text) return std::nullopt;
  const std::optional<Timestamp> time = ParseTimestamp(*text);
  if (!time) {
    findings.problems.push_back({webhook.pointer + "/" + std::string(name), "bad_timestamp",
                                 "is not an RFC 3339 timestamp"});
  }
  return time;
}

/// The end counts, for `length` is the event type's and not always there. One that makes no sense
/// is left out: the start is what a shop needs.
void ReadTimes(const Webhook& webhook, Booking& booking, Findings& findings) {
  const std::optional<Timestamp> start = ReadTime(webhook, "startTime", findings);
  const std::optional<Timestamp> end = ReadTime(webhook, "endTime", findings);
  if (start) booking.start_time = FormatTimestamp(*start);
  const std::optional<std::int64_t> minutes =
      start && end ? MinutesBetween(*start, *end) : std::nullopt;
  if (minutes && *minutes <= kLongestMinutes) {
    booking.end_time = FormatTimestamp(*end);
    return;
  }
  std::optional<std::int64_t> said = webhook.booking["length"].Integer();
  if (!said) said = webhook.booking["eventType"]["length"].Integer();
  if (said && *said >= 0 && *said <= kLongestMinutes) booking.duration_minutes = said;
}

/// When the webhook was made. In the flat bodies of MEETING_STARTED and MEETING_ENDED the same name
/// is the booking's own creation, which fits: they fill gaps and must overwrite nothing newer.
std::optional<std::string> OccurredAt(const Webhook& webhook) {
  const std::optional<std::string> text = webhook.envelope["createdAt"].Text();
  const std::optional<Timestamp> time = text ? ParseTimestamp(*text) : std::nullopt;
  if (!time) return std::nullopt;
  return FormatTimestamp(*time);
}

std::optional<std::string> Reason(json::Value booking, Action action) {
  if (action == Action::kCancelled) {
    return FirstText({booking["cancellationReason"], booking["rejectionReason"]});
  }
  if (action == Action::kRescheduled) return AnswerText(Response(booking, "rescheduleReason"));
  return std::nullopt;
}

/// The webhook may say less well what an earlier one has said better. Later ones must not, for they
/// overwrite: BOOKING_CANCELLED has no video link, and sometimes no event title.
bool MaySaySecondBest(const Webhook& webhook, Action action) {
  return action == Action::kBooked || action == Action::kRescheduled ||
         webhook.trigger.meaning == Meaning::kMeeting;
}

std::optional<std::string> ReadLocation(const Webhook& webhook, Action action) {
  std::optional<std::string> location = LocationText(webhook.booking);
  const bool is_news = webhook.trigger.name == "BOOKING_LOCATION_UPDATED";
  if (location || !(is_news || MaySaySecondBest(webhook, action))) return location;
  return VideoService(webhook.booking);
}

std::optional<std::string> ReadType(const Webhook& webhook, Action action) {
  const json::Value source = webhook.booking;
  std::optional<std::string> title =
      FirstText({source["eventTitle"], source["eventType"]["title"]});
  if (title || !MaySaySecondBest(webhook, action)) return title;
  // A slug, or for the last choice a title that names host and guest too ("Cut between Ann and
  // Bo").
  return FirstText({source["type"], source["title"]});
}

/// What all customers of the webhook share. `user` stands for the organizer in the flat bodies and
/// for Zapier, where `eventType` holds the title too.
Booking ReadShared(const Webhook& webhook, Findings& findings) {
  const json::Value source = webhook.booking;
  Booking booking;
  booking.action = ActionOf(webhook);
  ReadTimes(webhook, booking, findings);
  booking.occurred_at = OccurredAt(webhook);
  // The flat bodies' is the database's, which may be ahead of what webhooks told.
  if (webhook.trigger.meaning != Meaning::kMeeting) {
    booking.sequence = source["iCalSequence"].Integer();
  }
  booking.host_name = FirstText({source["organizer"]["name"], source["user"]["name"]});
  booking.host_email = FirstText({source["organizer"]["email"], source["user"]["email"]});
  booking.location = ReadLocation(webhook, booking.action);
  booking.appointment_type = ReadType(webhook, booking.action);
  return booking;
}

void ReadForm(json::Value source, Booking& booking) {
  booking.notes = FirstText({source["additionalNotes"], Response(source, "notes")});
  booking.answers = ReadAnswers(source);
}

/// Adds the ids, and what follows from them.
void Identify(const Webhook& webhook, std::string_view seat, Booking& booking) {
  ReadIds(webhook.booking, seat, booking);
  if (booking.action == Action::kBooked && booking.previous_external_id) {
    booking.action = Action::kRescheduled;
  }
  booking.cancel_reason = Reason(webhook.booking, booking.action);
}

/// Whose seat it is. The address is always there, made up or not; should it be missing, the number.
std::string SeatKey(const AttendeePlace& place, const Booking& booking) {
  return AttendeeEmail(place).value_or(booking.customer_phone.value_or(""));
}

Booking ReadOne(const Webhook& webhook, const AttendeePlace& place, Booking shared,
                Findings& findings) {
  if (std::optional<std::string> note = ReadCustomer(place, shared, findings.problems)) {
    findings.Note(*std::move(note));
  }
  if (place.filled_in_form) ReadForm(webhook.booking, shared);
  const std::string seat = HasSeats(webhook.booking) ? SeatKey(place, shared) : std::string();
  Identify(webhook, seat, shared);
  if (!shared.external_id) {
    findings.Note(
        "The webhook has no uid that fits an id: the booking is known by customer and time.");
  }
  FitToLimits(shared);
  return shared;
}

/// The attendees who are customers: the first is the booker, the others are guests, unless the
/// event type has seats, where each has booked for themselves.
std::vector<AttendeePlace> Customers(const Webhook& webhook) {
  const json::Value attendees = webhook.booking["attendees"];
  std::vector<AttendeePlace> customers;
  if (!HasSeats(webhook.booking) || attendees.size() < 2) {
    customers.push_back({webhook.booking, webhook.pointer, 0, true});
    return customers;
  }
  const std::string booker = AnswerText(Response(webhook.booking, "email")).value_or("");
  for (std::size_t i = 0; i < attendees.size(); ++i) {
    const bool filled_in =
        EqualsIgnoringAsciiCase(attendees[i]["email"].Text().value_or(""), booker) &&
        !booker.empty();
    customers.push_back({webhook.booking, webhook.pointer, i, filled_in});
  }
  return customers;
}

/// Nothing is booked yet; but what is asked for may replace a booking.
Decision LinkOrIgnore(const Webhook& webhook, const std::vector<AttendeePlace>& customers) {
  Bookings links;
  for (const AttendeePlace& place : customers) {
    const std::string seat =
        HasSeats(webhook.booking) ? AttendeeEmail(place).value_or("") : std::string();
    Booking asked;
    ReadIds(webhook.booking, seat, asked);
    if (!asked.external_id || !asked.previous_external_id) continue;
    Booking link;
    link.action = Action::kCancelled;
    link.external_id = std::move(asked.previous_external_id);
    link.next_external_id = std::move(asked.external_id);
    link.occurred_at = OccurredAt(webhook);
    links.events.push_back(std::move(link));
  }
  if (links.events.empty()) return Ignore{"awaiting_confirmation"};
  return links;
}

/// In the flat bodies nothing tells of seats but that the form is missing: with seats, each seat
/// has one of its own. n8n's Cal trigger drops the whole booking.
bool CanNotBeOneCustomers(const Webhook& webhook) {
  return webhook.trigger.meaning == Meaning::kMeeting &&
         !(webhook.booking["responses"].is_object() && webhook.booking["attendees"].is_array());
}

}  // namespace

Decision TranslateBooking(const Webhook& webhook, const Config& config) {
  if (CanNotBeOneCustomers(webhook)) return Ignore{std::string(webhook.trigger.reason)};

  const std::vector<AttendeePlace> customers = Customers(webhook);
  if (customers.size() > kMostCustomers) {
    return RejectAt(webhook.pointer + "/attendees", "too_many",
                    "there are more than 200 attendees");
  }
  const bool waits = AwaitsConfirmation(webhook);
  if (waits && !config.store_requests) return LinkOrIgnore(webhook, customers);

  Findings findings;
  const Booking shared = ReadShared(webhook, findings);
  Bookings bookings;
  for (const AttendeePlace& place : customers) {
    bookings.events.push_back(ReadOne(webhook, place, shared, findings));
  }
  if (!findings.problems.empty()) {
    if (findings.problems.size() > kMostProblems) findings.problems.resize(kMostProblems);
    return Reject{std::move(findings.problems)};
  }
  bookings.notes = std::move(findings.notes);
  return bookings;
}

}  // namespace bookgate::calcom
