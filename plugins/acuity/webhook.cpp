#include "webhook.hpp"

#include <bookgate/text.hpp>

#include <cstddef>
#include <optional>
#include <utility>

namespace bookgate::acuity {
namespace {

constexpr std::size_t kLongestId = 190;

using ReadWebhook = std::variant<Webhook, Ignore, Reject>;

std::optional<Event> EventOf(std::string_view action) {
  // Account webhooks name the action alone, and those made by the API are subscribed to with a
  // prefix. Which of the two comes is not documented; both have been seen.
  constexpr std::string_view kPrefix = "appointment.";
  if (action.starts_with(kPrefix)) action.remove_prefix(kPrefix.size());
  if (action == "scheduled") return Event::kScheduled;
  if (action == "rescheduled") return Event::kRescheduled;
  if (action == "canceled") return Event::kCanceled;
  if (action == "changed") return Event::kChanged;
  return std::nullopt;
}

/// An order is a package, a gift certificate or a subscription. Its id is no appointment's.
Ignore IgnoreAction(std::string_view action) {
  return Ignore{action == "order.completed" ? "order_completed" : "unknown_event"};
}

/// The id ends up in a path, where one of dots alone would lead somewhere else.
bool IsUsable(std::string_view id) {
  return id.size() <= kLongestId && id.find_first_not_of('.') != std::string_view::npos;
}

ReadWebhook Read(const std::optional<std::string>& action, std::optional<std::string> id,
                 std::optional<Event> event_without_action) {
  if (!action && !event_without_action) {
    return RejectAt("/action", "missing", "the body does not name its action");
  }
  const std::optional<Event> event = action ? EventOf(*action) : event_without_action;
  if (!event) return IgnoreAction(*action);
  if (!id) return RejectAt("/id", "missing", "the body does not name the appointment's id");
  if (!IsUsable(*id)) return RejectAt("/id", "bad_id", "is no appointment's id");
  return Webhook{*event, *std::move(id)};
}

}  // namespace

ReadWebhook ReadForm(std::string_view body) {
  std::optional<std::string> action;
  std::optional<std::string> id;
  for (const auto& [name, value] : ParseForm(body)) {
    if (name == "action" && !action) action = NonEmpty(value);
    if (name == "id" && !id) id = NonEmpty(value);
  }
  return Read(action, std::move(id), std::nullopt);
}

ReadWebhook ReadForwarded(json::Value body) {
  const std::optional<Event> unnamed =
      IsAppointment(body) ? std::optional<Event>(Event::kChanged) : std::nullopt;
  return Read(body["action"].Text(), body["id"].Text(), unnamed);
}

bool IsAppointment(json::Value body) {
  return body["datetime"].is_string() && body["appointmentTypeID"].has_value();
}

}  // namespace bookgate::acuity
