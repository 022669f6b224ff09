// Square's booking webhooks as booking events.
//
// A webhook holds the whole booking as it is at some version, and ids in place of names. The body
// settles when and whether, the API who and what (Square, "Use Webhooks" of the Bookings API).
#include <bookgate/json.hpp>
#include <bookgate/limits.hpp>
#include <bookgate/translator.hpp>
#include <bookgate_manifest.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "booking.hpp"
#include "completion.hpp"
#include "config.hpp"
#include "list_bookings.hpp"
#include "lookups.hpp"
#include "subscriptions.hpp"

namespace bookgate::square {
namespace {

Decision Ask(std::vector<Lookup> lookups, Booking booking) {
  FitToLimits(booking);
  NeedLookups ask;
  ask.lookups = std::move(lookups);
  ask.events_so_far.push_back(std::move(booking));
  return ask;
}

Decision TranslateBooking(const StepInput& input, WebhookBooking read) {
  std::vector<Lookup> first_round = FirstRound(read);
  if (!first_round.empty() && !input.Reply(first_round.front().id)) {
    return Ask(std::move(first_round), std::move(read.booking));
  }
  std::vector<std::string> notes;
  std::optional<Reject> reject = Complete(input, read, notes);
  if (reject) return *std::move(reject);
  if (ShouldAskForTeamMember(input, read)) {
    return Ask({AskForTeamMember(*read.team_member_id)}, std::move(read.booking));
  }
  FitToLimits(read.booking);
  Bookings bookings = One(std::move(read.booking));
  bookings.notes = std::move(notes);
  return bookings;
}

/// Custom attributes share the prefix of bookings but are none.
std::optional<Ignore> IgnoreEvent(std::string_view type) {
  if (type == "booking.created" || type == "booking.updated") return std::nullopt;
  if (type == "webhooks.test_notification") return Ignore{"test_notification"};
  if (type.starts_with("booking.custom_attribute")) return Ignore{"custom_attribute"};
  return Ignore{"unknown_event"};
}

Decision Translate(const StepInput& input) {
  const std::optional<json::Document> document = json::Document::Parse(input.body());
  if (!document || !document->root().is_object()) {
    return RejectAt("", "not_json", "the body is not a JSON object");
  }
  const json::Value root = document->root();
  const std::optional<std::string> type = root["type"].Text();
  if (!type) return RejectAt("/type", "missing", "the body does not name its event");
  if (std::optional<Ignore> ignore = IgnoreEvent(*type)) return *std::move(ignore);
  const json::Value booking = root.At(kBookingPointer);
  if (!booking.is_object()) {
    return RejectAt(std::string(kBookingPointer), "missing", "the body has no booking object");
  }
  auto read = ReadBooking(booking, *type == "booking.updated", ReadConfig(input.config()));
  if (auto* ignore = std::get_if<Ignore>(&read)) return std::move(*ignore);
  if (auto* reject = std::get_if<Reject>(&read)) return std::move(*reject);
  return TranslateBooking(input, std::move(std::get<WebhookBooking>(read)));
}

}  // namespace

struct Square {
  static constexpr std::string_view kManifest = bookgate_manifest::kText;

  static Decision Step(const StepInput& input) {
    const std::string_view operation = input.operation();
    if (operation == "translate") return Translate(input);
    if (operation == "register_webhook") return RegisterWebhook(input);
    if (operation == "unregister_webhook") return UnregisterWebhook(input);
    if (operation == "webhook_status") return WebhookStatus(input);
    if (operation == "list_bookings") return ListBookings(input, ReadConfig(input.config()));
    return RejectAt("", "unknown_operation", "this translator does not know the operation");
  }
};

}  // namespace bookgate::square

BKG_TRANSLATOR(bookgate::square::Square)
