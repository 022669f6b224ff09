#include "booking/history_text.hpp"

#include <bookgate/json.hpp>

#include <array>

#include "base/json_writer.hpp"

namespace bookgate::booking {
namespace {

using model::Action;

/// The one list of members that are text.
struct TextMember {
  const char* name;
  std::string PastEvent::*member;
};
constexpr std::array<TextMember, 11> kTexts = {{
    {"external_id", &PastEvent::external_id},
    {"previous_external_id", &PastEvent::previous_external_id},
    {"next_external_id", &PastEvent::next_external_id},
    {"time_zone", &PastEvent::time_zone},
    {"appointment_type", &PastEvent::appointment_type},
    {"notes", &PastEvent::notes},
    {"location", &PastEvent::location},
    {"host_name", &PastEvent::host_name},
    {"host_email", &PastEvent::host_email},
    {"cancel_reason", &PastEvent::cancel_reason},
    {"answers", &PastEvent::answers},
}};

constexpr std::array<Action, 5> kActions = {Action::kBooked, Action::kRescheduled,
                                            Action::kCancelled, Action::kNoShow, Action::kUpdated};

void WriteTime(base::JsonWriter& out, const char* name,
               const std::optional<base::Instant>& instant) {
  if (instant) out.Member(name, instant->time_since_epoch().count());
}

void WriteEvent(base::JsonWriter& out, const PastEvent& event) {
  out.Object().Member("action", model::ActionName(event.action));
  for (const TextMember& text : kTexts) {
    if (!(event.*text.member).empty()) out.Member(text.name, event.*text.member);
  }
  if (event.superseded) out.Member("superseded", true);
  if (event.duration_minutes) out.Member("duration_minutes", *event.duration_minutes);
  if (event.sequence) out.Member("sequence", *event.sequence);
  WriteTime(out, "start_time", event.start_time);
  WriteTime(out, "occurred_at", event.occurred_at);
  WriteTime(out, "observed_at", event.observed_at);
  out.Member("delivery_id", event.delivery_id.ToString()).Member("index", event.index).EndObject();
}

std::optional<base::Instant> ReadTime(json::Value value) {
  const std::optional<std::int64_t> microseconds = value.Integer();
  if (!microseconds) return std::nullopt;
  return base::Instant(std::chrono::microseconds(*microseconds));
}

std::optional<Action> ReadAction(json::Value value) {
  const std::string name = value.Text().value_or("");
  for (const Action action : kActions) {
    if (model::ActionName(action) == name) return action;
  }
  return std::nullopt;
}

std::optional<PastEvent> ReadEvent(json::Value value) {
  const std::optional<Action> action = ReadAction(value["action"]);
  const std::optional<base::Uuid> delivery_id =
      base::Uuid::Parse(value["delivery_id"].Text().value_or(""));
  const std::optional<base::Instant> observed_at = ReadTime(value["observed_at"]);
  if (!action || !delivery_id || !observed_at) return std::nullopt;
  PastEvent event;
  event.action = *action;
  event.delivery_id = *delivery_id;
  event.observed_at = *observed_at;
  event.index = static_cast<std::int32_t>(value["index"].Integer().value_or(0));
  for (const TextMember& text : kTexts) {
    event.*text.member = std::string(value[text.name].RawString().value_or(""));
  }
  event.superseded = value["superseded"].Bool().value_or(false);
  if (const auto minutes = value["duration_minutes"].Integer()) {
    event.duration_minutes = static_cast<std::int32_t>(*minutes);
  }
  event.sequence = value["sequence"].Integer();
  event.start_time = ReadTime(value["start_time"]);
  event.occurred_at = ReadTime(value["occurred_at"]);
  return event;
}

}  // namespace

std::string HistoryToText(const std::vector<PastEvent>& history) {
  base::JsonWriter out;
  out.Array();
  for (const PastEvent& event : history) WriteEvent(out, event);
  return out.EndArray().Text();
}

std::optional<std::vector<PastEvent>> HistoryFromText(std::string_view text) {
  const std::optional<json::Document> document = json::Document::Parse(text);
  if (!document || !document->root().is_array()) return std::nullopt;
  std::vector<PastEvent> history;
  for (std::size_t i = 0; i < document->root().size(); ++i) {
    std::optional<PastEvent> event = ReadEvent(document->root()[i]);
    if (!event) return std::nullopt;
    history.push_back(*std::move(event));
  }
  return history;
}

}  // namespace bookgate::booking
