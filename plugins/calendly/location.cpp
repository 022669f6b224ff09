#include "location.hpp"

#include <bookgate/text.hpp>

#include <array>
#include <string_view>
#include <utility>

namespace bookgate::calendly {
namespace {

/// Kinds that can stand for themselves. `zoom` is the event's spelling, `zoom_conference` the event
/// type's; likewise the others (Calendly, "Webhook Payload" and "Event Types").
constexpr std::array<std::pair<std::string_view, std::string_view>, 9> kNames = {{
    {"inbound_call", "Phone call"},
    {"outbound_call", "Phone call"},
    {"zoom", "Zoom"},
    {"zoom_conference", "Zoom"},
    {"google_conference", "Google Meet"},
    {"microsoft_teams_conference", "Microsoft Teams"},
    {"gotomeeting", "GoToMeeting"},
    {"webex", "Webex"},
    {"webex_conference", "Webex"},
}};

std::optional<std::string> NameOf(std::string_view type) {
  for (const auto& [known, name] : kNames) {
    if (type == known) return std::string(name);
  }
  // An address that is missing is not made better by the word "physical".
  return std::nullopt;
}

}  // namespace

std::optional<std::string> LocationText(json::Value location) {
  if (location.is_string()) return location.Text();
  // Conferences have a join link; everything else has text, which may be null.
  if (std::optional<std::string> link = location["join_url"].Text()) return link;
  std::optional<std::string> text = location["location"].Text();
  if (!text) return NameOf(location["type"].RawString().value_or(""));
  if (const std::optional<std::string> more = location["additional_info"].Text()) {
    text->append(" (").append(*more).append(")");
  }
  return text;
}

std::optional<std::string> OutboundCallNumber(json::Value location) {
  if (location["type"].RawString() != "outbound_call") return std::nullopt;
  std::optional<std::string> number = location["location"].Text();
  if (!number || !LooksLikePhone(*number)) return std::nullopt;
  return number;
}

}  // namespace bookgate::calendly
