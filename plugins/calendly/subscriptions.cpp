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
#include "uri.hpp"

namespace bookgate::calendly {
namespace {

constexpr std::string_view kFolder = "/webhook_subscriptions";
constexpr std::string_view kOrganizationsLookup = "organization-subscriptions";
constexpr std::string_view kUsersLookup = "user-subscriptions";
constexpr std::string_view kCreateLookup = "create";
constexpr std::string_view kDeleteLookup = "delete";

std::string PathOf(const std::string& id) {
  return std::string(kFolder) + "/" + PercentEncode(id);
}

Lookup AskForList(std::string_view id, const Owner& owner, bool of_user) {
  Lookup lookup = Request(std::string(id), Method::kGet, std::string(kFolder));
  lookup.query = {{"organization", owner.organization},
                  {"scope", of_user ? "user" : "organization"},
                  {"count", "100"}};
  if (of_user) lookup.query["user"] = owner.user;
  return lookup;
}

/// Adds the ids of those subscriptions of a list that lead to our URL.
void AddOurs(const LookupReply& reply, const std::string& url, std::vector<std::string>& ours) {
  const std::optional<json::Document> document =
      reply.ok() ? json::Document::Parse(reply.body) : std::nullopt;
  const json::Value list = document ? document->root()["collection"] : json::Value();
  for (std::size_t i = 0; i < list.size(); ++i) {
    if (list[i]["callback_url"].Text() != url) continue;
    std::optional<std::string> id = SubscriptionId(list[i]["uri"].RawString().value_or(""));
    if (id && IsPathSegment(*id)) ours.push_back(*std::move(id));
  }
}

std::string DeleteLookup(std::size_t index) {
  return std::string(kDeleteLookup) + "-" + std::to_string(index);
}

std::vector<Lookup> Removals(const std::vector<std::string>& ids) {
  std::vector<Lookup> removals;
  for (std::size_t i = 0; i < ids.size(); ++i) {
    removals.push_back(Request(DeleteLookup(i), Method::kDelete, PathOf(ids[i])));
  }
  return removals;
}

std::vector<std::string> WantedEvents(const RegisterParameters& parameters, const Config& config) {
  if (!parameters.events.empty()) return parameters.events;
  std::vector<std::string> events = {"invitee.created", "invitee.canceled"};
  if (config.no_show_events) {
    events.insert(events.end(), {"invitee_no_show.created", "invitee_no_show.deleted"});
  }
  return events;
}

Lookup AskToCreate(const RegisterParameters& parameters, const Config& config, const Owner& owner,
                   bool for_organization) {
  JsonObject body;
  body.Text("url", parameters.url).Texts("events", WantedEvents(parameters, config));
  body.Text("organization", owner.organization);
  if (!for_organization) body.Text("user", owner.user);
  body.Text("scope", for_organization ? "organization" : "user");
  body.Text("signing_key", kSigningKeyPlaceholder);
  Lookup lookup = Request(std::string(kCreateLookup), Method::kPost, std::string(kFolder));
  lookup.body = body.ToText();
  return lookup;
}

Subscription ReadSubscription(json::Value resource, std::string id) {
  const bool active = resource["state"].Text() == "active";
  return DescribeSubscription(
      std::move(id), active ? Subscription::State::kActive : Subscription::State::kDisabled,
      resource["callback_url"], resource["events"]);
}

/// Of a plan without webhooks Calendly says so in words (release note of 2026-11-03).
bool NamesThePlan(const LookupReply& reply) {
  const std::optional<json::Document> document = json::Document::Parse(reply.body);
  const std::string message =
      document ? ToLowerAscii(document->root()["message"].Text().value_or("")) : "";
  return message.find("upgrade") != std::string::npos;
}

Decision ConcludeCreate(const LookupReply& reply) {
  if (HasStatus(reply, 403) && NamesThePlan(reply)) {
    return RejectAnswer(kCreateLookup, "", "plan_without_webhooks",
                        "Calendly does not offer these webhooks in the account's plan");
  }
  if (HasStatus(reply, 409)) {
    return RejectAnswer(kCreateLookup, "", "already_registered",
                        "Calendly has a subscription of this URL that the token's owner cannot "
                        "see: somebody else of the organization has made it and has to remove it");
  }
  std::optional<Reject> useless = RejectUseless(
      reply, kCreateLookup, kProvider, "the scope webhooks:write or scheduled_events:read");
  if (useless) return *std::move(useless);
  const std::optional<json::Document> document = json::Document::Parse(reply.body);
  const json::Value resource = document ? document->root()["resource"] : json::Value();
  std::optional<std::string> id = SubscriptionId(resource["uri"].RawString().value_or(""));
  if (!id || !IsPathSegment(*id)) {
    return RejectAnswer(kCreateLookup, "/resource/uri", "missing",
                        "Calendly's answer does not name the subscription");
  }
  Done done;
  done.subscription = ReadSubscription(resource, *std::move(id));
  return done;
}

Decision Register(const StepInput& input, const RegisterParameters& parameters,
                  const Config& config, const Owner& owner) {
  const std::optional<LookupReply> organizations = input.Reply(kOrganizationsLookup);
  const std::optional<LookupReply> users = input.Reply(kUsersLookup);
  if (!organizations || !users) {
    return NeedLookups{
        {AskForList(kOrganizationsLookup, owner, false), AskForList(kUsersLookup, owner, true)}};
  }
  // Only owners and admins may see the organization's (Calendly, "Receive data from scheduled
  // events in real time"). Who may see neither lacks the scope.
  std::optional<Reject> useless =
      RejectUseless(*users, kUsersLookup, kProvider, kNeedsWebhooksRead);
  if (!useless && !HasStatus(*organizations, 403)) {
    useless = RejectUseless(*organizations, kOrganizationsLookup, kProvider, kNeedsWebhooksRead);
  }
  if (useless) return *std::move(useless);
  std::vector<std::string> ours;
  AddOurs(*organizations, parameters.url, ours);
  AddOurs(*users, parameters.url, ours);
  std::optional<Decision> removing =
      RemoveEach(input, Removals(ours), kProvider, kNeedsWebhooksWrite);
  if (removing) return *std::move(removing);
  const std::optional<LookupReply> created = input.Reply(kCreateLookup);
  if (created) return ConcludeCreate(*created);
  return NeedLookups{{AskToCreate(parameters, config, owner, organizations->ok())}};
}

Lookup RequestTo(std::string lookup_id, Method method, const std::string& subscription) {
  return Request(std::move(lookup_id), method, PathOf(subscription));
}

std::optional<Subscription> ReadStated(json::Value source, std::string id) {
  if (!source["state"].Text()) return std::nullopt;
  return ReadSubscription(source, std::move(id));
}

constexpr SubscriptionResource kResource = {
    kProvider, kNeedsWebhooksRead, kNeedsWebhooksWrite, "resource",
    "state",   &RequestTo,         &ReadStated};

}  // namespace

Decision RegisterWebhook(const StepInput& input, const Config& config) {
  auto parameters = ReadRegisterParameters(input.parameters());
  if (auto* reject = std::get_if<Reject>(&parameters)) return std::move(*reject);
  const std::optional<LookupReply> me = input.Reply(kMeLookup);
  if (!me) return NeedLookups{{AskWhoIAm()}};
  std::variant<Owner, Reject> owner = ReadOwner(*me);
  if (auto* reject = std::get_if<Reject>(&owner)) return std::move(*reject);
  return Register(input, std::get<RegisterParameters>(parameters), config, std::get<Owner>(owner));
}

Decision UnregisterWebhook(const StepInput& input) {
  return RemoveSubscription(input, kResource);
}

Decision WebhookStatus(const StepInput& input) {
  return AskForSubscription(input, kResource);
}

}  // namespace bookgate::calendly
