#include "subscriptions.hpp"

#include <bookgate/json.hpp>
#include <bookgate/json_object.hpp>
#include <bookgate/operations.hpp>
#include <bookgate/text.hpp>

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "lookup.hpp"

namespace bookgate::acuity {
namespace {

constexpr std::string_view kFolder = "/api/v1/webhooks";
constexpr std::string_view kListLookup = "webhooks";
constexpr std::string_view kCreateLookup = "create";
constexpr std::string_view kDeleteLookup = "delete";
constexpr std::string_view kDefaultEvent = "appointment.changed";
/// Acuity has five, and a round eight requests.
constexpr std::size_t kMostEvents = 5;

/// A webhook as the API lists it.
struct Listed {
  std::string id;
  std::string event;
  std::string target;
  bool active = false;
};

std::string PathOf(const std::string& id) {
  return std::string(kFolder) + "/" + PercentEncode(id);
}

std::string LookupId(std::string_view what, std::size_t index) {
  return std::string(what) + "-" + std::to_string(index);
}

Lookup AskForList() {
  return Request(std::string(kListLookup), Method::kGet, std::string(kFolder));
}

std::optional<Listed> Read(json::Value webhook) {
  std::optional<std::string> id = webhook["id"].Text();
  if (!id || !IsPathSegment(*id) || id->find(',') != std::string::npos) return std::nullopt;
  return Listed{*std::move(id), webhook["event"].Text().value_or(""),
                webhook["target"].Text().value_or(""), webhook["status"].Text() == "active"};
}

std::variant<std::vector<Listed>, Reject> ReadList(const LookupReply& reply) {
  std::optional<Reject> useless = RejectUseless(reply, kListLookup, kProvider, "");
  if (useless) return *std::move(useless);
  const std::optional<json::Document> document = json::Document::Parse(reply.body);
  if (!document || !document->root().is_array()) {
    return RejectAnswer(kListLookup, "", "missing", "Acuity's answer holds no list of webhooks");
  }
  std::vector<Listed> list;
  for (std::size_t i = 0; i < document->root().size(); ++i) {
    std::optional<Listed> webhook = Read(document->root()[i]);
    if (webhook) list.push_back(*std::move(webhook));
  }
  return list;
}

std::string Joined(const std::vector<std::string>& ids) {
  std::string joined;
  for (const std::string& id : ids) joined += (joined.empty() ? "" : ",") + id;
  return joined;
}

std::vector<std::string> Split(std::string_view joined) {
  std::vector<std::string> ids;
  while (!joined.empty()) {
    const std::size_t comma = std::min(joined.find(','), joined.size());
    ids.emplace_back(joined.substr(0, comma));
    joined.remove_prefix(std::min(comma + 1, joined.size()));
  }
  return ids;
}

/// What of a list is kept, and what is in the way.
struct Plan {
  std::vector<std::string> kept;  ///< By wanted event: the id, or "" if one has to be made.
  std::vector<Lookup> removals;
};

Plan MakePlan(const std::vector<Listed>& list, const std::string& url,
              const std::vector<std::string>& wanted) {
  Plan plan;
  plan.kept.resize(wanted.size());
  for (const Listed& webhook : list) {
    if (webhook.target != url) continue;
    const auto event = std::find(wanted.begin(), wanted.end(), webhook.event);
    std::string* kept = event == wanted.end()
                            ? nullptr
                            : &plan.kept[static_cast<std::size_t>(event - wanted.begin())];
    if (kept != nullptr && kept->empty() && webhook.active) {
      *kept = webhook.id;
      continue;
    }
    const std::string lookup_id = LookupId(kDeleteLookup, plan.removals.size());
    plan.removals.push_back(Request(lookup_id, Method::kDelete, PathOf(webhook.id)));
  }
  return plan;
}

Lookup AskToCreate(std::size_t index, const std::string& event, const std::string& url) {
  Lookup lookup = Request(LookupId(kCreateLookup, index), Method::kPost, std::string(kFolder));
  lookup.body = JsonObject().Text("event", event).Text("target", url).ToText();
  return lookup;
}

/// Makes those that are missing; nullopt once all are there, with their ids in `kept`.
std::optional<Decision> Create(const StepInput& input, const std::vector<std::string>& wanted,
                               const std::string& url, std::vector<std::string>& kept) {
  NeedLookups ask;
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    if (!kept[i].empty()) continue;
    const std::string lookup_id = LookupId(kCreateLookup, i);
    const std::optional<LookupReply> reply = input.Reply(lookup_id);
    if (!reply) {
      ask.lookups.push_back(AskToCreate(i, wanted[i], url));
      continue;
    }
    std::optional<Reject> useless = RejectUseless(*reply, lookup_id, kProvider, "");
    if (useless) return *std::move(useless);
    const std::optional<json::Document> document = json::Document::Parse(reply->body);
    std::optional<Listed> made = Read(document ? document->root() : json::Value());
    if (!made) {
      return RejectAnswer(lookup_id, "/id", "missing", "Acuity's answer does not name the webhook");
    }
    kept[i] = made->id;
  }
  if (ask.lookups.empty()) return std::nullopt;
  return ask;
}

std::vector<std::string> WantedEvents(const RegisterParameters& parameters) {
  if (parameters.events.empty()) return {std::string(kDefaultEvent)};
  std::vector<std::string> wanted;
  for (const std::string& event : parameters.events) {
    const bool known = std::find(wanted.begin(), wanted.end(), event) != wanted.end();
    if (!known && wanted.size() < kMostEvents) wanted.push_back(event);
  }
  return wanted;
}

Decision Conclude(const std::vector<std::string>& ids, const RegisterParameters& parameters,
                  std::vector<std::string> wanted) {
  const std::string joined = Joined(ids);
  // Ids are numbers of some eight digits.
  constexpr std::size_t kLongest = 255;
  if (joined.size() > kLongest) {
    return RejectAnswer(kListLookup, "", "bad_id", "Acuity's ids of the webhooks are too long");
  }
  Done done;
  done.subscription = {joined, Subscription::State::kActive, parameters.url, std::move(wanted)};
  done.signing_key = SigningKeyIsPassword{};
  return done;
}

}  // namespace

