#include "listed_booking.hpp"

#include <bookgate/limits.hpp>
#include <bookgate/text.hpp>
#include <bookgate/time.hpp>

#include <cstddef>
#include <initializer_list>
#include <string_view>
#include <utility>

#include "customer.hpp"
#include "ids.hpp"
#include "location.hpp"
#include "responses.hpp"

namespace bookgate::calcom {
namespace {

constexpr std::size_t kLongestId = 190;
/// More seats than any room has; a result holds 200 events.
constexpr std::size_t kMostSeats = 1'000;

std::optional<std::string> FirstText(std::initializer_list<json::Value> values) {
  for (const json::Value value : values) {
    if (std::optional<std::string> text = value.Text()) return text;
  }
  return std::nullopt;
}

std::optional<std::string> TimeOf(json::Value value) {
  const std::optional<std::string> text = value.Text();
  const std::optional<Timestamp> time = text ? ParseTimestamp(*text) : std::nullopt;
  if (!time) return std::nullopt;
  return FormatTimestamp(*time);
}

std::optional<std::string> UidOf(json::Value value) {
  std::optional<std::string> uid = value.Text();
  if (uid && uid->size() > kLongestId) uid.reset();
  return uid;
}

/// In lower case in the API, in upper case in webhooks.
bool StatusIs(json::Value booking, std::string_view status) {
  return EqualsIgnoringAsciiCase(booking["status"].RawString().value_or(""), status);
}

constexpr std::string_view kNamesNobody =
    "A booking was left out: it names nobody, or by an address too long for an id.";

/// Reads one booking of a page.
class ListedBooking {
 public:
  explicit ListedBooking(json::Value source)
      : source_(source),
        uid_(UidOf(source["uid"])),
        replaced_(UidOf(source["rescheduledFromUid"])),
        replacement_(UidOf(source["rescheduledToUid"])) {}

  std::optional<std::string> AddTo(std::vector<Booking>& events, const Config& config) const {
    if (!uid_ || !TimeOf(source_["start"])) {
      return "A booking was left out: it has no uid or start that can be used.";
    }
    if (StatusIs(source_, "pending") && !config.store_requests) {
      AddLink(events);
      return std::nullopt;
    }
    const json::Value attendees = source_["attendees"];
    const bool seats = attendees[0]["seatUid"].has_value();
    if (!seats) return AddCustomer({source_, "", 0, true}, "", AllAbsent(), events);
    std::optional<std::string> note;
    for (std::size_t i = 0; i < attendees.size() && i < kMostSeats; ++i) {
      const AttendeePlace place{source_, "", i, false};
      const std::optional<std::string> key =
          FirstText({attendees[i]["email"], attendees[i]["phoneNumber"]});
      std::optional<std::string> said =
          key ? AddCustomer(place, *key, IsAbsent(attendees[i]), events)
              : std::string(kNamesNobody);
      if (said) note = std::move(said);
    }
    return note;
  }

 private:
  static bool IsAbsent(json::Value attendee) { return attendee["absent"].Bool().value_or(false); }

  /// As with marks in webhooks: a party has not come if nobody of it has.
  bool AllAbsent() const {
    const json::Value attendees = source_["attendees"];
    bool absent = attendees.size() > 0;
    for (std::size_t i = 0; i < attendees.size(); ++i) absent = absent && IsAbsent(attendees[i]);
    return absent;
  }

  std::optional<std::string> IdOf(const std::optional<std::string>& uid,
                                  std::string_view seat) const {
    if (!uid || seat.empty()) return uid;
    return SeatId(*uid, seat);
  }

  /// A request to move a booking: the two are linked, though nothing is booked yet.
  void AddLink(std::vector<Booking>& events) const {
    if (!replaced_ || replaced_ == uid_) return;
    Booking link;
    link.action = Action::kCancelled;
    link.external_id = replaced_;
    link.next_external_id = uid_;
    link.occurred_at = TimeOf(source_["createdAt"]);
    events.push_back(std::move(link));
  }

  std::optional<std::string> AddCustomer(const AttendeePlace& place, std::string_view seat,
                                         bool absent, std::vector<Booking>& events) const {
    Booking shared;
    std::vector<Problem> problems;
    std::optional<std::string> note = ReadCustomer(place, shared, problems);
    shared.external_id = IdOf(uid_, seat);
    if (!problems.empty() || !shared.external_id) {
      return std::string(kNamesNobody);
    }
    ReadShared(shared);
    Booking now = shared;
    ReadAsMade(place, seat, shared);
    ReadAsItIsNow(seat, absent, now);
    FitToLimits(shared);
    FitToLimits(now);
    events.push_back(std::move(shared));
    events.push_back(std::move(now));
    return note;
  }

  void ReadShared(Booking& booking) const {
    booking.start_time = TimeOf(source_["start"]);
    booking.end_time = TimeOf(source_["end"]);
    booking.location = LocationText(source_);
    if (!booking.location) booking.location = source_["meetingUrl"].Text();
    booking.host_name = source_["hosts"][0]["name"].Text();
    booking.host_email = source_["hosts"][0]["email"].Text();
  }

  void ReadAsMade(const AttendeePlace& place, std::string_view seat, Booking& booking) const {
    if (replaced_ != uid_) booking.previous_external_id = IdOf(replaced_, seat);
    booking.action = booking.previous_external_id ? Action::kRescheduled : Action::kBooked;
    booking.occurred_at = TimeOf(source_["createdAt"]);
    booking.appointment_type =
        FirstText({source_["eventType"]["title"], source_["eventType"]["slug"], source_["title"]});
    if (!booking.location) booking.location = VideoService(source_);
    // Each seat has a form of its own.
    const json::Value form = seat.empty() ? source_ : source_["attendees"][place.index];
    booking.notes = AnswerText(Response(form, "notes"));
    booking.answers = ReadAnswers(form);
  }

  void ReadAsItIsNow(std::string_view seat, bool absent, Booking& booking) const {
    booking.occurred_at = TimeOf(source_["updatedAt"]);
    if (!booking.occurred_at) booking.occurred_at = TimeOf(source_["createdAt"]);
    // A booking that was moved may still be shown as accepted.
    const bool moved = replacement_ && replacement_ != uid_;
    if (moved || StatusIs(source_, "cancelled") || StatusIs(source_, "rejected")) {
      booking.action = Action::kCancelled;
      if (moved) booking.next_external_id = IdOf(replacement_, seat);
      booking.cancel_reason =
          FirstText({source_["cancellationReason"], source_["rejectionReason"]});
    } else {
      booking.action = absent ? Action::kNoShow : Action::kBooked;
    }
  }

  const json::Value source_;
  const std::optional<std::string> uid_;
  const std::optional<std::string> replaced_;
  const std::optional<std::string> replacement_;
};

}  // namespace

std::optional<std::string> AddListedBooking(json::Value booking, const Config& config,
                                            std::vector<Booking>& events) {
  return ListedBooking(booking).AddTo(events, config);
}

}  // namespace bookgate::calcom
