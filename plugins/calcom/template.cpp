#include "template.hpp"

#include <bookgate/normalized.hpp>
#include <bookgate/text.hpp>
#include <bookgate/time.hpp>

#include <optional>
#include <string>
#include <utility>

namespace bookgate::calcom {
namespace {

/// What the "Ping test" button books for (calcom/cal.com, testTrigger.handler.ts). A template
/// need not pass on that it is a ping.
constexpr std::string_view kPingEmail = "jdoe@example.com";

Action ActionOf(Meaning meaning) {
  switch (meaning) {
    case Meaning::kRescheduled:
      return Action::kRescheduled;
    case Meaning::kCancelled:
      return Action::kCancelled;
    case Meaning::kGuestsAbsent:
      return Action::kNoShow;
    case Meaning::kUpdated:
    case Meaning::kNoShowMarked:  // Set or taken back: a template's own names do not tell.
      return Action::kUpdated;
    default:
      return Action::kBooked;
  }
}

/// A uid, unless somebody's template has put there what cannot be one.
std::optional<std::string> Uid(json::Value value) {
  constexpr std::size_t kLongestId = 190;
  std::optional<std::string> uid = value.Text();
  if (uid && uid->size() > kLongestId) uid.reset();
  return uid;
}

void AddWhatCalcomSays(json::Value body, const Trigger* trigger, Booking& booking) {
  // The provider is Cal.com whatever a template calls it: the same booking has one identity.
  booking.source.reset();
  if (!booking.external_id) booking.external_id = Uid(body["uid"]);
  if (!booking.previous_external_id) {
    std::optional<std::string> replaced = Uid(body["rescheduleUid"]);
    if (replaced != booking.external_id) booking.previous_external_id = std::move(replaced);
  }
  const std::optional<std::string> made = body["createdAt"].Text();
  const std::optional<Timestamp> time = made ? ParseTimestamp(*made) : std::nullopt;
  if (!booking.occurred_at && time) booking.occurred_at = FormatTimestamp(*time);
  if (trigger != nullptr && !body["action"].has_value()) {
    booking.action = ActionOf(trigger->meaning);
  }
}

/// Cal.com renders templates as text; where quotes in a value break the JSON, it sends `false`.
bool IsBrokenTemplate(json::Value body) {
  return body.is_bool() && body.Bool() == false;
}

}  // namespace

Decision TranslateTemplate(const StepInput& input, const Unwrapped& body, const Config& config) {
  if (IsBrokenTemplate(body.value)) {
    return RejectAt(
        "", "broken_template",
        "Cal.com could not render the webhook's payload template and sent false; quotes "
        "or line breaks in a value do that. Remove the template or its free-text values.");
  }
  const std::optional<std::string> name = body.value["triggerEvent"].Text();
  const std::optional<Trigger> trigger = name ? std::optional(TriggerOf(*name)) : std::nullopt;
  if (trigger && trigger->meaning == Meaning::kRequested && !config.store_requests) {
    return Ignore{std::string(trigger->reason)};
  }
  // Templates that are JSON may be labelled as a form (Cal.com looks at the template, not at what
  // comes out).
  const std::string_view content_type =
      body.value.exists() ? "application/json" : input.content_type();
  Decision decision = TranslateNormalized(input.body(), content_type);
  auto* bookings = std::get_if<Bookings>(&decision);
  if (bookings == nullptr) return decision;
  for (Booking& booking : bookings->events) {
    if (booking.customer_email == kPingEmail) return Ignore{"ping"};
    AddWhatCalcomSays(body.value, trigger ? &*trigger : nullptr, booking);
  }
  return decision;
}

}  // namespace bookgate::calcom
