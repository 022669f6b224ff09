#include "booking.hpp"

#include <bookgate/booking_limits.hpp>
#include <bookgate/text.hpp>
#include <bookgate/time.hpp>

#include <algorithm>
#include <cstdint>
#include <utility>

#include "location.hpp"

namespace bookgate::square {
namespace {

constexpr std::int64_t kDayMinutes = 1'440;

struct Status {
  std::string_view name;
  Action action;
  std::string_view reason;  ///< For cancel_reason: Square tells nothing but who it was.
};

constexpr Status kEnded[] = {
    {"CANCELLED_BY_CUSTOMER", Action::kCancelled, "Cancelled by the customer"},
    {"CANCELLED_BY_SELLER", Action::kCancelled, "Cancelled by the seller"},
    {"DECLINED", Action::kCancelled, "Declined by the seller"},
    {"NO_SHOW", Action::kNoShow, ""},
};

Reject RejectMember(std::string_view member, std::string code, std::string message) {
  return RejectAt(std::string(kBookingPointer).append("/").append(member), std::move(code),
                  std::move(message));
}

/// Sets the action by the status, or says why there is nothing to do.
std::optional<std::variant<Ignore, Reject>> ReadStatus(json::Value source, bool is_update,
                                                       const Config& config, Booking& booking) {
  const std::optional<std::string> status = source["status"].Text();
  if (!status) return RejectMember("status", "missing", "the booking has no status");
  for (const Status& ended : kEnded) {
    if (ended.name != *status) continue;
    booking.action = ended.action;
    if (!ended.reason.empty()) booking.cancel_reason = std::string(ended.reason);
    return std::nullopt;
  }
  if (*status == "PENDING" && !config.store_pending) return Ignore{"awaiting_acceptance"};
  if (*status != "ACCEPTED" && *status != "PENDING") {
    return RejectMember("status", "unknown_status", "the booking's status is not known");
  }
  booking.action = is_update ? Action::kRescheduled : Action::kBooked;
  return std::nullopt;
}

/// The segments follow each other, with intermissions between them. The transition time after the
/// last is for cleaning up and not the customer's. nullopt if one of them does not say how long.
std::optional<std::int64_t> DurationOf(json::Value source) {
  const json::Value segments = source["appointment_segments"];
  std::int64_t minutes = 0;
  for (std::size_t i = 0; i < segments.size(); ++i) {
    const std::optional<std::int64_t> duration = segments[i]["duration_minutes"].Integer();
    const bool last = i + 1 == segments.size();
    const std::int64_t pause = last ? 0 : segments[i]["intermission_minutes"].Integer().value_or(0);
    if (!duration || *duration < 0 || *duration > limits::kMaxMinutes || pause < 0 ||
        pause > limits::kMaxMinutes) {
      minutes = 0;
      break;
    }
    minutes += *duration + pause;
  }
  if (minutes == 0 && source["all_day"].Bool() == true) return kDayMinutes;
  if (minutes == 0 || minutes > limits::kMaxMinutes) return std::nullopt;
  return minutes;
}

/// Ids end up in paths. One that cannot is none that Square gave, and counts as absent.
std::optional<std::string> ReadId(json::Value source) {
  std::optional<std::string> id = source.Text();
  if (id && !IsPathSegment(*id)) id.reset();
  return id;
}

void ReadIds(json::Value source, WebhookBooking& read) {
  read.customer_id = ReadId(source["customer_id"]);
  // The row of a booking that ended has its details already, or nobody asks for them any more.
  if (read.ended()) return;
  if (!read.booking.location) read.location_id = ReadId(source["location_id"]);
  const json::Value segments = source["appointment_segments"];
  for (std::size_t i = 0; i < segments.size(); ++i) {
    if (!read.team_member_id) read.team_member_id = ReadId(segments[i]["team_member_id"]);
    std::optional<std::string> service = ReadId(segments[i]["service_variation_id"]);
    if (service) read.service_ids.push_back(*std::move(service));
  }
}

}  // namespace

std::variant<WebhookBooking, Ignore, Reject> ReadBooking(json::Value source, bool is_update,
                                                         const Config& config) {
  WebhookBooking read;
  Booking& booking = read.booking;
  booking.external_id = source["id"].Text();
  if (!booking.external_id) return RejectMember("id", "missing", "the booking has no id");
  const auto undecided = ReadStatus(source, is_update, config, booking);
  if (undecided) {
    if (const auto* ignore = std::get_if<Ignore>(&*undecided)) return *ignore;
    return std::get<Reject>(*undecided);
  }
  const std::optional<std::string> start_text = source["start_at"].Text();
  const std::optional<Timestamp> start = start_text ? ParseTimestamp(*start_text) : std::nullopt;
  if (start_text && !start) {
    return RejectMember("start_at", "bad_timestamp", "is not an RFC 3339 timestamp");
  }
  if (start) booking.start_time = FormatTimestamp(*start);
  booking.duration_minutes = DurationOf(source);
  booking.sequence = source["version"].Integer();
  const std::optional<std::string> updated_text = source["updated_at"].Text();
  const std::optional<Timestamp> updated =
      updated_text ? ParseTimestamp(*updated_text) : std::nullopt;
  if (updated) booking.occurred_at = FormatTimestamp(*updated);
  // seller_note is for the staff only.
  booking.notes = source["customer_note"].Text();
  booking.location = LocationInWebhook(source);
  ReadIds(source, read);
  if (!read.customer_id && !read.ended()) {
    if (source["customer_id"].Text()) {
      return RejectMember("customer_id", "bad_id", "is no customer's id");
    }
    return RejectMember("customer_id", "missing",
                        "the booking names no customer; add one to it in Square");
  }
  return read;
}

}  // namespace bookgate::square
