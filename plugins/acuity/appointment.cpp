#include "appointment.hpp"

#include <bookgate/booking_limits.hpp>
#include <bookgate/text.hpp>
#include <bookgate/time.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <utility>

#include "forms.hpp"

namespace bookgate::acuity {
namespace {

Action ActionNow(json::Value appointment, Event event) {
  // A cancellation cannot be taken back (Acuity, "/appointments/:id/cancel"), so where the webhook
  // knows of one that the API does not show yet, the webhook is right.
  if (event == Event::kCanceled || appointment["canceled"].Bool() == true) {
    return Action::kCancelled;
  }
  if (appointment["noShow"].Bool() == true) return Action::kNoShow;
  return event == Event::kScheduled ? Action::kBooked : Action::kRescheduled;
}

bool Stands(const Booking& booking) {
  return booking.action != Action::kCancelled && booking.action != Action::kNoShow;
}

/// Of `datetime` alone: `date`, `time` and `endTime` are written for people, each account its way.
void ReadStart(json::Value appointment, Booking& booking, std::vector<Problem>& problems,
               std::vector<std::string>& notes) {
  const std::optional<std::string> text = appointment["datetime"].Text();
  const std::optional<Timestamp> start = text ? ParseTimestamp(*text) : std::nullopt;
  if (start) {
    booking.start_time = FormatTimestamp(*start);
  } else if (Stands(booking)) {
    problems.push_back(
        {"/datetime", text ? "bad_timestamp" : "missing",
         text ? "is not an ISO 8601 timestamp" : "the appointment does not say when it starts"});
  } else {
    notes.push_back("The appointment's start at Acuity is no timestamp and was left out.");
  }
}

/// Minutes, as text.
std::optional<std::int64_t> ReadDuration(json::Value appointment) {
  const std::optional<std::int64_t> minutes = appointment["duration"].Integer();
  return minutes && *minutes >= 0 && *minutes <= limits::kMaxMinutes ? minutes : std::nullopt;
}

/// The field is the customer's number and nothing else, so words in it ("after six") do no harm.
/// But it must hold a number, and fit.
bool HoldsPhone(std::string_view text) {
  const auto digits =
      std::count_if(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
  return digits >= 5 && digits <= 20 && text.size() <= limits::kPhoneBytes;
}

std::optional<std::string> FullName(json::Value appointment) {
  std::optional<std::string> name = appointment["firstName"].Text();
  const std::optional<std::string> last = appointment["lastName"].Text();
  if (last) name = name ? *name + " " + *last : *last;
  return name;
}

/// `scheduledBy` is the member of the staff who made the booking, not the customer.
void ReadCustomer(json::Value appointment, Booking& booking, std::vector<Problem>& problems,
                  std::vector<std::string>& notes) {
  booking.customer_name = FullName(appointment);
  booking.customer_phone = appointment["phone"].Text();
  if (booking.customer_phone && !HoldsPhone(*booking.customer_phone)) {
    booking.customer_phone.reset();
    notes.push_back("The customer's phone number at Acuity is none and was left out.");
  }
  std::optional<std::string> email = appointment["email"].Text();
  const bool is_email = email && LooksLikeEmail(*email);
  if (is_email) {
    booking.customer_email = std::move(email);
  } else if (booking.customer_phone) {
    if (email) notes.push_back("The customer's email address at Acuity is none and was left out.");
  } else if (booking.action == Action::kBooked) {
    // Staff may book with a name alone. Once they fill in more, `changed` brings the booking.
    problems.push_back({"/email", email ? "bad_email" : "missing",
                        email ? "is not an email address, and there is no phone number"
                              : "the appointment has neither an email address nor a phone number; "
                                "add one to it in Acuity"});
  } else {
    notes.push_back(
        "Stored by its id alone: the appointment has neither an email address nor a phone number.");
  }
}

void ReadDetails(json::Value appointment, Booking& booking) {
  booking.duration_minutes = ReadDuration(appointment);
  booking.appointment_type = appointment["type"].Text();
  // A calendar is a person or a room.
  booking.host_name = appointment["calendar"].Text();
  booking.location = appointment["location"].Text();
  booking.answers = ReadAnswers(appointment["forms"]);
  // The client's. Names that are none have been seen in it.
  std::optional<std::string> zone = appointment["timezone"].Text();
  if (zone && LooksLikeTimeZone(*zone)) booking.time_zone = std::move(zone);
}

}  // namespace

std::variant<Booking, Reject> ReadAppointment(json::Value appointment, const Webhook& webhook,
                                              std::string_view in,
                                              std::vector<std::string>& notes) {
  Booking booking;
  booking.action = ActionNow(appointment, webhook.event);
  booking.external_id = webhook.id;
  if (booking.action == Action::kCancelled && appointment["noShow"].Bool() == true) {
    booking.cancel_reason = "Marked as a no-show";
  }
  std::vector<Problem> problems;
  ReadStart(appointment, booking, problems, notes);
  ReadCustomer(appointment, booking, problems, notes);
  ReadDetails(appointment, booking);
  if (problems.empty()) return booking;
  for (Problem& problem : problems) problem.in = in;
  return Reject{std::move(problems)};
}

}  // namespace bookgate::acuity
