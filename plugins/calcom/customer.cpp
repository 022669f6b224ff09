#include "customer.hpp"

#include <bookgate/text.hpp>

#include <utility>

#include "location.hpp"
#include "responses.hpp"

namespace bookgate::calcom {
namespace {

/// Bookings by phone number alone get an address of this domain, made of the number's digits
/// (calcom/cal.com, contructEmailFromPhoneNumber). It is nobody's mailbox.
constexpr std::string_view kInventedDomain = "@sms.cal.com";

bool IsInvented(std::string_view email) {
  return ToLowerAscii(email).ends_with(kInventedDomain);
}

/// The number that an invented address was made of, which is an international one without its plus.
std::optional<std::string> NumberIn(std::string_view invented) {
  std::string number = "+";
  for (const char c : invented.substr(0, invented.find('@'))) {
    if (c >= '0' && c <= '9') number += c;
  }
  if (!LooksLikePhone(number)) return std::nullopt;
  return number;
}

json::Value Attendee(const AttendeePlace& place) {
  return place.booking["attendees"][place.index];
}

std::optional<std::string> PhoneIn(json::Value value) {
  std::optional<std::string> number = value.Text();
  if (!number || !LooksLikePhone(*number)) return std::nullopt;
  return number;
}

/// Of the four places for a number the first that has one: the attendee, the form's phone field,
/// its field for reminders, the location.
std::optional<std::string> ReadPhone(const AttendeePlace& place) {
  if (std::optional<std::string> number = PhoneIn(Attendee(place)["phoneNumber"])) return number;
  if (!place.filled_in_form) return std::nullopt;
  for (const json::Value value :
       {Response(place.booking, "attendeePhoneNumber"),
        Response(place.booking, "smsReminderNumber"), place.booking["smsReminderNumber"]}) {
    if (std::optional<std::string> number = PhoneIn(value)) return number;
  }
  return AttendeePhoneLocation(place.booking);
}

std::optional<std::string> ReadName(const AttendeePlace& place) {
  const json::Value attendee = Attendee(place);
  if (std::optional<std::string> name = attendee["name"].Text()) return name;
  std::optional<std::string> first = attendee["firstName"].Text();
  std::optional<std::string> last = attendee["lastName"].Text();
  if (first && last) return *first + " " + *last;
  if (first || last) return first ? first : last;
  return place.filled_in_form ? AnswerText(Response(place.booking, "name")) : std::nullopt;
}

std::string EmailPointer(const AttendeePlace& place) {
  std::string pointer(place.booking_pointer);
  pointer += "/attendees";
  if (Attendee(place).exists()) pointer += "/" + std::to_string(place.index) + "/email";
  return pointer;
}

std::optional<std::string> ReadEmail(const AttendeePlace& place, Booking& booking,
                                     std::vector<Problem>& problems) {
  std::optional<std::string> email = AttendeeEmail(place);
  if (email && IsInvented(*email)) {
    if (!booking.customer_phone) booking.customer_phone = NumberIn(*email);
    email.reset();
  }
  if (email && LooksLikeEmail(*email)) {
    booking.customer_email = std::move(email);
    return std::nullopt;
  }
  if (booking.customer_phone) {
    if (!email) return std::nullopt;
    return "The attendee's email is no address and was left out.";
  }
  problems.push_back({EmailPointer(place), email ? "bad_email" : "missing",
                      email ? "is not an email address"
                            : "the attendee has neither an email address nor a phone number"});
  return std::nullopt;
}

}  // namespace

std::optional<std::string> AttendeeEmail(const AttendeePlace& place) {
  std::optional<std::string> email = Attendee(place)["email"].Text();
  if (email || !place.filled_in_form) return email;
  return AnswerText(Response(place.booking, "email"));
}

std::optional<std::string> ReadCustomer(const AttendeePlace& place, Booking& booking,
                                        std::vector<Problem>& problems) {
  booking.customer_name = ReadName(place);
  booking.customer_phone = ReadPhone(place);
  std::optional<std::string> zone = Attendee(place)["timeZone"].Text();
  if (zone && LooksLikeTimeZone(*zone)) booking.time_zone = std::move(zone);
  return ReadEmail(place, booking, problems);
}

}  // namespace bookgate::calcom
