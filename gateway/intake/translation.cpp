#include "intake/translation.hpp"

#include <algorithm>
#include <utility>
#include <variant>

#include "booking/event_reader.hpp"
#include "translate/field_mapping.hpp"

namespace bookgate::intake {
namespace {

using model::Action;
using model::BookingEvent;
using model::Outcome;
using model::Problem;

constexpr const char* kLookupPending = "lookup_pending";

/// What an API's answer lacks is a matter between the owner and the provider: no name of a look-up
/// would help him.
std::string DescribeAnswer(const Problem& problem) {
  if (!problem.pointer.empty()) return problem.pointer + " in the answer: " + problem.message;
  std::string text = problem.message;
  if (!text.empty() && text[0] >= 'a' && text[0] <= 'z') {
    text[0] = static_cast<char>(text[0] - 'a' + 'A');
  }
  return text;
}

std::string Describe(const Problem& problem) {
  if (problem.in.starts_with("lookup:")) return DescribeAnswer(problem);
  std::string text = problem.pointer.empty() ? "the " + problem.in : problem.pointer;
  if (problem.in != "body") text += " (in " + problem.in + ")";
  return text + ": " + problem.message;
}

std::string Describe(const std::vector<Problem>& problems) {
  std::string text;
  for (const Problem& problem : problems) {
    if (!text.empty()) text += "; ";
    text += Describe(problem);
  }
  return text;
}

/// A retry would not help a native provider, and it would switch the webhook off in the end;
/// whoever is just building an automation wants to see at once what is wrong with it.
Translation NotUsable(const translate::Plugin& plugin, std::vector<Problem> problems) {
  Translation translation;
  const bool hold = plugin.manifest.on_reject == translate::OnReject::kHold;
  translation.outcome = hold ? Outcome::kDead : Outcome::kRefused;
  translation.reason_token = "not_understood";
  translation.reason = Describe(problems);
  translation.problems = std::move(problems);
  return translation;
}

Translation PluginFailed(std::string token, const std::string& detail) {
  Translation translation;
  translation.outcome = Outcome::kDead;
  translation.reason_token = "plugin_failed";
  translation.reason = "The plugin failed (" + token + "): " + detail;
  translation.plugin_failure = std::move(token);
  return translation;
}

/// The event can be stored without knowing the customer: it is about a booking that is known, or
/// will be, by its id.
bool NeedsNoCustomer(const BookingEvent& event) {
  return event.action != Action::kBooked && !event.external_id_is_ours;
}

std::vector<Problem> MissingCustomers(const std::vector<BookingEvent>& events) {
  std::vector<Problem> problems;
  for (std::size_t i = 0; i < events.size(); ++i) {
    if (events[i].names_customer() || NeedsNoCustomer(events[i])) continue;
    const std::string at = events.size() > 1 ? "/" + std::to_string(i) : std::string();
    problems.push_back({"body", at + "/customer_email", "missing",
                        "there is neither an email address nor a phone number"});
  }
  return problems;
}

Translation Conclude(const translate::Plugin& plugin, const model::Delivery& delivery,
                     const translate::Bookings& bookings) {
  if (bookings.events.empty()) return PluginFailed("no_events", "it found bookings, but none came");
  booking::ReadEvents read = booking::ReadBookingEvents(bookings.events, delivery);
  if (auto* problems = std::get_if<std::vector<Problem>>(&read)) {
    return NotUsable(plugin, std::move(*problems));
  }
  Translation translation;
  translation.events = std::move(std::get<std::vector<BookingEvent>>(read));
  std::vector<Problem> missing = MissingCustomers(translation.events);
  if (!missing.empty()) return NotUsable(plugin, std::move(missing));
  return translation;
}

Translation Conclude(const translate::Plugin&, const model::Delivery&,
                     const translate::Ignore& ignore) {
  Translation translation;
  translation.outcome = Outcome::kIgnored;
  translation.reason_token = ignore.reason;
  translation.reason = "Not a booking: " + ignore.reason + ".";
  return translation;
}

Translation Conclude(const translate::Plugin& plugin, const model::Delivery&,
                     const translate::Reject& reject) {
  return NotUsable(plugin, reject.problems);
}

bool IsAnyRequired(const std::vector<translate::Lookup>& lookups) {
  return std::any_of(lookups.begin(), lookups.end(),
                     [](const translate::Lookup& lookup) { return lookup.required; });
}

/// What can be stored until the look-ups are made.
Translation Meanwhile(const translate::Plugin& plugin, const model::Delivery& delivery,
                      const translate::NeedLookups& need) {
  const std::string& name = plugin.manifest.lookup_name;
  if (!IsAnyRequired(need.lookups) && !need.events_so_far.empty()) {
    Translation translation =
        Conclude(plugin, delivery, translate::Bookings{need.events_so_far, {}});
    if (translation.outcome == Outcome::kStored) {
      translation.reason_token = kLookupPending;
      translation.reason = "Stored from the webhook alone: " + name + "'s API has the details.";
      translation.next_attempt_in = std::chrono::milliseconds(0);
      return translation;
    }
  }
  return WaitForLookups(
      "The webhook names the booking but not the customer: waiting for " + name + "'s API.",
      std::chrono::milliseconds(0));
}

Translation Conclude(const translate::Plugin& plugin, const model::Delivery& delivery,
                     const translate::NeedLookups& need) {
  Translation translation = Meanwhile(plugin, delivery, need);
  translation.lookups = need.lookups;
  return translation;
}

/// Only other operations end so, and the runner sees to it; but a case without an answer would be
/// a webhook that is lost.
Translation Conclude(const translate::Plugin&, const model::Delivery&, const translate::Done&) {
  return PluginFailed("unexpected_outcome", "it says that an operation is done");
}

Translation Conclude(const translate::Plugin&, const model::Delivery&,
                     const translate::Failed& failed) {
  return PluginFailed(failed.reason, failed.detail);
}

}  // namespace

Translation TranslateListed(const translate::Plugin& plugin, const model::Delivery& delivery,
                            const translate::Bookings& page) {
  Translation whole = Conclude(plugin, delivery, page);
  if (whole.outcome == Outcome::kStored || page.events.empty()) return whole;
  // One booking that is of no use must not cost the others of its page.
  Translation usable;
  for (std::size_t i = 0; i < page.events.size(); ++i) {
    Translation one = Conclude(plugin, delivery, translate::Bookings{{page.events[i]}, {}});
    for (Problem& problem : one.problems) {
      problem.pointer = "/" + std::to_string(i) + problem.pointer;
      usable.problems.push_back(std::move(problem));
    }
    for (BookingEvent& event : one.events) {
      // An id that is made of the delivery would be the same for several.
      if (!event.external_id_is_ours) usable.events.push_back(std::move(event));
    }
  }
  if (usable.events.empty()) {
    usable.outcome = Outcome::kDead;
    usable.reason_token = "not_understood";
  }
  usable.reason = Describe(usable.problems);
  return usable;
}

Translation WaitForLookups(std::string why, std::chrono::milliseconds next_attempt_in) {
  Translation translation;
  translation.outcome = Outcome::kHeld;
  translation.reason_token = kLookupPending;
  translation.reason = std::move(why);
  translation.next_attempt_in = next_attempt_in;
  return translation;
}

Translation Translate(const translate::Plugin& plugin, const model::Delivery& delivery,
                      const Answers& answers) {
  translate::StepInput input;
  input.replies = &answers.replies;
  input.lookup_rounds = answers.rounds;
  input.received_at_ms = base::UnixMilliseconds(delivery.received_at);
  input.body = delivery.body;
  input.content_type = delivery.content_type;
  input.headers = &delivery.headers;
  input.query = &delivery.query;
  const std::string config = translate::ConfigWithMapping(plugin, delivery.org.field_mapping);
  input.config = config;
  translate::StepOutcome outcome = plugin.runner->Step(input);
  Translation translation = std::visit(
      [&](const auto& result) { return Conclude(plugin, delivery, result); }, outcome.result);
  translation.notes = std::move(outcome.notes);
  return translation;
}

store::WriteJob MakeJob(model::Delivery delivery, Translation translation) {
  store::WriteJob job;
  job.delivery = std::move(delivery);
  job.outcome = translation.outcome;
  job.reason = std::move(translation.reason);
  job.problems = std::move(translation.problems);
  job.events = std::move(translation.events);
  job.next_attempt_in = translation.next_attempt_in;
  return job;
}

Translation AmbiguousProvider(const std::vector<std::string>& providers) {
  std::string names;
  for (const std::string& provider : providers) {
    if (!names.empty()) names += " and ";
    names += provider;
  }
  Translation translation;
  translation.outcome = Outcome::kRefused;
  translation.reason_token = "ambiguous_provider";
  translation.problems.push_back(
      {"body", "", "ambiguous_provider",
       "looks like " + names + ": name the provider at the end of the webhook URL"});
  translation.reason = Describe(translation.problems);
  return translation;
}

Translation NobodyUnderstands() {
  Translation translation;
  translation.outcome = Outcome::kRefused;
  translation.reason_token = "unknown_provider";
  translation.problems.push_back(
      {"body", "", "unknown_provider",
       "no plugin recognises it: name the provider at the end of the webhook URL"});
  translation.reason = Describe(translation.problems);
  return translation;
}

}  // namespace bookgate::intake
