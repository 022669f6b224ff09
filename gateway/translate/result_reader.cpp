#include "translate/result_reader.hpp"

#include <algorithm>
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
  explicit ResultReader(Value root) : root_(root) {}

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
    if (outcome == "bookings") return ReadBookings();
    if (outcome == "ignore") return ReadIgnore();
    if (outcome == "reject") return ReadReject();
    if (outcome == "need_lookups") return ReadNeedLookups();
    return UnknownOutcome();
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
    if (bookings.events.empty() && bookings.next_cursor.empty()) Fail("/events", "is empty");
    return bookings;
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
                             (problem.in.starts_with(kLookup) &&
                              IsLookupId(std::string_view(problem.in).substr(kLookup.size())));
    if (!known_place) Fail(place + "/in", "must be body, config or lookup:<id>");
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
    if (source["method"].exists() && source["method"].RawString() != "GET") {
      Fail(place + "/method", "must be GET");
    }
    ReadQuery(source["query"], place + "/query", lookup);
    return lookup;
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
  std::optional<Failed> failed_;
};

StepOutcome Fault(std::string reason, std::string detail) {
  return {Failed{std::move(reason), std::move(detail)}, nullptr, {}};
}

}  // namespace

StepOutcome ReadResult(std::string_view text) {
  if (text.size() > kMaxResultBytes) {
    return Fault("result_too_large", "The result has " + std::to_string(text.size()) +
                                         " bytes; at most 262144 are allowed.");
  }
  std::optional<json::Document> parsed = json::Document::Parse(text);
  if (!parsed) return Fault("puts_not_json", "The result is not JSON in UTF-8, or nests too deep.");
  StepOutcome outcome;
  outcome.document = std::make_shared<const json::Document>(*std::move(parsed));
  ResultReader reader(outcome.document->root());
  outcome.result = reader.Read();
  outcome.notes = reader.ReadNotes();
  return outcome;
}

}  // namespace bookgate::translate
