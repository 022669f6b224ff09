#include "no_show.hpp"

#include <bookgate/time.hpp>

#include <optional>
#include <string>
#include <utility>

#include "ids.hpp"

namespace bookgate::calcom {
namespace {

Booking MakeEvent(const Webhook& webhook, std::string id, bool absent) {
  Booking event;
  event.external_id = std::move(id);
  // Taking a mark back makes it a booking again, by being later than the mark.
  event.action = absent ? Action::kNoShow : Action::kBooked;
  const std::optional<std::string> made = webhook.envelope["createdAt"].Text();
  const std::optional<Timestamp> time = made ? ParseTimestamp(*made) : std::nullopt;
  if (time) event.occurred_at = FormatTimestamp(*time);
  return event;
}

std::optional<std::string> Uid(const Webhook& webhook) {
  constexpr std::size_t kLongestId = 190;
  std::optional<std::string> uid = webhook.booking["bookingUid"].Text();
  if (!uid) uid = webhook.booking["uid"].Text();
  if (uid && uid->size() > kLongestId) uid.reset();
  return uid;
}

Reject NoUid(const Webhook& webhook) {
  return RejectAt(webhook.pointer + "/bookingUid", "missing",
                  "the webhook names no booking, or not by an id of at most 190 bytes");
}

/// More seats than a step's result may hold, with the event of the booking itself.
bool TooManySeats(const Webhook& webhook, const Config& config) {
  return config.seat_no_shows && webhook.booking["attendees"].size() >= 200;
}

Reject TooMany(const Webhook& webhook) {
  return RejectAt(webhook.pointer + "/attendees", "too_many", "there are 200 attendees or more");
}

/// `unmarked` is what an attendee without a mark counts as; nullopt leaves them out.
void AddSeats(const Webhook& webhook, const std::string& uid, std::optional<bool> unmarked,
              Bookings& bookings) {
  const json::Value attendees = webhook.booking["attendees"];
  for (std::size_t i = 0; i < attendees.size(); ++i) {
    const std::optional<bool> mark = attendees[i]["noShow"].Bool();
    const std::optional<bool> absent = mark ? mark : unmarked;
    const std::optional<std::string> email = attendees[i]["email"].Text();
    if (!absent || !email) continue;
    std::optional<std::string> seat = SeatId(uid, *email);
    if (seat) bookings.events.push_back(MakeEvent(webhook, *std::move(seat), *absent));
  }
}

}  // namespace

Decision TranslateNoShowMarks(const Webhook& webhook, const Config& config) {
  const std::optional<std::string> uid = Uid(webhook);
  if (!uid) return NoUid(webhook);
  if (TooManySeats(webhook, config)) return TooMany(webhook);
  const json::Value attendees = webhook.booking["attendees"];
  bool marked = false;
  bool all_absent = true;
  for (std::size_t i = 0; i < attendees.size(); ++i) {
    const std::optional<bool> absent = attendees[i]["noShow"].Bool();
    marked = marked || absent.has_value();
    all_absent = all_absent && absent.value_or(true);
  }
  // The same trigger tells of hosts who did not come; then it lists no attendee.
  if (!marked) return Ignore{"host_no_show"};
  Bookings bookings = One(MakeEvent(webhook, *uid, all_absent));
  if (config.seat_no_shows) AddSeats(webhook, *uid, std::nullopt, bookings);
  return bookings;
}

Decision TranslateAbsentGuests(const Webhook& webhook, const Config& config) {
  const std::optional<std::string> uid = Uid(webhook);
  if (!uid) return NoUid(webhook);
  if (TooManySeats(webhook, config)) return TooMany(webhook);
  const bool booker_came = webhook.booking["attendees"][0]["noShow"].Bool() == false;
  Bookings bookings;
  if (!booker_came) bookings.events.push_back(MakeEvent(webhook, *uid, true));
  if (config.seat_no_shows) AddSeats(webhook, *uid, true, bookings);
  if (bookings.events.empty()) return Ignore{"booker_came"};
  return bookings;
}

}  // namespace bookgate::calcom
