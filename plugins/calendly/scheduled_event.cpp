#include "scheduled_event.hpp"

#include <bookgate/text.hpp>
#include <bookgate/time.hpp>

#include <optional>
#include <string>
#include <utility>

#include "location.hpp"

namespace bookgate::calendly {
namespace {

constexpr std::int64_t kLongestMinutes = 14'400;

void FillIfEmpty(std::optional<std::string>& member, std::optional<std::string> value) {
  if (!member) member = std::move(value);
}

/// The time, or nullopt with a problem if there is text that is none.
std::optional<Timestamp> ReadTime(json::Value event, std::string_view name,
                                  std::string_view pointer, std::vector<Problem>& problems) {
  const std::optional<std::string> text = event[name].Text();
  if (!text) return std::nullopt;
  const std::optional<Timestamp> time = ParseTimestamp(*text);
  if (!time) {
    problems.push_back({std::string(pointer).append("/").append(name), "bad_timestamp",
                        "is not an RFC 3339 timestamp"});
  }
  return time;
}

void ReadTimes(json::Value event, std::string_view pointer, Booking& booking,
               std::vector<Problem>& problems) {
  const std::optional<Timestamp> start = ReadTime(event, "start_time", pointer, problems);
  const std::optional<Timestamp> end = ReadTime(event, "end_time", pointer, problems);
  if (!start) return;
  FillIfEmpty(booking.start_time, FormatTimestamp(*start));
  if (!end) return;
  const std::optional<std::int64_t> minutes = MinutesBetween(*start, *end);
  // An end that makes no sense is left out: the start is what a shop needs.
  if (minutes && *minutes <= kLongestMinutes) FillIfEmpty(booking.end_time, FormatTimestamp(*end));
}

/// The first host stands for all: a team event has several and marks none as the main one.
void ReadHost(json::Value event, Booking& booking) {
  const json::Value member = event["event_memberships"][0];
  FillIfEmpty(booking.host_name, member["user_name"].Text());
  FillIfEmpty(booking.host_email, member["user_email"].Text());
  // API v1.
  const json::Value assigned = event["extended_assigned_to"][0];
  FillIfEmpty(booking.host_name, assigned["name"].Text());
  FillIfEmpty(booking.host_email, assigned["email"].Text());
  FillIfEmpty(booking.host_name, event["assigned_to"][0].Text());
}

}  // namespace

void ReadScheduledEvent(json::Value event, std::string_view pointer, Booking& booking,
                        std::vector<Problem>& problems) {
  ReadTimes(event, pointer, booking, problems);
  ReadHost(event, booking);
  FillIfEmpty(booking.appointment_type, event["name"].Text());
  FillIfEmpty(booking.location, LocationText(event["location"]));
  FillIfEmpty(booking.customer_phone, OutboundCallNumber(event["location"]));
  if (booking.action == Action::kCancelled) {
    FillIfEmpty(booking.cancel_reason, event["cancellation"]["reason"].Text());
    FillIfEmpty(booking.cancel_reason, event["cancel_reason"].Text());
  }
}

}  // namespace bookgate::calendly
