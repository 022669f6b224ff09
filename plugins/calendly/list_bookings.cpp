#include "list_bookings.hpp"

#include <bookgate/json.hpp>
#include <bookgate/json_object.hpp>
#include <bookgate/limits.hpp>
#include <bookgate/operations.hpp>
#include <bookgate/text.hpp>
#include <bookgate/time.hpp>

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "api.hpp"
#include "invitee.hpp"
#include "uri.hpp"

namespace bookgate::calendly {
namespace {

constexpr std::string_view kEventsLookup = "events";
constexpr std::string_view kOwnEventsLookup = "own-events";
/// Of the eight rounds three may find the events, two their invitees, and two more what there is of
/// invitees beyond the first hundred of a meeting.
constexpr std::size_t kEventsACall = 16;
constexpr std::size_t kMostPagesOfInvitees = 2;
constexpr std::size_t kMostLookupsARound = 8;
/// No-show marks come after the meeting.
constexpr std::int64_t kDaysBack = 31;
constexpr std::size_t kMostNotes = 8;

/// Where the last call ended.
struct Cursor {
  std::string filter;    ///< "organization" or "user"; "" at the start.
  std::string owner;     ///< The URI of it.
  std::string page;      ///< The page's token; "" for the first.
  std::size_t skip = 0;  ///< Events of the page that were given already.
};

std::optional<Cursor> ReadCursor(const std::string& text) {
  if (text.empty()) return Cursor();
  const std::optional<json::Document> document = json::Document::Parse(text);
  if (!document) return std::nullopt;
  const json::Value root = document->root();
  Cursor cursor{root["filter"].Text().value_or(""), root["owner"].Text().value_or(""),
                root["page"].Text().value_or("")};
  const std::int64_t skip = root["skip"].Integer().value_or(0);
  const bool known = cursor.filter == "organization" || cursor.filter == "user";
  constexpr std::size_t kLongest = 2048;
  if (!known || skip < 0 || cursor.owner.size() > kLongest || cursor.page.size() > kLongest) {
    return std::nullopt;
  }
  cursor.skip = static_cast<std::size_t>(skip);
  return cursor;
}

std::string ToText(const Cursor& cursor) {
  JsonObject object;
  object.Text("filter", cursor.filter).Text("owner", cursor.owner).Text("page", cursor.page);
  object.Number("skip", static_cast<std::int64_t>(cursor.skip));
  return object.ToText();
}

std::optional<Timestamp> TimeOf(json::Value value) {
  const std::optional<std::string> text = value.Text();
  return text ? ParseTimestamp(*text) : std::nullopt;
}

/// The last of those times that there are.
std::optional<Timestamp> LastOf(std::initializer_list<json::Value> values) {
  std::optional<Timestamp> last;
  for (const json::Value value : values) {
    const std::optional<Timestamp> time = TimeOf(value);
    if (time && (!last || last->microseconds < time->microseconds)) last = time;
  }
  return last;
}

/// One call of list_bookings.
class Listing {
 public:
  Listing(const StepInput& input, const Config& config, ListParameters parameters, Cursor cursor)
      : input_(input),
        config_(config),
        parameters_(std::move(parameters)),
        cursor_(std::move(cursor)) {}

  Decision Run() {
    if (std::optional<Decision> asking = FindEvents()) return *std::move(asking);
    const json::Value events = page_->root()["collection"];
    if (!events.is_array()) {
      return RejectAnswer(PageLookup(), "/collection", "missing",
                          "Calendly's answer holds no list of events");
    }
    ChooseEvents(events);
    if (std::optional<Decision> asking = FindInvitees()) return *std::move(asking);
    return Conclude();
  }

 private:
  /// A scheduled event whose invitees are wanted.
  struct Meeting {
    json::Value event;
    std::string id;
    std::vector<json::Document> invitees;  ///< Pages of them.
  };

  std::string PageLookup() const {
    return std::string(cursor_.filter == "user" ? kOwnEventsLookup : kEventsLookup);
  }

  Lookup AskForEvents() const {
    Lookup lookup = Request(PageLookup(), Method::kGet, "/scheduled_events");
    lookup.query = {{cursor_.filter, cursor_.owner},
                    {"count", std::to_string(kEventsACall)},
                    {"min_start_time", FormatTimestamp(DaysLater(parameters_.since, -kDaysBack))},
                    {"sort", "start_time:asc"}};
    if (!cursor_.page.empty()) lookup.query["page_token"] = cursor_.page;
    return lookup;
  }

