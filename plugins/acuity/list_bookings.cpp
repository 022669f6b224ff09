#include "list_bookings.hpp"

#include <bookgate/json.hpp>
#include <bookgate/json_object.hpp>
#include <bookgate/limits.hpp>
#include <bookgate/operations.hpp>
#include <bookgate/time.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "appointment.hpp"
#include "lookup.hpp"
#include "webhook.hpp"

namespace bookgate::acuity {
namespace {

constexpr std::int64_t kDaysBack = 31;
constexpr std::int64_t kDaysAhead = 400;
/// Halved until the answer is not full: six rounds at most, and one for a very full day.
constexpr std::int64_t kMostDays = 32;
constexpr std::size_t kMostAppointments = 100;
/// Of a single day. With forms an appointment may have three kilobytes, and an answer a megabyte.
constexpr std::size_t kMostADay = 300;
constexpr std::size_t kMostNotes = 8;

/// Where the last call ended.
struct Cursor {
  Timestamp from;  ///< A day.
  std::int64_t days = kMostDays;
  std::size_t skip = 0;  ///< Events of the window that were given already.
};

std::optional<Cursor> ReadCursor(const ListParameters& parameters) {
  if (parameters.cursor.empty()) return Cursor{DaysLater(parameters.since, -kDaysBack)};
  const std::optional<json::Document> document = json::Document::Parse(parameters.cursor);
  const json::Value root = document ? document->root() : json::Value();
  const std::optional<std::string> text = root["from"].Text();
  const std::optional<Timestamp> from = text ? ParseTimestamp(*text) : std::nullopt;
  const std::int64_t days = root["days"].Integer().value_or(kMostDays);
  const std::int64_t skip = root["skip"].Integer().value_or(0);
  if (!from || !from->has_offset || days < 1 || days > kMostDays || skip < 0) return std::nullopt;
  return Cursor{*from, days, static_cast<std::size_t>(skip)};
}

std::string ToText(const Cursor& cursor) {
  JsonObject object;
  object.Text("from", FormatTimestamp(cursor.from)).Number("days", cursor.days);
  return object.Number("skip", static_cast<std::int64_t>(cursor.skip)).ToText();
}

/// "2026-05-04".
std::string DayOf(const Timestamp& time) {
  constexpr std::size_t kDayBytes = 10;
  return FormatTimestamp(time).substr(0, kDayBytes);
}

std::string LookupId(std::int64_t days, std::size_t most) {
  return most == kMostADay ? "full-day" : "appointments-" + std::to_string(days);
}

/// Both days are asked for whether the API counts the last one in or not.
Lookup AskForAppointments(const Cursor& cursor, std::int64_t days, std::size_t most) {
  Lookup lookup = Request(LookupId(days, most), Method::kGet, "/api/v1/appointments");
  lookup.query = {{"minDate", DayOf(cursor.from)},
                  {"maxDate", DayOf(DaysLater(cursor.from, days))},
                  {"max", std::to_string(most)},
                  // Both canceled ones and those that stand (Acuity, "/appointments").
                  {"showall", "true"}};
  return lookup;
}

/// A window whose appointments are all there.
struct Window {
  json::Document answer;
  std::int64_t days = 0;
  bool cut_off = false;  ///< But for what no request could get.
};

/// The window, or what has to be asked for to find one, or why there is none.
std::variant<Window, Decision> FindWindow(const StepInput& input, const Cursor& cursor) {
  std::int64_t days = cursor.days;
  std::size_t most = kMostAppointments;
  for (;;) {
    const std::string id = LookupId(days, most);
    const std::optional<LookupReply> reply = input.Reply(id);
    if (!reply) return Decision(NeedLookups{{AskForAppointments(cursor, days, most)}});
    std::optional<Reject> useless = RejectUseless(*reply, id, kProvider, "");
    if (useless) return Decision(*std::move(useless));
    std::optional<json::Document> answer = json::Document::Parse(reply->body);
    if (!answer || !answer->root().is_array()) {
      return Decision(RejectAnswer(id, "", "missing", "Acuity's answer holds no appointments"));
    }
    const bool full = answer->root().size() >= most;
    if (!full || most == kMostADay) return Window{*std::move(answer), days, full};
    if (days == 1) {
      most = kMostADay;
    } else {
      days /= 2;
    }
  }
}

void Note(std::vector<std::string>& notes, std::string note) {
  const bool known = std::find(notes.begin(), notes.end(), note) != notes.end();
  if (!known && notes.size() < kMostNotes) notes.push_back(std::move(note));
}

void AddAppointment(json::Value appointment, const ListParameters& parameters,
                    std::vector<Booking>& page, std::vector<std::string>& notes) {
  const std::optional<std::string> made_text = appointment["datetimeCreated"].Text();
  const std::optional<Timestamp> made = made_text ? ParseTimestamp(*made_text) : std::nullopt;
  if (!parameters.Covers(made, std::nullopt)) return;
  const std::optional<std::string> id = appointment["id"].Text();
  std::vector<std::string> said;
  auto read = id ? ReadAppointment(appointment, {Event::kChanged, *id}, "body", said)
                 : std::variant<Booking, Reject>(Reject{});
  if (std::holds_alternative<Reject>(read)) {
    return Note(notes, "An appointment was left out: it has no id or start that can be used.");
  }
  for (std::string& note : said) Note(notes, std::move(note));
  page.push_back(std::move(std::get<Booking>(read)));
  FitToLimits(page.back());
}

Decision Conclude(const Window& window, const ListParameters& parameters, Cursor cursor) {
  Bookings bookings;
  if (window.cut_off) {
    Note(bookings.notes, "Of a day with more than 300 appointments, not all were fetched.");
  }
  std::vector<Booking> page;
  const json::Value list = window.answer.root();
  for (std::size_t i = 0; i < list.size(); ++i) {
    AddAppointment(list[i], parameters, page, bookings.notes);
  }
  const std::size_t all = page.size();
  PagePart part = TakePart(std::move(page), cursor.skip);
  bookings.events = std::move(part.events);
  if (part.next < all) {
    bookings.next_cursor = ToText({cursor.from, window.days, part.next});
    return bookings;
  }
  const Timestamp from = DaysLater(cursor.from, window.days);
  const Timestamp end = DaysLater(parameters.until, kDaysAhead);
  if (from.microseconds >= end.microseconds || from == cursor.from) return bookings;
  // What follows a full month is as full, most likely; what follows an empty one may be longer.
  bookings.next_cursor = ToText({from, std::min(window.days * 2, kMostDays), 0});
  return bookings;
}

}  // namespace

Decision ListBookings(const StepInput& input) {
  std::variant<ListParameters, Reject> read = ReadListParameters(input);
  if (auto* reject = std::get_if<Reject>(&read)) return std::move(*reject);
  const ListParameters& parameters = std::get<ListParameters>(read);
  const std::optional<Cursor> cursor = ReadCursor(parameters);
  if (!cursor) return RejectCursor();
  std::variant<Window, Decision> found = FindWindow(input, *cursor);
  if (auto* decision = std::get_if<Decision>(&found)) return std::move(*decision);
  return Conclude(std::get<Window>(found), parameters, *cursor);
}

}  // namespace bookgate::acuity
