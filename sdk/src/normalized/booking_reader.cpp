#include "booking_reader.hpp"

#include <bookgate/booking_limits.hpp>
#include <bookgate/text.hpp>
#include <bookgate/time.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

#include "actions.hpp"
#include "answers.hpp"
#include "fields.hpp"
#include "lost_plus.hpp"
#include "mapping.hpp"
#include "values.hpp"

namespace bookgate::normalized {
namespace {

class BookingReader {
 public:
  BookingReader(const Item& item, const FieldMapping& mapping, bool lost_plus_signs,
                std::vector<Problem>& problems, std::vector<std::string>& notes)
      : item_(item),
        lost_plus_signs_(lost_plus_signs),
        problems_(problems),
        notes_(notes),
        fields_(CollectFields(item, problems)) {
    ApplyMapping(mapping, item, fields_);
  }

  ReadItem Read() {
    if (IsTest()) return {{}, true};
    ReadIds();
    ReadAction();
    ReadCustomer();
    ReadTimes();
    ReadTexts();
    booking_.answers = ReadAnswers(fields_[Member::kAnswers], problems_);
    RequireCustomer();
    return {std::move(booking_), false};
  }

 private:
  void Complain(std::string pointer, std::string code, std::string message) {
    problems_.push_back({std::move(pointer), std::move(code), std::move(message)});
  }

  std::optional<std::string> Text(Member member, std::size_t max_bytes) {
    const Field& field = fields_[member];
    if (!field.exists()) return std::nullopt;
    const bool join =
        member == Member::kType || member == Member::kNotes || member == Member::kLocation;
    std::optional<std::string> text = TextOf(field.value, join);
    for (const json::Value other : field.others) {
      if (text) *text += ", " + TextOf(other, true).value_or("");
    }
    if (!text) {
      Complain(field.pointer, "bad_type", "must be one text");
    } else if (text->size() > max_bytes) {
      Complain(field.pointer, "too_long",
               "may have at most " + std::to_string(max_bytes) + " bytes");
      return std::nullopt;
    }
    return text;
  }

  /// A tool's test of the connection names no customer and no time.
  bool IsTest() const {
    if (fields_[Member::kEmail].exists() || fields_[Member::kPhone].exists() ||
        fields_[Member::kStart].exists()) {
      return false;
    }
    for (const Hint& hint : fields_.hints()) {
      const std::optional<std::string> text = TextOf(hint.value, false);
      const std::optional<EventName> event = text ? ReadEventName(*text) : std::nullopt;
      if (event && event->is_test) return true;
    }
    const std::optional<std::string> action = TextOf(fields_[Member::kAction].value, false);
    const std::optional<EventName> event = action ? ReadEventName(*action) : std::nullopt;
    return event && event->is_test;
  }

  void ReadIds() {
    booking_.source = Text(Member::kSource, limits::kSourceBytes);
    booking_.external_id = Text(Member::kExternalId, limits::kIdBytes);
    booking_.previous_external_id = Text(Member::kPreviousId, limits::kIdBytes);
    booking_.next_external_id = Text(Member::kNextId, limits::kIdBytes);
    if (booking_.previous_external_id == booking_.external_id)
      booking_.previous_external_id.reset();
    const Field& sequence = fields_[Member::kSequence];
    booking_.sequence = sequence.value.Integer();
    if (sequence.exists() && !booking_.sequence) {
      Complain(sequence.pointer, "bad_type", "must be a whole number");
    }
  }

  static std::optional<Action> Said(const Hint& hint) {
    switch (hint.member) {
      case Member::kCancelledFlag:
        return IsTrue(hint.value) ? std::optional(Action::kCancelled) : std::nullopt;
      case Member::kNoShowFlag:
        return IsTrue(hint.value) ? std::optional(Action::kNoShow) : std::nullopt;
      case Member::kCancelledAt: {
        const std::optional<std::string> text = TextOf(hint.value, false);
        const bool is_time = text && ParseTimestampOrEpoch(*text).has_value();
        return is_time ? std::optional(Action::kCancelled) : std::nullopt;
      }
      default:
        break;
    }
    const std::optional<std::string> text = TextOf(hint.value, false);
    if (!text) return std::nullopt;
    if (hint.member == Member::kStatus) return ReadStatus(*text);
    const std::optional<EventName> event = ReadEventName(*text);
    return event ? event->action : std::nullopt;
  }

  /// `action` decides where it is there. But "updated" says only that something changed: then a
  /// state of cancelled says what.
  void ReadAction() {
    const Field& field = fields_[Member::kAction];
    std::optional<Action> action;
    if (field.exists()) {
      const std::optional<std::string> text = TextOf(field.value, false);
      action = text ? normalized::ReadAction(*text) : std::nullopt;
      // A tool's own word for a state, where the shop says that it means the action.
      if (!action && text && field.mapped) action = ReadStatus(*text);
      if (!action) {
        return Complain(field.pointer, "bad_action",
                        "must be booked, rescheduled, cancelled, no_show or updated");
      }
    }
    const bool decided = action && *action != Action::kUpdated;
    for (const Hint& hint : fields_.hints()) {
      if (decided || (action && hint.member == Member::kEventName)) continue;
      const std::optional<Action> said = Said(hint);
      if (said) action = action ? Stronger(*action, *said) : *said;
    }
    const bool replaces = booking_.previous_external_id.has_value();
    booking_.action = action.value_or(replaces ? Action::kRescheduled : Action::kBooked);
  }

