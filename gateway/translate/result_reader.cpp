#include "translate/result_reader.hpp"

#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>
#include <bookgate/translator.hpp>

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <utility>

namespace bookgate::translate {
namespace {

using json::Value;

constexpr std::size_t kMaxTokenBytes = 64;
constexpr std::size_t kMaxMessageBytes = 500;
constexpr std::size_t kMaxPointerBytes = 512;
constexpr std::size_t kMaxPathBytes = 2048;
constexpr std::size_t kMaxHostBytes = 253;
constexpr std::size_t kMaxCursorBytes = 4096;
constexpr std::size_t kMaxProblems = 100;
constexpr std::size_t kMaxQuery = 32;
constexpr std::size_t kMaxHeaders = 8;
constexpr std::size_t kMaxHeaderBytes = 256;
constexpr std::size_t kMaxSubscriptionIdBytes = 255;
constexpr std::size_t kMaxUrlBytes = 2048;
constexpr std::size_t kMaxEventNames = 64;
constexpr std::size_t kMaxEventNameBytes = 128;

bool IsLowerOrDigit(char c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

/// A word that may become a metric's label: no personal data fits into it by accident, nor does
/// anything that a log or a page would have to escape.
bool IsToken(std::string_view text, std::string_view also) {
  return !text.empty() && text.size() <= kMaxTokenBytes &&
         std::all_of(text.begin(), text.end(), [&](char c) {
           return IsLowerOrDigit(c) || also.find(c) != std::string_view::npos;
         });
}

bool IsLookupId(std::string_view text) {
  return IsToken(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZ_.:-");
}

/// Printable ASCII that cannot end the path: what it leads to must be what was asked for.
bool IsPath(std::string_view path) {
  return path.starts_with('/') && path.size() <= kMaxPathBytes &&
         std::all_of(path.begin(), path.end(), [](char c) {
           return c > ' ' && c < 0x7F && c != '?' && c != '#' && c != '\\';
         });
}

/// A header's name in lower case that is not the gateway's own to set.
bool IsOpenHeader(std::string_view name) {
  constexpr std::array<std::string_view, 10> kOurs = {
      "authorization", "proxy-authorization", "cookie",     "host",   "content-length",
      "content-type",  "transfer-encoding",   "connection", "expect", "upgrade"};
  return IsToken(name, "-") && std::find(kOurs.begin(), kOurs.end(), name) == kOurs.end();
}

bool IsHeaderValue(std::string_view value) {
  return !value.empty() && value.size() <= kMaxHeaderBytes &&
         std::all_of(value.begin(), value.end(), [](char c) { return c >= ' ' && c <= '~'; });
}

std::optional<Method> MethodOf(std::string_view name) {
  if (name == "GET") return Method::kGet;
  if (name == "POST") return Method::kPost;
  if (name == "PUT") return Method::kPut;
  if (name == "PATCH") return Method::kPatch;
  if (name == "DELETE") return Method::kDelete;
  return std::nullopt;
}

bool TakesBody(Method method) {
  return method == Method::kPost || method == Method::kPut || method == Method::kPatch;
}

std::optional<Subscription::State> StateOf(std::string_view name) {
  if (name == "active") return Subscription::State::kActive;
  if (name == "disabled") return Subscription::State::kDisabled;
  if (name == "missing") return Subscription::State::kMissing;
  return std::nullopt;
}

/// Some text in it holds the place of a signing key beside other characters, where nothing would
/// be put in.
bool MisplacesSigningKey(Value value) {
  if (const std::optional<std::string_view> text = value.RawString()) {
    return *text != kSigningKeyPlaceholder &&
           text->find(kSigningKeyPlaceholder) != std::string_view::npos;
  }
  for (std::size_t i = 0; i < value.size(); ++i) {
    if (MisplacesSigningKey(value.is_object() ? value.ValueAt(i) : value[i])) return true;
  }
  return false;
}

std::string JsonText(Value value) {
  rapidjson::StringBuffer buffer;
  rapidjson::Writer<rapidjson::StringBuffer> writer(buffer);
  value.raw()->Accept(writer);
  return {buffer.GetString(), buffer.GetSize()};
}

/// At most that many bytes, never half a character.
std::string Cut(std::string_view text, std::size_t max_bytes) {
  if (text.size() <= max_bytes) return std::string(text);
  while (max_bytes > 0 && (static_cast<unsigned char>(text[max_bytes]) & 0xC0u) == 0x80u) {
    --max_bytes;
  }
  return std::string(text.substr(0, max_bytes));
}

Failed Invalid(std::string place, std::string_view what) {
  return {"invalid_result", std::move(place) + ": " + std::string(what)};
}

/// Reads one document. A method that meets something wrong leaves it in failed_ and goes on with
/// nothing; the first fault is the one that is told.
class ResultReader {
 public:
  ResultReader(Value root, std::string_view operation) : root_(root), operation_(operation) {}

  StepResult Read() {
    const std::optional<std::string_view> outcome = root_["outcome"].RawString();
    StepResult result = outcome ? ReadAs(*outcome) : UnknownOutcome();
    if (failed_) return *std::move(failed_);
    return result;
  }

  std::vector<std::string> ReadNotes() const {
    std::vector<std::string> notes;
    const Value source = root_["notes"];
    for (std::size_t i = 0; i < source.size() && notes.size() < kMaxNotes; ++i) {
      const std::optional<std::string_view> note = source[i].RawString();
      if (note) notes.push_back(Cut(*note, kMaxNoteBytes));
    }
    return notes;
  }

 private:
  StepResult ReadAs(std::string_view outcome) {
    if (outcome == "reject") return ReadReject();
    if (outcome == "need_lookups") return ReadNeedLookups();
    const bool translates = operation_ == "translate";
    const bool lists = operation_ == "list_bookings";
    if (outcome == "bookings") return translates || lists ? ReadBookings() : Unexpected();
    if (outcome == "ignore") return translates ? ReadIgnore() : Unexpected();
    if (outcome == "done") return translates || lists ? Unexpected() : ReadDone();
    return UnknownOutcome();
  }

  StepResult Unexpected() const {
    return Failed{"unexpected_outcome", "/outcome: is not one that the operation ends with"};
  }

  static Failed UnknownOutcome() {
    return {"unknown_outcome", "/outcome: is not one that this gateway knows"};
  }

  Bookings ReadBookings() {
    Bookings bookings;
    bookings.events = ReadEvents(root_["events"], "/events");
    const std::optional<std::string_view> cursor = root_["next_cursor"].RawString();
    if (cursor && cursor->size() > kMaxCursorBytes) Fail("/next_cursor", "is too long");
    bookings.next_cursor = std::string(cursor.value_or(""));
    if (!root_["events"].is_array()) Fail("/events", "must be a list");
    // A translation without a booking would be an ignore; a list may well be empty.
    if (operation_ == "translate") {
      if (bookings.events.empty()) Fail("/events", "is empty");
      if (!bookings.next_cursor.empty()) Fail("/next_cursor", "is only for list_bookings");
    }
    return bookings;
  }

  StepResult ReadDone() {
    Done done;
    const Value source = root_["subscription"];
    if (!source.is_object()) Fail("/subscription", "must be an object");
    done.subscription = ReadSubscription(source);
    const Value key = root_["signing_key_at"];
    if (key.has_value()) done.signing_key_at = ReadSigningKeyAt(key);
    return done;
  }

  Subscription ReadSubscription(Value source) {
    Subscription subscription;
    subscription.id = std::string(source["id"].RawString().value_or(""));
    subscription.url = std::string(source["url"].RawString().value_or(""));
    const auto state = StateOf(source["state"].RawString().value_or(""));
    subscription.state = state.value_or(Subscription::State::kMissing);
    if (subscription.id.empty() || subscription.id.size() > kMaxSubscriptionIdBytes) {
      Fail("/subscription/id", "must be a text of 1 to 255 bytes");
    }
    if (subscription.url.size() > kMaxUrlBytes) Fail("/subscription/url", "is too long");
    if (!state) Fail("/subscription/state", "must be active, disabled or missing");
    const Value events = source["events"];
    if (events.size() > kMaxEventNames) Fail("/subscription/events", "has more than 64 elements");
    for (std::size_t i = 0; i < events.size() && !failed_; ++i) {
      const std::string_view name = events[i].RawString().value_or("");
      const bool good = !name.empty() && name.size() <= kMaxEventNameBytes;
      if (!good) Fail("/subscription/events", "must have short names as elements");
      subscription.events.emplace_back(name);
    }
    return subscription;
  }

  SigningKeyAt ReadSigningKeyAt(Value source) {
    SigningKeyAt at;
    if (source["credential"].exists()) {
      if (source["credential"].RawString() != "password" || source["lookup"].exists()) {
        Fail("/signing_key_at/credential", "must be password, without a lookup");
      }
      return at;
    }
    at.lookup = std::string(source["lookup"].RawString().value_or(""));
    at.pointer = std::string(source["pointer"].RawString().value_or(""));
    if (!IsLookupId(at.lookup)) Fail("/signing_key_at/lookup", "must be the id of a look-up");
    if (!at.pointer.starts_with('/') || at.pointer.size() > kMaxPointerBytes) {
      Fail("/signing_key_at/pointer", "must be a JSON pointer to a member");
    }
    return at;
  }

  Ignore ReadIgnore() {
    const std::string_view reason = root_["reason"].RawString().value_or("");
    if (!IsToken(reason, "_.")) Fail("/reason", "must be a token of a-z, 0-9, _ and .");
    return {std::string(reason)};
  }

  Reject ReadReject() {
    Reject reject;
    const Value problems = root_["problems"];
    if (!problems.is_array() || problems.size() == 0)
      Fail("/problems", "must be a list, not empty");
    const std::size_t count = std::min(problems.size(), kMaxProblems);
    for (std::size_t i = 0; i < count && !failed_; ++i) {
      reject.problems.push_back(ReadProblem(problems[i], "/problems/" + std::to_string(i)));
    }
    return reject;
  }

  model::Problem ReadProblem(Value source, const std::string& place) {
    const Value in = source["in"];
    model::Problem problem;
    if (in.exists()) problem.in = std::string(in.RawString().value_or(""));
    problem.pointer = Cut(source["pointer"].RawString().value_or(""), kMaxPointerBytes);
    problem.code = std::string(source["code"].RawString().value_or(""));
    problem.message = Cut(source["message"].RawString().value_or(""), kMaxMessageBytes);
    constexpr std::string_view kLookup = "lookup:";
    const bool known_place = problem.in == "body" || problem.in == "config" ||
                             problem.in == "parameters" ||
                             (problem.in.starts_with(kLookup) &&
                              IsLookupId(std::string_view(problem.in).substr(kLookup.size())));
    if (!known_place) Fail(place + "/in", "must be body, config, parameters or lookup:<id>");
    if (!IsToken(problem.code, "_")) Fail(place + "/code", "must be a token of a-z, 0-9 and _");
    if (problem.message.empty()) Fail(place + "/message", "is missing");
    return problem;
  }

  NeedLookups ReadNeedLookups() {
    NeedLookups need;
    const Value lookups = root_["lookups"];
    if (!lookups.is_array() || lookups.size() == 0) Fail("/lookups", "must be a list, not empty");
    if (lookups.size() > kMaxLookupsARound) {
      Fail(Failed{"too_many_lookups", "/lookups: has " + std::to_string(lookups.size()) +
                                          " elements; at most 8 a round are allowed"});
    }
    for (std::size_t i = 0; i < lookups.size() && !failed_; ++i) {
      need.lookups.push_back(ReadLookup(lookups[i], "/lookups/" + std::to_string(i)));
    }
    if (root_["events_so_far"].exists()) {
      need.events_so_far = ReadEvents(root_["events_so_far"], "/events_so_far");
    }
    return need;
  }

  Lookup ReadLookup(Value source, const std::string& place) {
    Lookup lookup;
    lookup.id = std::string(source["id"].RawString().value_or(""));
    lookup.host = std::string(source["host"].RawString().value_or(""));
    lookup.path = std::string(source["path"].RawString().value_or(""));
    lookup.required = source["required"].is_bool() && *source["required"].Bool();
    if (!IsLookupId(lookup.id)) Fail(place + "/id", "must be 1 to 64 of A-Z a-z 0-9 _ . : -");
    if (lookup.host.empty() || lookup.host.size() > kMaxHostBytes)
      Fail(place + "/host", "is no host");
    if (!IsPath(lookup.path)) Fail(place + "/path", "must begin with / and be percent-encoded");
    if (source["method"].exists()) {
      const auto method = MethodOf(source["method"].RawString().value_or(""));
      if (!method) Fail(place + "/method", "must be GET, POST, PUT, PATCH or DELETE");
      lookup.method = method.value_or(Method::kGet);
    }
    ReadQuery(source["query"], place + "/query", lookup);
    ReadHeaders(source["headers"], place + "/headers", lookup);
    ReadBody(source["body"], place + "/body", lookup);
    return lookup;
  }

  void ReadHeaders(Value source, const std::string& place, Lookup& lookup) {
    if (source.has_value() && !source.is_object()) Fail(place, "must be an object");
    if (source.size() > kMaxHeaders) Fail(place, "has more than 8 members");
    for (std::size_t i = 0; i < source.size() && !failed_; ++i) {
      const std::string_view value = source.ValueAt(i).RawString().value_or("");
      if (!IsOpenHeader(source.NameAt(i))) {
        Fail(place, "must have names in lower case, and none that the gateway sets itself");
      }
      if (!IsHeaderValue(value)) Fail(place, "must have printable ASCII as values");
      lookup.headers.push_back({std::string(source.NameAt(i)), std::string(value)});
    }
  }

  void ReadBody(Value source, const std::string& place, Lookup& lookup) {
    if (!source.has_value()) return;
    if (!source.is_object()) return Fail(place, "must be an object");
    if (!TakesBody(lookup.method)) return Fail(place, "is only for POST, PUT and PATCH");
    if (MisplacesSigningKey(source)) return Fail(place, "holds ${signing_key} as a part of a text");
    lookup.body = JsonText(source);
    if (lookup.body.size() > kMaxRequestBodyBytes) Fail(place, "has more than 65536 bytes");
  }

  void ReadQuery(Value source, const std::string& place, Lookup& lookup) {
    if (source.has_value() && !source.is_object()) Fail(place, "must be an object");
    if (source.size() > kMaxQuery) Fail(place, "has more than 32 members");
    for (std::size_t i = 0; i < source.size() && !failed_; ++i) {
      const std::optional<std::string_view> value = source.ValueAt(i).RawString();
      if (!value || value->size() > kMaxPathBytes) Fail(place, "must have short texts as values");
      lookup.query.emplace(source.NameAt(i), value.value_or(""));
    }
  }

  std::vector<Value> ReadEvents(Value source, const std::string& place) {
    std::vector<Value> events;
    if (!source.is_array()) Fail(place, "must be a list");
    if (source.size() > kMaxEvents) {
      Fail(Failed{"too_many_events", place + ": has " + std::to_string(source.size()) +
                                         " elements; at most 200 are allowed"});
      return events;
    }
    events.reserve(source.size());
    for (std::size_t i = 0; i < source.size(); ++i) {
      if (!source[i].is_object()) Fail(place + "/" + std::to_string(i), "must be an object");
      events.push_back(source[i]);
    }
    return events;
  }

  void Fail(std::string place, std::string_view what) { Fail(Invalid(std::move(place), what)); }
  void Fail(Failed failed) {
    if (!failed_) failed_ = std::move(failed);
  }

  const Value root_;
  const std::string_view operation_;
  std::optional<Failed> failed_;
};

StepOutcome Fault(std::string reason, std::string detail) {
  return {Failed{std::move(reason), std::move(detail)}, nullptr, {}};
}

}  // namespace

StepOutcome ReadResult(std::string_view text, std::string_view operation) {
  if (text.size() > kMaxResultBytes) {
    return Fault("result_too_large", "The result has " + std::to_string(text.size()) +
                                         " bytes; at most 262144 are allowed.");
  }
  std::optional<json::Document> parsed = json::Document::Parse(text);
  if (!parsed) return Fault("puts_not_json", "The result is not JSON in UTF-8, or nests too deep.");
  StepOutcome outcome;
  outcome.document = std::make_shared<const json::Document>(*std::move(parsed));
  ResultReader reader(outcome.document->root(), operation);
  outcome.result = reader.Read();
  outcome.notes = reader.ReadNotes();
  return outcome;
}

}  // namespace bookgate::translate
