#include "subscriptions.hpp"

#include <bookgate/json.hpp>
#include <bookgate/json_object.hpp>
#include <bookgate/operations.hpp>
#include <bookgate/text.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "lookups.hpp"

namespace bookgate::square {
namespace {

constexpr std::string_view kFolder = "/v2/webhooks/subscriptions";
constexpr std::string_view kListLookup = "subscriptions";
constexpr std::string_view kCreateLookup = "create";
constexpr std::string_view kUpdateLookup = "update";
constexpr std::string_view kKeyLookup = "signature-key";
constexpr std::string_view kDeleteLookup = "delete";
constexpr std::string_view kNeeds = "the rights of the application's own access token";

std::string PathOf(const std::string& id) {
  return std::string(kFolder) + "/" + PercentEncode(id);
}

Lookup AskForList() {
  Lookup lookup = Request(std::string(kListLookup), Method::kGet, std::string(kFolder));
  lookup.query = {{"include_disabled", "true"}, {"limit", "100"}};
  return lookup;
}

/// The ids of those that lead to our URL; nullopt if the answer is no object. Without subscriptions
/// the list is missing in it.
std::optional<std::vector<std::string>> ReadOurs(const LookupReply& reply, const std::string& url) {
  const std::optional<json::Document> document = json::Document::Parse(reply.body);
  if (!document || !document->root().is_object()) return std::nullopt;
  const json::Value list = document->root()["subscriptions"];
  std::vector<std::string> ours;
  for (std::size_t i = 0; i < list.size(); ++i) {
    if (list[i]["notification_url"].Text() != url) continue;
    std::optional<std::string> id = list[i]["id"].Text();
    if (id && IsPathSegment(*id)) ours.push_back(*std::move(id));
  }
  return ours;
}

std::vector<std::string> WantedEvents(const RegisterParameters& parameters) {
  if (!parameters.events.empty()) return parameters.events;
  return {"booking.created", "booking.updated"};
}

Lookup AskToCreate(const RegisterParameters& parameters) {
  JsonObject subscription;
  subscription.Text("name", "Bookgate").Texts("event_types", WantedEvents(parameters));
  subscription.Text("notification_url", parameters.url);
  Lookup lookup = Request(std::string(kCreateLookup), Method::kPost, std::string(kFolder));
  lookup.body = JsonObject().Object("subscription", subscription).ToText();
  return lookup;
}

Lookup AskToUpdate(const std::string& id, const RegisterParameters& parameters) {
  JsonObject subscription;
  subscription.Flag("enabled", true).Texts("event_types", WantedEvents(parameters));
  Lookup lookup = Request(std::string(kUpdateLookup), Method::kPut, PathOf(id));
  lookup.body = JsonObject().Object("subscription", subscription).ToText();
  return lookup;
}

Lookup AskForNewKey(const std::string& id) {
  Lookup lookup = Request(std::string(kKeyLookup), Method::kPost, PathOf(id) + "/signature-key");
  lookup.body = "{}";
  return lookup;
}

/// All but the first, which is kept.
std::vector<Lookup> RemovalsOfCopies(const std::vector<std::string>& ids) {
  std::vector<Lookup> removals;
  for (std::size_t i = 1; i < ids.size(); ++i) {
    const std::string lookup_id = std::string(kDeleteLookup) + "-" + std::to_string(i);
    removals.push_back(Request(lookup_id, Method::kDelete, PathOf(ids[i])));
  }
  return removals;
}

Subscription ReadSubscription(json::Value source, std::string id) {
  const bool enabled = source["enabled"].Bool().value_or(false);
  return DescribeSubscription(
      std::move(id), enabled ? Subscription::State::kActive : Subscription::State::kDisabled,
      source["notification_url"], source["event_types"]);
}

/// The subscription out of a reply, with its key where that reply is said to have it.
Decision Conclude(const LookupReply& reply, std::string_view lookup_id, SigningKeyAt key) {
  const std::optional<json::Document> document = json::Document::Parse(reply.body);
  const json::Value source = document ? document->root()["subscription"] : json::Value();
  std::optional<std::string> id = source["id"].Text();
  if (!id || !IsPathSegment(*id)) {
    return RejectAnswer(lookup_id, "/subscription/id", "missing",
                        "Square's answer does not name the subscription");
  }
  Done done;
  done.subscription = ReadSubscription(source, *std::move(id));
  done.signing_key = std::move(key);
  return done;
}

Decision RejectKeyless(const SigningKeyAt& at) {
  return RejectAnswer(at.lookup, at.pointer, "missing", "Square's answer holds no signature key");
}

bool HoldsKey(const LookupReply& reply, const SigningKeyAt& at) {
  const std::optional<json::Document> document = json::Document::Parse(reply.body);
  return document && document->root().At(at.pointer).Text();
}

Decision Create(const StepInput& input, const RegisterParameters& parameters) {
  const std::optional<LookupReply> reply = input.Reply(kCreateLookup);
  if (!reply) return NeedLookups{{AskToCreate(parameters)}};
  std::optional<Reject> useless = RejectUseless(*reply, kCreateLookup, kProvider, kNeeds);
  if (useless) return *std::move(useless);
  const SigningKeyAt key{std::string(kCreateLookup), "/subscription/signature_key"};
  return HoldsKey(*reply, key) ? Conclude(*reply, kCreateLookup, key) : RejectKeyless(key);
}

/// The key comes last: were it changed and something else refused after it, nobody would know it.
Decision Update(const StepInput& input, const RegisterParameters& parameters,
                const std::vector<std::string>& ours) {
  const std::optional<LookupReply> reply = input.Reply(kUpdateLookup);
  if (!reply) return NeedLookups{{AskToUpdate(ours.front(), parameters)}};
  std::optional<Reject> useless = RejectUseless(*reply, kUpdateLookup, kProvider, kNeeds);
  if (useless) return *std::move(useless);
  std::optional<Decision> removing = RemoveEach(input, RemovalsOfCopies(ours), kProvider, kNeeds);
  if (removing) return *std::move(removing);
  const std::optional<LookupReply> keyed = input.Reply(kKeyLookup);
  if (!keyed) return NeedLookups{{AskForNewKey(ours.front())}};
  useless = RejectUseless(*keyed, kKeyLookup, kProvider, kNeeds);
  if (useless) return *std::move(useless);
  const SigningKeyAt key{std::string(kKeyLookup), "/signature_key"};
  return HoldsKey(*keyed, key) ? Conclude(*reply, kUpdateLookup, key) : RejectKeyless(key);
}

Lookup RequestTo(std::string lookup_id, Method method, const std::string& subscription) {
  return Request(std::move(lookup_id), method, PathOf(subscription));
}

std::optional<Subscription> ReadStated(json::Value source, std::string id) {
  if (!source["enabled"].is_bool()) return std::nullopt;
  return ReadSubscription(source, std::move(id));
}

constexpr SubscriptionResource kResource = {kProvider, kNeeds,     kNeeds,     "subscription",
                                            "enabled", &RequestTo, &ReadStated};

}  // namespace

Decision RegisterWebhook(const StepInput& input) {
  auto read = ReadRegisterParameters(input.parameters());
  if (auto* reject = std::get_if<Reject>(&read)) return std::move(*reject);
  const RegisterParameters& parameters = std::get<RegisterParameters>(read);
  const std::optional<LookupReply> list = input.Reply(kListLookup);
  if (!list) return NeedLookups{{AskForList()}};
  std::optional<Reject> useless = RejectUseless(*list, kListLookup, kProvider, kNeeds);
  if (useless) return *std::move(useless);
  const auto ours = ReadOurs(*list, parameters.url);
  if (!ours) {
    return RejectAnswer(kListLookup, "", "not_json", "Square's answer is not a JSON object");
  }
  return ours->empty() ? Create(input, parameters) : Update(input, parameters, *ours);
}

Decision UnregisterWebhook(const StepInput& input) {
  return RemoveSubscription(input, kResource);
}

Decision WebhookStatus(const StepInput& input) {
  return AskForSubscription(input, kResource);
}

}  // namespace bookgate::square