Decision RegisterWebhook(const StepInput& input) {
  auto read = ReadRegisterParameters(input.parameters());
  if (auto* reject = std::get_if<Reject>(&read)) return std::move(*reject);
  const RegisterParameters& parameters = std::get<RegisterParameters>(read);
  const std::optional<LookupReply> reply = input.Reply(kListLookup);
  if (!reply) return NeedLookups{{AskForList()}};
  auto list = ReadList(*reply);
  if (auto* reject = std::get_if<Reject>(&list)) return std::move(*reject);
  std::vector<std::string> wanted = WantedEvents(parameters);
  Plan plan = MakePlan(std::get<std::vector<Listed>>(list), parameters.url, wanted);
  // What is wanted and works is kept, so nothing is missed while the rest is cleared away.
  if (auto removing = RemoveEach(input, plan.removals, kProvider, "")) return *std::move(removing);
  if (auto making = Create(input, wanted, parameters.url, plan.kept)) return *std::move(making);
  return Conclude(plan.kept, parameters, std::move(wanted));
}

Decision UnregisterWebhook(const StepInput& input) {
  auto id = ReadSubscriptionParameter(input.parameters());
  if (auto* reject = std::get_if<Reject>(&id)) return std::move(*reject);
  const std::string& subscription = std::get<std::string>(id);
  std::vector<Lookup> removals;
  for (const std::string& webhook : Split(subscription)) {
    if (!IsPathSegment(webhook)) continue;
    const std::string lookup_id = LookupId(kDeleteLookup, removals.size());
    removals.push_back(Request(lookup_id, Method::kDelete, PathOf(webhook)));
  }
  if (auto removing = RemoveEach(input, removals, kProvider, "")) return *std::move(removing);
  return DoneMissing(subscription);
}

Decision WebhookStatus(const StepInput& input) {
  auto id = ReadSubscriptionParameter(input.parameters());
  if (auto* reject = std::get_if<Reject>(&id)) return std::move(*reject);
  const std::string& subscription = std::get<std::string>(id);
  const std::optional<LookupReply> reply = input.Reply(kListLookup);
  if (!reply) return NeedLookups{{AskForList()}};
  auto read = ReadList(*reply);
  if (auto* reject = std::get_if<Reject>(&read)) return std::move(*reject);
  const std::vector<Listed>& list = std::get<std::vector<Listed>>(read);
  Done done;
  done.subscription = {subscription, Subscription::State::kActive};
  for (const std::string& webhook : Split(subscription)) {
    const auto found = std::find_if(list.begin(), list.end(),
                                    [&](const Listed& listed) { return listed.id == webhook; });
    // One of several that is missing is as bad as all.
    if (found == list.end()) return DoneMissing(subscription);
    if (!found->active) done.subscription.state = Subscription::State::kDisabled;
    const bool fits = found->target.size() <= 2048 && found->event.size() <= 128;
    if (fits) done.subscription.url = found->target;
    if (fits && !found->event.empty()) done.subscription.events.push_back(found->event);
  }
  return done;
}

}  // namespace bookgate::acuity
