#include "list_bookings.hpp"

#include <bookgate/json.hpp>
#include <bookgate/json_object.hpp>
#include <bookgate/operations.hpp>
#include <bookgate/time.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "booking.hpp"
#include "lookups.hpp"
#include "names.hpp"

namespace bookgate::square {
namespace {

constexpr std::string_view kLookup = "bookings";
constexpr std::string_view kNeeds = "the scopes APPOINTMENTS_READ and APPOINTMENTS_ALL_READ";
constexpr std::int64_t kBookingsACall = 40;
/// Square takes 31 at most.
constexpr std::int64_t kDaysACall = 30;
/// No-show marks come after the appointment.
constexpr std::int64_t kDaysBack = 31;
/// Nobody may book further ahead.
constexpr std::int64_t kDaysAhead = 366;
constexpr std::size_t kMostNotes = 8;

/// Where the last call ended.
struct Cursor {
  Timestamp from;        ///< Start of the month.
  std::string page;      ///< Square's cursor in it; "" for the first page.
  std::size_t skip = 0;  ///< Events of the page that were given already.
};

std::optional<Cursor> ReadCursor(const ListParameters& parameters) {
  if (parameters.cursor.empty()) return Cursor{DaysLater(parameters.since, -kDaysBack), "", 0};
  const std::optional<json::Document> document = json::Document::Parse(parameters.cursor);
  const json::Value root = document ? document->root() : json::Value();
  const std::optional<std::string> from_text = root["from"].Text();
  const std::optional<Timestamp> from = from_text ? ParseTimestamp(*from_text) : std::nullopt;
  const std::int64_t skip = root["skip"].Integer().value_or(0);
  Cursor cursor{from.value_or(Timestamp()), root["page"].Text().value_or(""), 0};
  constexpr std::size_t kLongestPage = 2048;
  if (!from || !from->has_offset || skip < 0 || cursor.page.size() > kLongestPage) {
    return std::nullopt;
  }
  cursor.skip = static_cast<std::size_t>(skip);
  return cursor;
}

std::string ToText(const Cursor& cursor) {
  JsonObject object;
  object.Text("from", FormatTimestamp(cursor.from)).Text("page", cursor.page);
  object.Number("skip", static_cast<std::int64_t>(cursor.skip));
  return object.ToText();
}

Lookup AskForBookings(const Cursor& cursor) {
  Lookup lookup = Request(std::string(kLookup), Method::kGet, "/v2/bookings");
  lookup.query = {{"start_at_min", FormatTimestamp(cursor.from)},
                  {"start_at_max", FormatTimestamp(DaysLater(cursor.from, kDaysACall))},
                  {"limit", std::to_string(kBookingsACall)}};
  if (!cursor.page.empty()) lookup.query["cursor"] = cursor.page;
  return lookup;
}

std::optional<Timestamp> TimeOf(json::Value value) {
  const std::optional<std::string> text = value.Text();
  return text ? ParseTimestamp(*text) : std::nullopt;
}

/// Those bookings of the answer that were missed, as far as the answer alone tells.
std::vector<WebhookBooking> ReadMissed(json::Value list, const ListParameters& parameters,
                                       const Config& config, std::vector<std::string>& notes) {
  std::vector<WebhookBooking> missed;
  for (std::size_t i = 0; i < list.size(); ++i) {
    const json::Value source = list[i];
    if (!parameters.Covers(TimeOf(source["created_at"]), TimeOf(source["updated_at"]))) continue;
    // booking.created brings version 0, and each booking.updated one more.
    const bool was_updated = source["version"].Integer().value_or(0) > 0;
    auto read = ReadBooking(source, was_updated, config);
    if (auto* booking = std::get_if<WebhookBooking>(&read)) missed.push_back(std::move(*booking));
    if (std::holds_alternative<Reject>(read) && notes.empty()) {
      notes.push_back(
          "A booking was left out: it has no id, customer, status or start that can be "
          "used.");
    }
  }
  return missed;
}

/// Where to go on; nullopt at the end.
std::optional<Cursor> Next(const Cursor& cursor, json::Value answer,
                           const ListParameters& parameters) {
  constexpr std::size_t kLongestPage = 2048;
  std::string page = answer["cursor"].Text().value_or("");
  if (!page.empty() && page.size() <= kLongestPage) return Cursor{cursor.from, std::move(page), 0};
  const Timestamp from = DaysLater(cursor.from, kDaysACall);
  const Timestamp end = DaysLater(parameters.until, kDaysAhead);
  // At the end of all time there is no later month.
  if (from.microseconds >= end.microseconds || from == cursor.from) return std::nullopt;
  return Cursor{from, "", 0};
}

Decision Conclude(const StepInput& input, json::Value answer, const ListParameters& parameters,
                  const Config& config, Cursor cursor) {
  Bookings bookings;
  std::vector<WebhookBooking> missed =
      ReadMissed(answer["bookings"], parameters, config, bookings.notes);
  if (std::optional<Decision> asking = AskForNames(input, missed)) return *std::move(asking);
  std::vector<Booking> page = FillInNames(input, std::move(missed), bookings.notes);
  const std::size_t all = page.size();
  PagePart part = TakePart(std::move(page), cursor.skip);
  bookings.events = std::move(part.events);
  std::optional<Cursor> next = cursor;
  next->skip = part.next;
  if (part.next >= all) next = Next(cursor, answer, parameters);
  if (next) bookings.next_cursor = ToText(*next);
  if (bookings.notes.size() > kMostNotes) bookings.notes.resize(kMostNotes);
  return bookings;
}

}  // namespace

Decision ListBookings(const StepInput& input, const Config& config) {
  std::variant<ListParameters, Reject> read = ReadListParameters(input);
  if (auto* reject = std::get_if<Reject>(&read)) return std::move(*reject);
  const ListParameters& parameters = std::get<ListParameters>(read);
  std::optional<Cursor> cursor = ReadCursor(parameters);
  if (!cursor) return RejectCursor();
  const std::optional<LookupReply> reply = input.Reply(kLookup);
  if (!reply) return NeedLookups{{AskForBookings(*cursor)}};
  std::optional<Reject> useless = RejectUseless(*reply, kLookup, kProvider, kNeeds);
  if (useless) return *std::move(useless);
  const std::optional<json::Document> document = json::Document::Parse(reply->body);
  if (!document || !document->root().is_object()) {
    return RejectAnswer(kLookup, "", "not_json", "Square's answer is not a JSON object");
  }
  return Conclude(input, document->root(), parameters, config, *std::move(cursor));
}

}  // namespace bookgate::square
