#include <bookgate/text.hpp>

#include <utility>

#include "admin/api.hpp"
#include "admin/booking_json.hpp"
#include "admin/input.hpp"
#include "admin/mapped_plugin.hpp"
#include "admin/try_look_ups.hpp"
#include "intake/choose_plugin.hpp"
#include "intake/make_delivery.hpp"
#include "intake/translation.hpp"
#include "translate/field_mapping.hpp"

namespace bookgate::admin {
namespace {

constexpr std::size_t kMostHeaders = 50;
constexpr std::size_t kLongestText = 1024;
/// As long as a body can be: the request that it comes in is not longer.
constexpr std::size_t kLongestBody = 16'777'215;

/// The headers that a tool would send along: those that plugins are recognised by.
void ReadHeaders(Input& input, std::vector<model::Field>& headers) {
  const json::Value list = input.Member("headers");
  if (!list.has_value()) return;
  if (!list.is_array() || list.size() > kMostHeaders) {
    return input.Complain("headers", "bad_type", "must be a list of at most 50 headers");
  }
  for (std::size_t i = 0; i < list.size(); ++i) {
    const auto name = list[i]["name"].RawString();
    const auto value = list[i]["value"].RawString();
    if (!name || !value || name->size() > kLongestText || value->size() > kLongestText) {
      return input.Complain("headers", "bad_type", "must have a name and a value each");
    }
    headers.push_back({ToLowerAscii(Trim(*name)), std::string(Trim(*value))});
  }
}

/// What is to be tried as the org's mapping: null for none. Left out, its own counts.
void ReadMapping(Input& input, const translate::Registry& registry, model::Org& org) {
  const json::Value mapping = input.Member("mapping");
  if (!mapping.exists()) return;
  org.field_mapping.clear();
  if (!mapping.has_value()) return;
  const translate::Plugin* plugin = MappedPlugin(registry);
  if (plugin == nullptr) {
    return input.Complain("mapping", "no_mapping", "is taken by no enabled plugin");
  }
  org.field_mapping = MappingText(mapping);
  const base::Status checked = translate::CheckMapping(*plugin, org.field_mapping);
  if (!checked.ok()) input.Complain("mapping", "bad_mapping", checked.failure().sender_text);
}

/// What the tool would be answered, as section "HTTP" of the README has it.
int StatusOf(model::Outcome outcome) {
  switch (outcome) {
    case model::Outcome::kStored:
    case model::Outcome::kDuplicate:
    case model::Outcome::kIgnored:
      return 200;
    case model::Outcome::kHeld:
    case model::Outcome::kDead:
      return 202;
    case model::Outcome::kRefused:
      break;
  }
  return 422;
}

void WriteProblems(base::JsonWriter& json, const std::vector<model::Problem>& problems) {
  json.Key("problems").Array();
  for (const model::Problem& problem : problems) {
    json.Object().Member("in", problem.in).Member("pointer", ToValidUtf8(problem.pointer));
    json.Member("code", problem.code).Member("message", ToValidUtf8(problem.message)).EndObject();
  }
  json.EndArray();
}

http::Answer ResultAnswer(const intake::Choice& choice, const intake::Translation& translation) {
  base::JsonWriter json;
  json.Object().Key("provider");
  if (choice.plugin != nullptr) {
    json.Value(choice.plugin->manifest.provider);
  } else {
    json.Null();
  }
  json.Key("provider_name");
  if (choice.plugin != nullptr) {
    json.Value(choice.plugin->manifest.name);
  } else {
    json.Null();
  }
  json.Member("outcome", model::OutcomeName(translation.outcome));
  json.Member("status", StatusOf(translation.outcome));
  json.TextOrNull("reason", ToValidUtf8(translation.reason)).Key("bookings").Array();
  for (const model::BookingEvent& event : translation.events) WriteBooking(json, event);
  json.EndArray();
  WriteProblems(json, translation.problems);
  json.EndObject();
  return JsonAnswer(json);
}

/// The way of intake.cpp without its first and its last step: nobody has to prove who he is, and
/// nothing is stored.
base::Result<http::Answer> Try(Services& services, const Call& call) {
  Input input(call.request);
  const std::optional<std::string> provider = input.Optional("provider", kLongestText);
  http::Request request;
  request.method = "POST";
  request.received_at = services.clock();
  const auto content_type = input.Optional("content_type", kLongestText);
  request.headers.push_back({"content-type", content_type.value_or("application/json")});
  ReadHeaders(input, request.headers);
  request.body = input.Required("body", 0, kLongestBody);
  const std::shared_ptr<const translate::Registry> plugins = services.registry();
  if (provider && plugins->Find(*provider) == nullptr) {
    input.Complain("provider", "unknown_provider", "is not the name of an enabled plugin");
  }
  model::Org org = call.org;
  ReadMapping(input, *plugins, org);
  if (auto refusal = input.Refusal()) return *std::move(refusal);
  const intake::Choice choice = intake::ChoosePlugin(*plugins, provider, request);
  if (choice.plugin == nullptr && choice.ambiguous.empty()) {
    return ResultAnswer(choice, intake::NobodyUnderstands());
  }
  if (choice.plugin == nullptr) {
    return ResultAnswer(choice, intake::AmbiguousProvider(choice.ambiguous));
  }
  const translate::Manifest& manifest = choice.plugin->manifest;
  model::Delivery delivery =
      intake::MakeDelivery(std::move(request), org, manifest.provider, &manifest,
                           base::Uuid::Version7(services.clock()));
  intake::Translation translation = intake::Translate(*choice.plugin, delivery);
  if (translation.lookups.empty()) return ResultAnswer(choice, translation);
  const base::Result<intake::Translation> completed = TryLookUps(
      services, plugins, *choice.plugin, org, std::move(delivery), std::move(translation));
  if (!completed.ok()) return completed.failure();
  return ResultAnswer(choice, *completed);
}

}  // namespace

void AddTryRoute(ApiRoutes& routes, Services& services) {
  routes.push_back({"POST", "/orgs/{org}/try", Access::kOrg,
                    [&services](const Call& call) { return Try(services, call); },
                    /*waits_for_provider=*/true});
}

}  // namespace bookgate::admin
