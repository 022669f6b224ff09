#include "ids.hpp"

#include <bookgate/text.hpp>

#include <utility>

namespace bookgate::calcom {
namespace {

constexpr std::size_t kLongestId = 190;

std::optional<std::string> IdOf(std::optional<std::string> uid, std::string_view seat) {
  if (!uid || uid->size() > kLongestId) return std::nullopt;
  return seat.empty() ? std::move(uid) : SeatId(*uid, seat);
}

std::optional<std::string> Uid(json::Value booking) {
  std::optional<std::string> uid = booking["uid"].Text();
  return uid ? uid : booking["bookingUid"].Text();
}

/// The booking that this one replaces: in webhooks `rescheduleUid`, in the flat bodies, which are
/// the database's, `fromReschedule`.
std::optional<std::string> ReplacedUid(json::Value booking) {
  std::optional<std::string> uid = booking["rescheduleUid"].Text();
  return uid ? uid : booking["fromReschedule"].Text();
}

}  // namespace

bool HasSeats(json::Value booking) {
  return booking["seatsPerTimeSlot"].Integer().value_or(0) > 0;
}

std::optional<std::string> SeatId(std::string_view uid, std::string_view attendee_email) {
  std::string id(uid);
  id.append("/").append(ToLowerAscii(attendee_email));
  if (id.size() > kLongestId) return std::nullopt;
  return id;
}

void ReadIds(json::Value webhook_booking, std::string_view seat, Booking& booking) {
  std::optional<std::string> uid = Uid(webhook_booking);
  std::optional<std::string> replaced = ReplacedUid(webhook_booking);
  // A seat that moves to a slot of its own kept the uid, and versions before August 2023 left it
  // out: then the old id is the only one, and goes on.
  if (!uid) uid = replaced;
  if (replaced != uid) booking.previous_external_id = IdOf(std::move(replaced), seat);
  booking.external_id = IdOf(std::move(uid), seat);
  if (booking.action == Action::kCancelled) {
    booking.next_external_id = IdOf(webhook_booking["rescheduledToUid"].Text(), seat);
  }
}

}  // namespace bookgate::calcom