  /// Gets the page of events into page_, or says what is to be asked for first. The organization's,
  /// unless the token's owner may not see those.
  std::optional<Decision> FindEvents() {
    std::string user;
    if (cursor_.filter.empty()) {
      const std::optional<LookupReply> me = input_.Reply(kMeLookup);
      if (!me) return NeedLookups{{AskWhoIAm()}};
      std::variant<Owner, Reject> owner = ReadOwner(*me);
      if (auto* reject = std::get_if<Reject>(&owner)) return std::move(*reject);
      cursor_.filter = "organization";
      cursor_.owner = std::get<Owner>(owner).organization;
      user = std::get<Owner>(owner).user;
    }
    std::optional<LookupReply> reply = input_.Reply(PageLookup());
    if (reply && HasStatus(*reply, 403) && !user.empty()) {
      cursor_.filter = "user";
      cursor_.owner = user;
      reply = input_.Reply(PageLookup());
    }
    if (!reply) return NeedLookups{{AskForEvents()}};
    std::optional<Reject> useless = RejectUseless(*reply, PageLookup(), kProvider, kNeedsEvents);
    if (useless) return *std::move(useless);
    page_ = json::Document::Parse(reply->body);
    if (page_) return std::nullopt;
    return RejectAnswer(PageLookup(), "", "not_json", "Calendly's answer is not JSON");
  }

  /// Its invitees may have been made or changed in the time that is asked for.
  bool MayHaveChanged(json::Value event) const {
    const std::optional<Timestamp> made = TimeOf(event["created_at"]);
    if (parameters_.Covers(made, TimeOf(event["updated_at"]))) return true;
    if (!parameters_.Covers(made, std::nullopt)) return false;
    // Whether an event changes with its invitees is not documented.
    if (event["invitees_counter"]["limit"].Integer().value_or(1) > 1) return true;
    const std::optional<Timestamp> start = TimeOf(event["start_time"]);
    return start && start->microseconds >= DaysLater(parameters_.since, -1).microseconds &&
           start->microseconds <= input_.received_at_ms() * 1000;
  }

  void ChooseEvents(json::Value events) {
    for (std::size_t i = 0; i < std::min(events.size(), kEventsACall); ++i) {
      std::optional<std::string> id = ScheduledEventId(events[i]["uri"].RawString().value_or(""));
      if (!id || !IsPathSegment(*id) || !MayHaveChanged(events[i])) continue;
      meetings_.push_back({events[i], *std::move(id), {}});
    }
  }

  static std::string InviteesLookup(std::size_t meeting, std::size_t page) {
    std::string id = "invitees-" + std::to_string(meeting);
    if (page > 0) id += "-" + std::to_string(page);
    return id;
  }

  /// Collects the invitees, or says which are to be asked for next: the first pages of all meetings
  /// before the second of any.
  std::optional<Decision> FindInvitees() {
    NeedLookups ask;
    for (std::size_t page = 0; page < kMostPagesOfInvitees; ++page) {
      for (std::size_t i = 0; i < meetings_.size(); ++i) {
        const std::optional<std::string> token = PageToken(meetings_[i], page);
        if (!token || ask.lookups.size() == kMostLookupsARound) continue;
        const std::string id = InviteesLookup(i, page);
        const std::optional<LookupReply> reply = input_.Reply(id);
        if (!reply) {
          ask.lookups.push_back(AskForInvitees(id, meetings_[i].id, *token));
        } else if (std::optional<Reject> reject = TakeInvitees(*reply, id, meetings_[i])) {
          return *std::move(reject);
        }
      }
    }
    if (ask.lookups.empty()) return std::nullopt;
    return ask;
  }

  /// What leads to that page of the meeting's invitees; nullopt if there is none, or the one before
  /// is still missing.
  static std::optional<std::string> PageToken(const Meeting& meeting, std::size_t page) {
    if (page == 0) return "";
    if (meeting.invitees.size() != page) return std::nullopt;
    std::string token = NextPage(meeting.invitees.back().root());
    if (token.empty()) return std::nullopt;
    return token;
  }

  std::optional<Reject> TakeInvitees(const LookupReply& reply, const std::string& id,
                                     Meeting& meeting) {
    if (HasStatus(reply, 404)) return std::nullopt;  // Deleted with its user's account.
    std::optional<Reject> useless = RejectUseless(reply, id, kProvider, kNeedsEvents);
    if (useless) return useless;
    std::optional<json::Document> document = json::Document::Parse(reply.body);
    if (!document || !document->root()["collection"].is_array()) {
      return RejectAnswer(id, "/collection", "missing",
                          "Calendly's answer holds no list of invitees");
    }
    meeting.invitees.push_back(*std::move(document));
    if (meeting.invitees.size() == kMostPagesOfInvitees &&
        !NextPage(meeting.invitees.back().root()).empty()) {
      Note("Of a meeting with more than 200 invitees, the 200 newest were fetched.");
    }
    return std::nullopt;
  }

