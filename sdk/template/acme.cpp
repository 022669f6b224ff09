// Acme's webhooks as booking events.
//
// There is no Acme. This is the template that ../README.md explains and takes its examples from:
// copy the folder, rename it, and make it your provider's piece by piece.
//
// A webhook of Acme's holds the booking, but of its customer the id alone: the rest is looked up.
#include <bookgate/json.hpp>
#include <bookgate/limits.hpp>
#include <bookgate/text.hpp>
#include <bookgate/time.hpp>
#include <bookgate/translator.hpp>
#include <bookgate_manifest.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace bookgate::acme {
namespace {

constexpr std::string_view kCustomerLookup = "customer";
constexpr std::int64_t kMaxMinutes = 14'400;

/// nullopt for topics that are about no booking.
std::optional<Action> ActionOf(std::string_view topic) {
  if (topic == "booking.created") return Action::kBooked;
  if (topic == "booking.moved") return Action::kRescheduled;
  if (topic == "booking.cancelled") return Action::kCancelled;
  return std::nullopt;
}

/// The operator's setting. The gateway has checked it against the manifest's schema, but fills in
/// no default.
bool StoresTentative(std::string_view config) {
  const std::optional<json::Document> document = json::Document::Parse(config);
  return document && document->root()["store_tentative"].Bool().value_or(false);
}

/// All that the webhook itself says. What is wrong with it goes into `problems`.
Booking ReadBooking(json::Value source, Action action, std::vector<Problem>& problems) {
  Booking booking;
  booking.action = action;
  booking.external_id = source["id"].Text();
  if (!booking.external_id) {
    problems.push_back({"/booking/id", "missing", "the booking has no id"});
  }
  const std::optional<std::string> text = source["starts_at"].Text();
  const std::optional<Timestamp> start = text ? ParseTimestamp(*text) : std::nullopt;
  if (start) {
    booking.start_time = FormatTimestamp(*start);
  } else {
    problems.push_back({"/booking/starts_at", text ? "bad_timestamp" : "missing",
                        text ? "is not an RFC 3339 timestamp" : "the booking has no start"});
  }
  // A booking is refused for a duration that is none, and still of use without.
  const std::optional<std::int64_t> minutes = source["minutes"].Integer();
  if (minutes && *minutes >= 0 && *minutes <= kMaxMinutes) booking.duration_minutes = minutes;
  booking.appointment_type = source["service"].Text();
  booking.notes = source["remark"].Text();
  // Counts the changes of a booking, so webhooks may come in any order.
  booking.sequence = source["revision"].Integer();
  return booking;
}

/// A new booking belongs to nobody without its customer, so it waits for the answer. A later
/// webhook is about a booking that is known by its id: that much can be stored at once.
NeedLookups AskForCustomer(const std::string& id, Booking booking) {
  Lookup lookup;
  lookup.id = kCustomerLookup;
  lookup.host = "api.acme.example";
  lookup.path = "/v1/customers/" + PercentEncode(id);
  lookup.required = booking.action == Action::kBooked;
  NeedLookups ask;
  ask.lookups.push_back(std::move(lookup));
  if (booking.action != Action::kBooked) ask.events_so_far.push_back(std::move(booking));
  return ask;
}

/// As the end of a sentence, for the operator. Of a reply that is not ok().
std::string WhyUseless(const LookupReply& reply) {
  if (reply.outcome == BKG_LOOKUP_DENIED) {
    return "look-ups to Acme are not allowed, or no credential is set";
  }
  if (reply.outcome != BKG_LOOKUP_ANSWERED) return "Acme's API could not be reached";
  return "Acme's API answered with status " + std::to_string(reply.http_status);
}

/// Fills in the customer. nullopt, or what is wrong with the answer.
std::optional<Problem> ReadCustomer(const LookupReply& reply, Booking& booking) {
  const auto problem = [](std::string pointer, std::string code, std::string message) {
    return Problem{std::move(pointer), std::move(code), std::move(message), "lookup:customer"};
  };
  if (!reply.ok()) {
    return problem("", "customer_unavailable", "the customer is not known: " + WhyUseless(reply));
  }
  const std::optional<json::Document> document = json::Document::Parse(reply.body);
  const json::Value customer = document ? document->root() : json::Value();
  booking.customer_name = customer["name"].Text();
  booking.customer_phone = customer["phone"].Text();
  booking.customer_email = customer["email"].Text();
  if (booking.customer_email && !LooksLikeEmail(*booking.customer_email)) {
    return problem("/email", "bad_email", "is not an email address");
  }
  if (booking.customer_email || booking.customer_phone) return std::nullopt;
  return problem("/email", "missing", "the customer has neither an email address nor a phone");
}

Decision Complete(const LookupReply& reply, Booking booking) {
  std::optional<Problem> problem = ReadCustomer(reply, booking);
  Bookings bookings;
  if (problem) {
    if (booking.action == Action::kBooked) return Reject{{*std::move(problem)}};
    booking.customer_email.reset();
    bookings.notes.push_back("Stored by its id alone: " + problem->message + ".");
  }
  FitToLimits(booking);
  bookings.events.push_back(std::move(booking));
  return bookings;
}

Decision Translate(const StepInput& input) {
  const std::optional<json::Document> document = json::Document::Parse(input.body());
  if (!document || !document->root().is_object()) {
    return RejectAt("", "not_json", "the body is not a JSON object");
  }
  const json::Value root = document->root();
  const std::optional<std::string> topic = root["topic"].Text();
  if (!topic) return RejectAt("/topic", "missing", "the body does not name its topic");
  const std::optional<Action> action = ActionOf(*topic);
  if (!action) return Ignore{*topic == "ping" ? "ping" : "unknown_topic"};
  const json::Value source = root["booking"];
  if (source["state"].Text() == "tentative" && !StoresTentative(input.config())) {
    return Ignore{"awaiting_confirmation"};
  }

  std::vector<Problem> problems;
  Booking booking = ReadBooking(source, *action, problems);
  const std::optional<std::string> customer = source["customer_id"].Text();
  if (!customer || !IsPathSegment(*customer)) {
    problems.push_back({"/booking/customer_id", customer ? "bad_id" : "missing",
                        customer ? "is no customer's id" : "the booking names no customer"});
  }
  if (!problems.empty()) return Reject{std::move(problems)};

  const std::optional<LookupReply> reply = input.Reply(kCustomerLookup);
  if (!reply) return AskForCustomer(*customer, std::move(booking));
  return Complete(*reply, std::move(booking));
}

}  // namespace

struct Acme {
  static constexpr std::string_view kManifest = bookgate_manifest::kText;

  static Decision Step(const StepInput& input) {
    if (input.operation() != "translate") {
      return RejectAt("", "unknown_operation", "this translator only translates");
    }
    return Translate(input);
  }
};

}  // namespace bookgate::acme

BKG_TRANSLATOR(bookgate::acme::Acme)
