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

#include "api.hpp"

namespace bookgate::calcom {
namespace {

constexpr std::string_view kFolder = "/v2/webhooks";
constexpr std::string_view kListLookup = "webhooks";
constexpr std::string_view kCreateLookup = "create";
constexpr std::string_view kUpdateLookup = "update";
constexpr std::string_view kDeleteLookup = "delete";

std::string PathOf(const std::string& id) {
  return std::string(kFolder) + "/" + PercentEncode(id);
}

Lookup AskForList() {
  Lookup lookup = Request(std::string(kListLookup), Method::kGet, std::string(kFolder));
  lookup.query = {{"take", "250"}};
  return lookup;
}

/// The ids of the user's webhooks that lead to our URL; nullopt if the answer is no list.
std::optional<std::vector<std::string>> ReadOurs(const LookupReply& reply, const std::string& url) {
  const std::optional<json::Document> document = json::Document::Parse(reply.body);
  const json::Value list = document ? document->root()["data"] : json::Value();
  if (!list.is_array()) return std::nullopt;
  std::vector<std::string> ours;
  for (std::size_t i = 0; i < list.size(); ++i) {
    if (list[i]["subscriberUrl"].Text() != url) continue;
    std::optional<std::string> id = list[i]["id"].Text();
    if (id && IsPathSegment(*id)) ours.push_back(*std::move(id));
  }
  return ours;
}

/// What there is to know of a booking. MEETING_STARTED brings back one whose webhook was lost.
std::vector<std::string> WantedTriggers(const RegisterParameters& parameters) {
  if (!parameters.events.empty()) return parameters.events;
  return {"BOOKING_CREATED",          "BOOKING_REQUESTED",  "BOOKING_RESCHEDULED",
          "BOOKING_CANCELLED",        "BOOKING_REJECTED",   "BOOKING_PAID",
          "BOOKING_LOCATION_UPDATED", "BOOKING_REASSIGNED", "BOOKING_NO_SHOW_UPDATED",
          "MEETING_STARTED"};
}

Lookup AskToSet(Lookup lookup, const RegisterParameters& parameters) {
  JsonObject body;
  body.Text("subscriberUrl", parameters.url).Texts("triggers", WantedTriggers(parameters));
  body.Flag("active", true).Text("secret", kSigningKeyPlaceholder);
  lookup.body = body.ToText();
  return lookup;
}

Lookup AskToCreate(const RegisterParameters& parameters) {
  return AskToSet(Request(std::string(kCreateLookup), Method::kPost, std::string(kFolder)),
                  parameters);
}

Lookup AskToUpdate(const std::string& id, const RegisterParameters& parameters) {
  return AskToSet(Request(std::string(kUpdateLookup), Method::kPatch, PathOf(id)), parameters);
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

Subscription ReadSubscription(json::Value webhook, std::string id) {
  const bool active = webhook["active"].Bool().value_or(false);
  return DescribeSubscription(
      std::move(id), active ? Subscription::State::kActive : Subscription::State::kDisabled,
      webhook["subscriberUrl"], webhook["triggers"]);
}

Decision Conclude(const LookupReply& reply, std::string_view lookup_id) {
  const std::optional<json::Document> document = json::Document::Parse(reply.body);
  const json::Value webhook = document ? document->root()["data"] : json::Value();
  std::optional<std::string> id = webhook["id"].Text();
  if (!id || !IsPathSegment(*id)) {
    return RejectAnswer(lookup_id, "/data/id", "missing",
                        "Cal.com's answer does not name the webhook");
  }
  Done done;
  done.subscription = ReadSubscription(webhook, *std::move(id));
  return done;
}

Decision Create(const StepInput& input, const RegisterParameters& parameters) {
  const std::optional<LookupReply> reply = input.Reply(kCreateLookup);
  if (!reply) return NeedLookups{{AskToCreate(parameters)}};
  if (HasStatus(*reply, 409)) {
    return RejectAnswer(kCreateLookup, "", "already_registered",
                        "Cal.com has a webhook of this URL that the API does not list; remove it "
                        "in Cal.com's settings");
  }
  std::optional<Reject> useless = RejectUseless(*reply, kCreateLookup, kProvider, kNeedsWebhooks);
  if (useless) return *std::move(useless);
  return Conclude(*reply, kCreateLookup);
}

Decision Update(const StepInput& input, const RegisterParameters& parameters,
                const std::vector<std::string>& ours) {
  const std::optional<LookupReply> reply = input.Reply(kUpdateLookup);
  if (!reply) return NeedLookups{{AskToUpdate(ours.front(), parameters)}};
  std::optional<Reject> useless = RejectUseless(*reply, kUpdateLookup, kProvider, kNeedsWebhooks);
  if (useless) return *std::move(useless);
  std::optional<Decision> removing =
      RemoveEach(input, RemovalsOfCopies(ours), kProvider, kNeedsWebhooks);
  if (removing) return *std::move(removing);
  return Conclude(*reply, kUpdateLookup);
}

Lookup RequestTo(std::string lookup_id, Method method, const std::string& subscription) {
  return Request(std::move(lookup_id), method, PathOf(subscription));
}

std::optional<Subscription> ReadStated(json::Value source, std::string id) {
  if (!source["active"].is_bool()) return std::nullopt;
  return ReadSubscription(source, std::move(id));
}

constexpr SubscriptionResource kResource = {kProvider, kNeedsWebhooks, kNeedsWebhooks, "data",
                                            "active",  &RequestTo,     &ReadStated};

}  // namespace

Decision RegisterWebhook(const StepInput& input) {
  auto read = ReadRegisterParameters(input.parameters());
  if (auto* reject = std::get_if<Reject>(&read)) return std::move(*reject);
  const RegisterParameters& parameters = std::get<RegisterParameters>(read);
  const std::optional<LookupReply> list = input.Reply(kListLookup);
  if (!list) return NeedLookups{{AskForList()}};
  std::optional<Reject> useless = RejectUseless(*list, kListLookup, kProvider, kNeedsWebhooks);
  if (useless) return *std::move(useless);
  const auto ours = ReadOurs(*list, parameters.url);
  if (!ours) {
    return RejectAnswer(kListLookup, "/data", "missing", "Cal.com's answer holds no webhooks");
  }
  return ours->empty() ? Create(input, parameters) : Update(input, parameters, *ours);
}

Decision UnregisterWebhook(const StepInput& input) {
  return RemoveSubscription(input, kResource);
}

Decision WebhookStatus(const StepInput& input) {
  return AskForSubscription(input, kResource);
}

}  // namespace bookgate::calcom
