#include "uri.hpp"

#include <bookgate/text.hpp>

namespace bookgate::calendly {
namespace {

/// The path segment that follows `collection`, such as "/invitees/".
std::optional<std::string> SegmentAfter(std::string_view uri, std::string_view collection) {
  const std::size_t at = uri.rfind(collection);
  if (at == std::string_view::npos) return std::nullopt;
  std::string_view segment = uri.substr(at + collection.size());
  segment = segment.substr(0, segment.find_first_of("/?#"));
  return NonEmpty(segment);
}

}  // namespace

std::optional<std::string> InviteeId(std::string_view uri) {
  return SegmentAfter(uri, "/invitees/");
}

std::optional<std::string> ScheduledEventId(std::string_view uri) {
  return SegmentAfter(uri, "/scheduled_events/");
}

std::optional<std::string> SubscriptionId(std::string_view uri) {
  return SegmentAfter(uri, "/webhook_subscriptions/");
}

}  // namespace bookgate::calendly
