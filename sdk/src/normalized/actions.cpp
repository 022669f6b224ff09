#include "actions.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <utility>
#include <vector>

#include <bookgate/text.hpp>

namespace bookgate::normalized {
namespace {

using Word = std::pair<std::string_view, Action>;

constexpr std::array kVerbs = {
    Word{"booked", Action::kBooked},
    Word{"book", Action::kBooked},
    Word{"created", Action::kBooked},
    Word{"create", Action::kBooked},
    Word{"scheduled", Action::kBooked},
    Word{"schedule", Action::kBooked},
    Word{"confirmed", Action::kBooked},
    Word{"confirm", Action::kBooked},
    Word{"accepted", Action::kBooked},
    Word{"approved", Action::kBooked},
    Word{"added", Action::kBooked},
    Word{"new", Action::kBooked},
    Word{"rescheduled", Action::kRescheduled},
    Word{"reschedule", Action::kRescheduled},
    Word{"moved", Action::kRescheduled},
    Word{"postponed", Action::kRescheduled},
    Word{"cancelled", Action::kCancelled},
    Word{"canceled", Action::kCancelled},
    Word{"cancel", Action::kCancelled},
    Word{"cancellation", Action::kCancelled},
    Word{"deleted", Action::kCancelled},
    Word{"delete", Action::kCancelled},
    Word{"removed", Action::kCancelled},
    Word{"declined", Action::kCancelled},
    Word{"rejected", Action::kCancelled},
    Word{"denied", Action::kCancelled},
    Word{"noshow", Action::kNoShow},
    Word{"updated", Action::kUpdated},
    Word{"update", Action::kUpdated},
    Word{"changed", Action::kUpdated},
    Word{"change", Action::kUpdated},
    Word{"modified", Action::kUpdated},
    Word{"edited", Action::kUpdated},
    // The booking goes on as it was.
    Word{"reminder", Action::kUpdated},
    Word{"started", Action::kUpdated},
    Word{"ended", Action::kUpdated},
    Word{"completed", Action::kUpdated},
    Word{"paid", Action::kUpdated},
};

constexpr std::array<std::string_view, 9> kRecordKinds = {
    "booking", "bookings", "appointment", "appointments", "event",
    "events",  "meeting",  "reservation", "calendar"};

/// Words of event names that say nothing by themselves.
constexpr std::array<std::string_view, 6> kFillers = {"invitee", "calendarevent", "session",
                                                      "webhook", "webhooks",      "notification"};
/// Events that leave the action to what else the body says.
constexpr std::array<std::string_view, 2> kUndecided = {"requested", "pending"};
constexpr std::array<std::string_view, 2> kTests = {"ping", "test"};

bool Contains(const auto& words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

bool IsUpper(char c) {
  return c >= 'A' && c <= 'Z';
}
bool IsLower(char c) {
  return c >= 'a' && c <= 'z';
}

/// The words of "booking.no-show", "BOOKING_NO_SHOW" and "BookingNoShow": booking, noshow.
std::vector<std::string> Words(std::string_view text) {
  std::vector<std::string> words(1);
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    const bool separator = c == '.' || c == '_' || c == '-' || c == ':' || c == '/' || c == ' ';
    const bool hump = IsUpper(c) && i > 0 && IsLower(text[i - 1]);
    if ((separator || hump) && !words.back().empty()) words.emplace_back();
    if (!separator) words.back() += c;
  }
  if (words.back().empty()) words.pop_back();
  for (std::string& word : words) word = ToLowerAscii(word);
  for (std::size_t i = 0; i + 1 < words.size(); ++i) {
    if (words[i] != "no" || words[i + 1] != "show") continue;
    words[i] = "noshow";
    words.erase(words.begin() + static_cast<std::ptrdiff_t>(i) + 1);
  }
  return words;
}

std::optional<EventName> ReadWords(const std::vector<std::string>& words) {
  EventName name;
  bool says_something = false;
  for (const std::string& word : words) {
    const auto verb = std::find_if(kVerbs.begin(), kVerbs.end(),
                                   [&](const Word& known) { return known.first == word; });
    if (verb != kVerbs.end()) {
      name.action = name.action ? Stronger(*name.action, verb->second) : verb->second;
    } else if (Contains(kTests, word)) {
      name.is_test = true;
    } else if (Contains(kRecordKinds, word) || Contains(kFillers, word)) {
      continue;
    } else if (!Contains(kUndecided, word)) {
      return std::nullopt;
    }
    says_something = true;
  }
  if (!says_something) return std::nullopt;
  return name;
}

}  // namespace

std::optional<EventName> ReadEventName(std::string_view text) {
  text = Trim(text);
  if (text.size() > 64 || text.find(' ') != std::string_view::npos) return std::nullopt;
  return ReadWords(Words(text));
}

std::optional<Action> ReadAction(std::string_view text) {
  if (text.size() > 64) return std::nullopt;
  const std::optional<EventName> name = ReadWords(Words(Trim(text)));
  return name ? name->action : std::nullopt;
}

std::optional<Action> ReadStatus(std::string_view text) {
  const std::optional<Action> action = ReadAction(text);
  const bool is_state =
      action == Action::kCancelled || action == Action::kNoShow || action == Action::kRescheduled;
  return is_state ? action : std::nullopt;
}

bool IsRecordKind(std::string_view text) {
  return Contains(kRecordKinds, ToLowerAscii(Trim(text)));
}

Action Stronger(Action a, Action b) {
  constexpr std::array kByStrength = {Action::kCancelled, Action::kNoShow, Action::kRescheduled,
                                      Action::kUpdated, Action::kBooked};
  for (const Action action : kByStrength) {
    if (a == action || b == action) return action;
  }
  return a;
}

}  // namespace bookgate::normalized
