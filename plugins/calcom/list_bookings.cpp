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

#include "api.hpp"
#include "listed_booking.hpp"

namespace bookgate::calcom {
namespace {

constexpr std::string_view kLookup = "bookings";
constexpr std::int64_t kBookingsACall = 50;
constexpr std::int64_t kMostSkipped = 10'000'000;
constexpr std::size_t kMostNotes = 8;

/// Where the last call ended.
struct Cursor {
  std::int64_t skip = 0;  ///< Bookings of the list.
  std::int64_t part = 0;  ///< Events of the page that begins there.
};

std::optional<Cursor> ReadCursor(const std::string& text) {
  if (text.empty()) return Cursor();
  const std::optional<json::Document> document = json::Document::Parse(text);
  const json::Value root = document ? document->root() : json::Value();
  const std::optional<std::int64_t> skip = root["skip"].Integer();
  const std::optional<std::int64_t> part = root["part"].Integer();
  if (!skip || !part || *skip < 0 || *part < 0 || *skip > kMostSkipped || *part > kMostSkipped) {
    return std::nullopt;
  }
  return Cursor{*skip, *part};
}

std::string ToText(const Cursor& cursor) {
  return JsonObject().Number("skip", cursor.skip).Number("part", cursor.part).ToText();
}

Lookup AskForBookings(const ListParameters& parameters, const Cursor& cursor) {
  Lookup lookup = Request(std::string(kLookup), Method::kGet, "/v2/bookings");
  lookup.query = {{"afterUpdatedAt", FormatTimestamp(parameters.since)},
                  {"sortCreated", "asc"},
                  // All that there are: without the parameter some versions list none.
                  {"status", "upcoming,recurring,past,cancelled,unconfirmed"},
                  {"skip", std::to_string(cursor.skip)},
                  {"take", std::to_string(kBookingsACall)}};
  return lookup;
}

std::optional<Timestamp> TimeOf(json::Value value) {
  const std::optional<std::string> text = value.Text();
  return text ? ParseTimestamp(*text) : std::nullopt;
}

Decision Conclude(json::Value answer, const ListParameters& parameters, const Config& config,
                  Cursor cursor) {
  const json::Value list = answer["data"];
  std::vector<Booking> page;
  Bookings bookings;
  for (std::size_t i = 0; i < list.size(); ++i) {
    const json::Value booking = list[i];
    if (!parameters.Covers(TimeOf(booking["createdAt"]), TimeOf(booking["updatedAt"]))) continue;
    std::optional<std::string> note = AddListedBooking(booking, config, page);
    const bool is_new = note && std::find(bookings.notes.begin(), bookings.notes.end(), *note) ==
                                    bookings.notes.end();
    if (is_new && bookings.notes.size() < kMostNotes) bookings.notes.push_back(*std::move(note));
  }
  const std::size_t all = page.size();
  PagePart part = TakePart(std::move(page), static_cast<std::size_t>(cursor.part));
  bookings.events = std::move(part.events);
  cursor.part = static_cast<std::int64_t>(part.next);
  if (part.next >= all) {
    const bool full = static_cast<std::int64_t>(list.size()) >= kBookingsACall;
    if (!answer["pagination"]["hasNextPage"].Bool().value_or(full) || list.size() == 0) {
      return bookings;
    }
    cursor = {cursor.skip + static_cast<std::int64_t>(list.size()), 0};
  }
  bookings.next_cursor = ToText(cursor);
  return bookings;
}

}  // namespace

Decision ListBookings(const StepInput& input, const Config& config) {
  std::variant<ListParameters, Reject> read = ReadListParameters(input);
  if (auto* reject = std::get_if<Reject>(&read)) return std::move(*reject);
  const ListParameters& parameters = std::get<ListParameters>(read);
  const std::optional<Cursor> cursor = ReadCursor(parameters.cursor);
  if (!cursor) return RejectCursor();
  const std::optional<LookupReply> reply = input.Reply(kLookup);
  if (!reply) return NeedLookups{{AskForBookings(parameters, *cursor)}};
  std::optional<Reject> useless = RejectUseless(*reply, kLookup, kProvider, kNeedsBookings);
  if (useless) return *std::move(useless);
  const std::optional<json::Document> document = json::Document::Parse(reply->body);
  if (!document || !document->root()["data"].is_array()) {
    return RejectAnswer(kLookup, "/data", "missing", "Cal.com's answer holds no list of bookings");
  }
  return Conclude(document->root(), parameters, config, *cursor);
}

}  // namespace bookgate::calcom
