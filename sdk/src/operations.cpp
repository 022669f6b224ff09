#include <bookgate/operations.hpp>

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <utility>

namespace bookgate {
namespace {

constexpr std::size_t kLongestUrl = 2048;
constexpr std::size_t kLongestSubscription = 255;
constexpr std::size_t kLongestCursor = 4096;
constexpr std::size_t kMostEventNames = 32;
constexpr std::size_t kLongestEventName = 128;
constexpr std::size_t kMostLookupsARound = 8;
constexpr std::size_t kMostRemovals = 24;
constexpr std::size_t kMostEventsAResult = 200;
/// A result may have 256 KiB; the rest is for cursor and notes.
constexpr std::size_t kMostBytesAResult = 200'000;

Reject RejectParameter(std::string pointer, std::string code, std::string message) {
  return Reject{{Problem{std::move(pointer), std::move(code), std::move(message), "parameters"}}};
}

/// The document, or nullopt for what is no JSON object.
std::optional<json::Document> Parse(std::string_view parameters) {
  std::optional<json::Document> document = json::Document::Parse(parameters);
  if (document && !document->root().is_object()) document.reset();
  return document;
}

Reject RejectParameters() {
  return RejectParameter("", "not_json", "the parameters are not a JSON object");
}

std::variant<Timestamp, Reject> ReadTime(json::Value source, const std::string& pointer) {
  const std::optional<std::string> text = source.Text();
  if (!text) return RejectParameter(pointer, "missing", "is missing");
  const std::optional<Timestamp> time = ParseTimestamp(*text);
  if (time && time->has_offset) return *time;
  return RejectParameter(pointer, "bad_timestamp", "is not an RFC 3339 timestamp with an offset");
}

/// What went wrong with the request, as the end of a sentence about the provider.
Problem Describe(const LookupReply& reply, std::string_view provider, std::string_view needs) {
  const std::string who(provider);
  if (reply.outcome == BKG_LOOKUP_DENIED) {
    return {"", "lookup_denied",
            "requests to " + who + " are not allowed, or no credential is set"};
  }
  if (reply.outcome != BKG_LOOKUP_ANSWERED) {
    return {"", "provider_unavailable", who + "'s API could not be reached"};
  }
  const std::string status = std::to_string(reply.http_status);
  if (reply.http_status == 401) {
    return {"", "credential_refused",
            who + " refused the credential with status 401: it is not valid any more"};
  }
  if (reply.http_status == 403) {
    std::string lacks = needs.empty() ? "" : "it lacks " + std::string(needs) + ", or ";
    return {
        "", "credential_refused",
        who + " refused the credential with status 403: " + lacks + "its owner may not do this"};
  }
  const bool later = reply.http_status == 429 || reply.http_status / 100 == 5;
  return {"", later ? "provider_unavailable" : "provider_refused",
          who + "'s API answered with status " + status};
}

std::size_t SizeOf(const Booking& booking) {
  return ToJson(One(booking)).size();
}

}  // namespace

std::variant<RegisterParameters, Reject> ReadRegisterParameters(std::string_view parameters) {
  const std::optional<json::Document> document = Parse(parameters);
  if (!document) return RejectParameters();
  RegisterParameters read;
  read.url = document->root()["url"].Text().value_or("");
  if (read.url.empty()) return RejectParameter("/url", "missing", "is missing");
  if (read.url.size() > kLongestUrl) return RejectParameter("/url", "too_long", "is too long");
  const json::Value events = document->root()["events"];
  if (events.has_value() && (!events.is_array() || events.size() > kMostEventNames)) {
    return RejectParameter("/events", "bad_type", "must be a list of at most 32 names");
  }
  for (std::size_t i = 0; i < events.size(); ++i) {
    std::optional<std::string> name = events[i].Text();
    if (!name || name->size() > kLongestEventName) {
      return RejectParameter("/events/" + std::to_string(i), "bad_type",
                             "must be a name of at most 128 bytes");
    }
    read.events.push_back(*std::move(name));
  }
  return read;
}

std::variant<std::string, Reject> ReadSubscriptionParameter(std::string_view parameters) {
  const std::optional<json::Document> document = Parse(parameters);
  if (!document) return RejectParameters();
  std::optional<std::string> id = document->root()["subscription"].Text();
  if (!id) return RejectParameter("/subscription", "missing", "is missing");
  // It becomes a part of paths.
  if (id->size() > kLongestSubscription || id->find_first_not_of('.') == std::string::npos) {
    return RejectParameter("/subscription", "bad_id", "is no subscription's id");
  }
  return *std::move(id);
}

bool ListParameters::Covers(const std::optional<Timestamp>& made,
                            const std::optional<Timestamp>& last_changed) const {
  return (!made || made->microseconds <= until.microseconds) &&
         (!last_changed || last_changed->microseconds >= since.microseconds);
}

std::variant<ListParameters, Reject> ReadListParameters(const StepInput& input) {
  const std::optional<json::Document> document = Parse(input.parameters());
  if (!document) return RejectParameters();
  const json::Value root = document->root();
  ListParameters read;
  std::variant<Timestamp, Reject> since = ReadTime(root["since"], "/since");
  if (auto* reject = std::get_if<Reject>(&since)) return std::move(*reject);
  read.since = std::get<Timestamp>(since);
  read.until = {input.received_at_ms() * 1000, true};
  if (root["until"].has_value()) {
    std::variant<Timestamp, Reject> until = ReadTime(root["until"], "/until");
    if (auto* reject = std::get_if<Reject>(&until)) return std::move(*reject);
    read.until = std::get<Timestamp>(until);
  }
  if (read.until.microseconds < read.since.microseconds) {
    return RejectParameter("/until", "before_since", "lies before since");
  }
  read.cursor = root["cursor"].Text().value_or("");
  if (read.cursor.size() > kLongestCursor) return RejectCursor();
  return read;
}

Reject RejectCursor() {
  return RejectParameter("/cursor", "bad_cursor", "is none that this translator gave");
}

std::optional<Reject> RejectUseless(const LookupReply& reply, std::string_view lookup_id,
                                    std::string_view provider, std::string_view needs) {
  if (reply.ok()) return std::nullopt;
  Problem problem = Describe(reply, provider, needs);
  problem.in = "lookup:" + std::string(lookup_id);
  return Reject{{std::move(problem)}};
}

bool HasStatus(const LookupReply& reply, std::uint32_t status) {
  return reply.outcome == BKG_LOOKUP_ANSWERED && reply.http_status == status;
}

Reject RejectAnswer(std::string_view lookup_id, std::string pointer, std::string code,
                    std::string message) {
  return Reject{{Problem{std::move(pointer), std::move(code), std::move(message),
                         "lookup:" + std::string(lookup_id)}}};
}

Subscription DescribeSubscription(std::string id, Subscription::State state, json::Value url,
                                  json::Value events) {
  Subscription subscription{std::move(id), state};
  std::optional<std::string> text = url.Text();
  if (text && text->size() <= kLongestUrl) subscription.url = *std::move(text);
  for (std::size_t i = 0; i < events.size() && i < kMostEventNames; ++i) {
    std::optional<std::string> name = events[i].Text();
    if (name && name->size() <= kLongestEventName) subscription.events.push_back(*std::move(name));
  }
  return subscription;
}

Done DoneMissing(std::string id) {
  return {{std::move(id), Subscription::State::kMissing}};
}

std::optional<Decision> RemoveEach(const StepInput& input, const std::vector<Lookup>& removals,
                                   std::string_view provider, std::string_view needs) {
  NeedLookups ask;
  const std::size_t count = std::min(removals.size(), kMostRemovals);
  for (std::size_t i = 0; i < count && ask.lookups.size() < kMostLookupsARound; ++i) {
    const std::optional<LookupReply> reply = input.Reply(removals[i].id);
    if (!reply) {
      ask.lookups.push_back(removals[i]);
    } else if (!HasStatus(*reply, 404)) {
      std::optional<Reject> useless = RejectUseless(*reply, removals[i].id, provider, needs);
      if (useless) return *std::move(useless);
    }
  }
  if (ask.lookups.empty()) return std::nullopt;
  return ask;
}

Decision RemoveSubscription(const StepInput& input, const SubscriptionResource& resource) {
  auto id = ReadSubscriptionParameter(input.parameters());
  if (auto* reject = std::get_if<Reject>(&id)) return std::move(*reject);
  const std::string& subscription = std::get<std::string>(id);
  std::optional<Decision> removing =
      RemoveEach(input, {resource.request("delete", Method::kDelete, subscription)},
                 resource.provider, resource.needs_to_write);
  return removing ? *std::move(removing) : DoneMissing(subscription);
}

Decision AskForSubscription(const StepInput& input, const SubscriptionResource& resource) {
  constexpr std::string_view kLookup = "subscription";
  auto id = ReadSubscriptionParameter(input.parameters());
  if (auto* reject = std::get_if<Reject>(&id)) return std::move(*reject);
  const std::string& subscription = std::get<std::string>(id);
  const std::optional<LookupReply> reply = input.Reply(kLookup);
  if (!reply) {
    return NeedLookups{{resource.request(std::string(kLookup), Method::kGet, subscription)}};
  }
  if (HasStatus(*reply, 404)) return DoneMissing(subscription);
  std::optional<Reject> useless =
      RejectUseless(*reply, kLookup, resource.provider, resource.needs_to_read);
  if (useless) return *std::move(useless);
  const std::optional<json::Document> document = json::Document::Parse(reply->body);
  std::optional<Subscription> read =
      resource.read(document ? document->root()[resource.member] : json::Value(), subscription);
  if (!read) {
    return RejectAnswer(
        kLookup, "/" + std::string(resource.member) + "/" + std::string(resource.state_member),
        "missing",
        std::string(resource.provider) + "'s answer does not tell the subscription's state");
  }
  Done done;
  done.subscription = *std::move(read);
  return done;
}

PagePart TakePart(std::vector<Booking> page, std::size_t from) {
  PagePart part;
  std::size_t bytes = 0;
  for (part.next = std::min(from, page.size()); part.next < page.size(); ++part.next) {
    Booking& booking = page[part.next];
    std::size_t size = SizeOf(booking);
    if (size > kMostBytesAResult) {
      booking.answers.clear();
      size = SizeOf(booking);
    }
    const bool full = part.events.size() == kMostEventsAResult || bytes + size > kMostBytesAResult;
    if (full && !part.events.empty()) return part;
    bytes += size;
    part.events.push_back(std::move(booking));
  }
  return part;
}

}  // namespace bookgate