  static std::string NextPage(json::Value answer) {
    std::string token = answer["pagination"]["next_page_token"].Text().value_or("");
    constexpr std::size_t kLongest = 2048;
    return token.size() <= kLongest ? token : "";
  }

  static Lookup AskForInvitees(const std::string& id, const std::string& event,
                               const std::string& token) {
    Lookup lookup =
        Request(id, Method::kGet, "/scheduled_events/" + PercentEncode(event) + "/invitees");
    lookup.query = {{"count", "100"}, {"sort", "created_at:desc"}};
    if (!token.empty()) lookup.query["page_token"] = token;
    return lookup;
  }

  bool WasMissed(json::Value invitee) const {
    const std::optional<Timestamp> changed =
        LastOf({invitee["created_at"], invitee["updated_at"], invitee["cancellation"]["created_at"],
                invitee["no_show"]["created_at"]});
    return parameters_.Covers(TimeOf(invitee["created_at"]), changed);
  }

  void AddInvitee(const Meeting& meeting, json::Value invitee) {
    if (!invitee.is_object() || !WasMissed(invitee)) return;
    const bool cancelled = invitee["status"].Text() == "canceled";
    const bool absent = invitee["no_show"].is_object() && !cancelled;
    std::optional<Booking> booking =
        Read(meeting, invitee, cancelled ? Event::kInviteeCanceled : Event::kInviteeCreated);
    if (!booking) return;
    if (absent && config_.no_show_events) {
      // The mark may have changed the invitee, and a booking later than the mark would take it
      // back.
      const std::optional<Timestamp> made = TimeOf(invitee["created_at"]);
      if (made) booking->occurred_at = FormatTimestamp(*made);
    }
    page_events_.push_back(*std::move(booking));
    if (!absent || !config_.no_show_events) return;
    std::optional<Booking> mark = Read(meeting, invitee, Event::kNoShowCreated);
    if (mark) page_events_.push_back(*std::move(mark));
  }

  std::optional<Booking> Read(const Meeting& meeting, json::Value invitee, Event event) {
    Webhook webhook;
    webhook.event = event;
    webhook.payload = invitee;
    webhook.invitee = invitee;
    webhook.meeting = meeting.event;
    std::vector<Problem> problems;
    std::vector<std::string> notes;
    Booking booking = ReadBooking(webhook, config_, problems, notes);
    if (!problems.empty() || !booking.external_id) {
      Note("An invitee was left out: there is no address, number, id or time that can be used.");
      return std::nullopt;
    }
    FitToLimits(booking);
    return booking;
  }

  void Note(std::string note) {
    const bool known = std::find(notes_.begin(), notes_.end(), note) != notes_.end();
    if (!known && notes_.size() < kMostNotes) notes_.push_back(std::move(note));
  }

  Decision Conclude() {
    for (const Meeting& meeting : meetings_) {
      for (const json::Document& invitees : meeting.invitees) {
        const json::Value list = invitees.root()["collection"];
        for (std::size_t i = 0; i < list.size(); ++i) AddInvitee(meeting, list[i]);
      }
    }
    const std::size_t all = page_events_.size();
    PagePart part = TakePart(std::move(page_events_), cursor_.skip);
    Bookings bookings;
    bookings.events = std::move(part.events);
    bookings.notes = std::move(notes_);
    Cursor next = cursor_;
    next.skip = part.next;
    if (part.next >= all) {
      next.page = NextPage(page_->root());
      next.skip = 0;
      if (next.page.empty()) return bookings;
    }
    bookings.next_cursor = ToText(next);
    return bookings;
  }

  const StepInput& input_;
  const Config& config_;
  const ListParameters parameters_;
  Cursor cursor_;
  std::optional<json::Document> page_;
  std::vector<Meeting> meetings_;
  std::vector<Booking> page_events_;
  std::vector<std::string> notes_;
};

}  // namespace

Decision ListBookings(const StepInput& input, const Config& config) {
  std::variant<ListParameters, Reject> read = ReadListParameters(input);
  if (auto* reject = std::get_if<Reject>(&read)) return std::move(*reject);
  auto& parameters = std::get<ListParameters>(read);
  std::optional<Cursor> cursor = ReadCursor(parameters.cursor);
  if (!cursor) return RejectCursor();
  return Listing(input, config, std::move(parameters), *std::move(cursor)).Run();
}

}  // namespace bookgate::calendly
