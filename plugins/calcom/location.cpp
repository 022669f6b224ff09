#include "location.hpp"

#include <bookgate/text.hpp>

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include "responses.hpp"

namespace bookgate::calcom {
namespace {

constexpr std::string_view kIntegration = "integrations:";

constexpr std::array<std::pair<std::string_view, std::string_view>, 4> kServices = {{
    {"daily", "Cal Video"},
    {"google:meet", "Google Meet"},
    {"zoom", "Zoom"},
    {"office365_video", "Microsoft Teams"},
}};

/// Kinds of place that Cal.com writes where no place is known yet.
constexpr std::array<std::string_view, 7> kKinds = {
    "inPerson", "attendeeInPerson", "somewhereElse", "link", "phone", "userPhone", "conferencing"};

bool IsKind(std::string_view location) {
  return location.starts_with(kIntegration) ||
         std::find(kKinds.begin(), kKinds.end(), location) != kKinds.end();
}

std::optional<std::string> VideoLink(json::Value booking) {
  std::optional<std::string> link = booking["metadata"]["videoCallUrl"].Text();
  return link ? link : booking["videoCallData"]["url"].Text();
}

}  // namespace

std::optional<std::string> LocationText(json::Value booking) {
  std::optional<std::string> location = booking["location"].Text();
  if (location && !IsKind(*location)) return location;
  if (std::optional<std::string> link = VideoLink(booking)) return link;
  // What the customer typed for a kind of place that asks for it, such as an address.
  return Response(booking, "location")["optionValue"].Text();
}

std::optional<std::string> VideoService(json::Value booking) {
  std::string_view location = Trim(booking["location"].RawString().value_or(""));
  if (!location.starts_with(kIntegration)) return std::nullopt;
  location.remove_prefix(kIntegration.size());
  for (const auto& [service, name] : kServices) {
    if (location == service) return std::string(name);
  }
  return NonEmpty(location);
}

std::optional<std::string> AttendeePhoneLocation(json::Value booking) {
  const json::Value chosen = Response(booking, "location");
  const std::optional<std::string> kind = chosen["value"].Text();
  if (kind && *kind != "phone" && !LooksLikePhone(*kind)) return std::nullopt;
  for (const json::Value number : {booking["location"], chosen["optionValue"]}) {
    std::optional<std::string> text = number.Text();
    if (text && LooksLikePhone(*text)) return text;
  }
  return std::nullopt;
}

}  // namespace bookgate::calcom
