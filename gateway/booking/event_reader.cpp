#include "booking/event_reader.hpp"

#include <bookgate/booking_limits.hpp>
#include <bookgate/text.hpp>
#include <bookgate/time.hpp>

#include <array>
#include <utility>

#include "booking/fold.hpp"
#include "booking/identity.hpp"
#include "booking/local_time.hpp"

namespace bookgate::booking {
namespace {

using model::Action;
using model::BookingEvent;
using model::Problem;

constexpr std::array<std::pair<std::string_view, Action>, 5> kActions = {{
    {"booked", Action::kBooked},
    {"rescheduled", Action::kRescheduled},
    {"cancelled", Action::kCancelled},
    {"no_show", Action::kNoShow},
    {"updated", Action::kUpdated},
}};

/// Reads one event and collects what is wrong with it.
class EventReader {
 public:
  EventReader(json::Value object, const model::Delivery& delivery, std::string pointer,
              std::vector<Problem>& problems)
      : object_(object), delivery_(delivery), pointer_(std::move(pointer)), problems_(problems) {}

  BookingEvent Read(std::size_t index) {
    BookingEvent event;
    if (!object_.is_object()) {
      Complain("", "bad_type", "an event must be an object");
      return event;
    }
    ReadAction(event);
    ReadIds(event);
    ReadCustomer(event);
    ReadTimes(event);
    ReadTexts(event);
    ReadAnswers(event);
    if (event.external_id.empty()) {
      event.external_id = MakeIdentity(event, delivery_, index);
      event.external_id_is_ours = true;
    }
    return event;
  }

 private:
  void Complain(std::string_view member, std::string code, std::string message) {
    std::string pointer = pointer_;
    if (!member.empty()) pointer.append("/").append(member);
    problems_.push_back({"body", std::move(pointer), std::move(code), std::move(message)});
  }

  std::string Text(std::string_view member, std::size_t limit) {
    const json::Value value = object_[member];
    if (!value.has_value()) return {};
    std::optional<std::string> text = value.Text();
    if (!text) {
      if (!value.is_string()) Complain(member, "bad_type", "must be text");
      return {};
    }
    if (text->size() <= limit) return *std::move(text);
    Complain(member, "too_long", "is longer than " + std::to_string(limit) + " bytes");
    return {};
  }

  void ReadAction(BookingEvent& event) {
    const std::string name = Text("action", limits::kSourceBytes);
    if (name.empty()) return;
    for (const auto& [known, action] : kActions) {
      if (name == known) {
        event.action = action;
        return;
      }
    }
    Complain("action", "bad_action", "must be booked, rescheduled, cancelled, no_show or updated");
  }

  void ReadIds(BookingEvent& event) {
    event.source = Text("source", limits::kSourceBytes);
    if (event.source.empty()) event.source = delivery_.provider;
    event.external_id = Text("external_id", limits::kIdBytes);
    event.previous_external_id = Text("previous_external_id", limits::kIdBytes);
    event.next_external_id = Text("next_external_id", limits::kIdBytes);
    event.superseded = object_["superseded"].Bool().value_or(false);
    event.sequence = object_["sequence"].Integer();
    if (object_["sequence"].has_value() && !event.sequence) {
      Complain("sequence", "bad_type", "must be a whole number");
    }
  }

  void ReadCustomer(BookingEvent& event) {
    event.customer_email = Text("customer_email", limits::kEmailBytes);
    event.customer_name = Text("customer_name", limits::kNameBytes);
    event.customer_phone = Text("customer_phone", limits::kPhoneBytes);
    event.phone_key = PhoneDigits(event.customer_phone);
    if (event.customer_email.empty()) return;
    if (!LooksLikeEmail(event.customer_email)) {
      Complain("customer_email", "bad_email", "is not an email address");
      return;
    }
    event.email_key = FoldCase(event.customer_email);
    if (IsPlaceholderEmail(event.email_key)) {
      event.customer_email.clear();
      event.email_key.clear();
    }
  }

  std::optional<base::Instant> Time(std::string_view member) {
    const std::string text = Text(member, limits::kTimeZoneBytes);
    if (text.empty()) return std::nullopt;
    const std::optional<Timestamp> timestamp = ParseTimestamp(text);
    if (!timestamp) {
      Complain(member, "bad_timestamp", "is not an RFC 3339 timestamp");
      return std::nullopt;
    }
    const std::optional<base::Instant> instant = ToInstant(*timestamp, delivery_.org.time_zone);
    if (!instant) {
      Complain(member, "no_offset", "has no offset, and the org's time zone is not known");
    }
    return instant;
  }

  void ReadTimes(BookingEvent& event) {
    event.start_time = Time("start_time");
    event.occurred_at = Time("occurred_at");
    const std::optional<base::Instant> end = Time("end_time");
    const json::Value duration = object_["duration_minutes"];
    if (duration.has_value()) {
      SetDuration(event, duration.Integer(), "duration_minutes");
    } else if (end && event.start_time) {
      SetDuration(event, RoundedMinutes(*end - *event.start_time), "end_time");
    }
  }

  static std::int64_t RoundedMinutes(std::chrono::microseconds span) {
    return std::chrono::floor<std::chrono::minutes>(span + std::chrono::seconds(30)).count();
  }

  void SetDuration(BookingEvent& event, std::optional<std::int64_t> minutes,
                   std::string_view member) {
    if (minutes && *minutes >= 0 && *minutes <= limits::kMaxMinutes) {
      event.duration_minutes = static_cast<std::int32_t>(*minutes);
    } else {
      Complain(member, "bad_duration", "gives no duration of 0 to 14400 whole minutes");
    }
  }

  void ReadTexts(BookingEvent& event) {
    event.time_zone = Text("time_zone", limits::kTimeZoneBytes);
    event.appointment_type = Text("appointment_type", limits::kNameBytes);
    event.notes = Text("notes", limits::kNotesBytes);
    event.location = Text("location", limits::kLocationBytes);
    event.host_name = Text("host_name", limits::kNameBytes);
    event.host_email = Text("host_email", limits::kEmailBytes);
    event.referred_by = Text("referred_by", limits::kNameBytes);
    event.cancel_reason = Text("cancel_reason", limits::kCancelReasonBytes);
  }

  void ReadAnswers(BookingEvent& event) {
    const json::Value answers = object_["answers"];
    if (!answers.has_value()) return;
    if (!answers.is_array() || answers.size() > limits::kMaxAnswers) {
      Complain("answers", "bad_type", "must be a list of at most 100 answers");
      return;
    }
    for (std::size_t i = 0; i < answers.size(); ++i) {
      std::optional<std::string> question = answers[i]["question"].Text();
      std::optional<std::string> answer = answers[i]["answer"].Text();
      if (!question && !answer) continue;
      event.answers.push_back({question.value_or(""), answer.value_or("")});
    }
  }

  const json::Value object_;
  const model::Delivery& delivery_;
  const std::string pointer_;
  std::vector<Problem>& problems_;
};

}  // namespace

ReadEvents ReadBookingEvents(const std::vector<json::Value>& events,
                             const model::Delivery& delivery) {
  std::vector<BookingEvent> read;
  std::vector<Problem> problems;
  read.reserve(events.size());
  for (std::size_t i = 0; i < events.size(); ++i) {
    std::string pointer = events.size() > 1 ? "/" + std::to_string(i) : std::string();
    read.push_back(EventReader(events[i], delivery, std::move(pointer), problems).Read(i));
  }
  if (!problems.empty()) return problems;
  return read;
}

}  // namespace bookgate::booking