  void ReadCustomer() {
    booking_.customer_email = Text(Member::kEmail, limits::kEmailBytes);
    if (booking_.customer_email && !LooksLikeEmail(*booking_.customer_email)) {
      Complain(fields_[Member::kEmail].pointer, "bad_email",
               "must be one email address, such as jane@example.com");
    }
    const Field& phone = fields_[Member::kPhone];
    booking_.customer_phone = Text(Member::kPhone, limits::kPhoneBytes);
    if (lost_plus_signs_ && booking_.customer_phone) {
      RestorePhonePlus(phone.value.RawString().value_or(""), *booking_.customer_phone);
    }
    booking_.customer_name = Text(Member::kName, limits::kNameBytes);
    if (!fields_[Member::kName].exists()) ReadNameParts();
    booking_.time_zone = Text(Member::kTimeZone, limits::kTimeZoneBytes);
    if (booking_.time_zone && !LooksLikeTimeZone(*booking_.time_zone)) {
      booking_.time_zone.reset();
      notes_.push_back("The time zone was left out: it is no IANA name such as Europe/Lisbon.");
    }
  }

  void ReadNameParts() {
    std::optional<std::string> name = Text(Member::kFirstName, limits::kNameBytes);
    const std::optional<std::string> last = Text(Member::kLastName, limits::kNameBytes);
    if (last) name = name ? *name + " " + *last : *last;
    if (name && name->size() > limits::kNameBytes) {
      Complain(fields_[Member::kLastName].pointer, "too_long",
               "may have at most 255 bytes together with the first name");
      name.reset();
    }
    booking_.customer_name = std::move(name);
  }

  std::optional<Timestamp> Time(Member member) {
    const Field& field = fields_[member];
    if (!field.exists()) return std::nullopt;
    std::optional<std::string> text = TextOf(field.value, false);
    if (text && lost_plus_signs_) RestoreOffsetPlus(*text);
    // "date" and "time" in members of their own.
    const std::optional<std::string> day = TextOf(fields_[Member::kDate].value, false);
    const bool is_clock = text && text->size() <= 8 && text->find(':') != std::string::npos;
    if (member == Member::kStart && is_clock && day) *text = *day + " " + *text;
    const std::optional<Timestamp> time = text ? ParseTimestampOrEpoch(*text) : std::nullopt;
    if (!time) {
      Complain(field.pointer, "bad_timestamp",
               "must be a time such as 2026-05-20T14:00:00Z or, in the shop's own time zone, "
               "2026-05-20 14:00");
    }
    return time;
  }

  void ReadTimes() {
    const std::optional<Timestamp> start =
        Time(fields_[Member::kStart].exists() ? Member::kStart : Member::kDate);
    const std::optional<Timestamp> end = Time(Member::kEnd);
    const std::optional<Timestamp> occurred = Time(Member::kOccurredAt);
    if (start) booking_.start_time = FormatTimestamp(*start);
    if (end) booking_.end_time = FormatTimestamp(*end);
    if (occurred) booking_.occurred_at = FormatTimestamp(*occurred);
    ReadDuration();
    if (start && end) CheckSpan(*start, *end);
  }

  void ReadDuration() {
    const Field& field = fields_[Member::kDuration];
    if (!field.exists()) return;
    booking_.duration_minutes = field.value.Integer();
    const auto& minutes = booking_.duration_minutes;
    if (!minutes || *minutes < 0 || *minutes > limits::kMaxMinutes) {
      Complain(field.pointer, "bad_duration", "must be whole minutes from 0 to 14400");
    }
  }

  void CheckSpan(const Timestamp& start, const Timestamp& end) {
    // With an offset on one side only, the gateway can tell, which knows the shop's time zone.
    if (start.has_offset != end.has_offset) return;
    const std::string& pointer = fields_[Member::kEnd].pointer;
    const std::optional<std::int64_t> minutes = MinutesBetween(start, end);
    if (!minutes) {
      Complain(pointer, "end_before_start", "must not be before the start");
    } else if (!booking_.duration_minutes && *minutes > limits::kMaxMinutes) {
      Complain(pointer, "bad_duration", "must not be more than 14400 minutes after the start");
    }
  }

  void ReadTexts() {
    booking_.appointment_type = Text(Member::kType, limits::kNameBytes);
    booking_.notes = Text(Member::kNotes, limits::kNotesBytes);
    booking_.location = Text(Member::kLocation, limits::kLocationBytes);
    booking_.host_name = Text(Member::kHostName, limits::kNameBytes);
    booking_.host_email = Text(Member::kHostEmail, limits::kEmailBytes);
    booking_.referred_by = Text(Member::kReferredBy, limits::kNameBytes);
    booking_.cancel_reason = Text(Member::kCancelReason, limits::kCancelReasonBytes);
  }

  /// Whoever books has an email address. What follows a booking may name it by its id alone.
  void RequireCustomer() {
    if (fields_[Member::kEmail].exists()) return;
    if (booking_.action != Action::kBooked && booking_.external_id) return;
    const std::string& unfilled = fields_.unfilled_email();
    Complain(unfilled.empty() ? item_.pointer.Then("customer_email").text() : unfilled, "missing",
             unfilled.empty() ? "is required: the customer's email address"
                              : "is empty or an unfilled placeholder: the customer's email address "
                                "is required");
  }

  const Item& item_;
  const bool lost_plus_signs_;
  std::vector<Problem>& problems_;
  std::vector<std::string>& notes_;
  Fields fields_;
  Booking booking_;
};

}  // namespace

ReadItem ReadBooking(const Item& item, const FieldMapping& mapping, bool lost_plus_signs,
                     std::vector<Problem>& problems, std::vector<std::string>& notes) {
  return BookingReader(item, mapping, lost_plus_signs, problems, notes).Read();
}

}  // namespace bookgate::normalized
