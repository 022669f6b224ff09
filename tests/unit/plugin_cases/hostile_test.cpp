// What no provider means to send: every case cut off, with every value of it, of its parameters and
// of its replies replaced by one of another type, and with bytes that are no text. A translator may
// decide on anything then, but it must decide: a failure is a fault of ours, which the sender would
// be told to retry.
#include <doctest/doctest.h>

#include <rapidjson/document.h>
#include <rapidjson/pointer.h>

#include <algorithm>
#include <cstddef>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "translate/canned_replies.hpp"
#include "unit/plugin_cases/case_folder.hpp"
#include "unit/plugin_cases/driver.hpp"
#include "unit/plugin_cases/json_diff.hpp"

namespace bookgate::plugin_cases {
namespace {

constexpr std::size_t kMaxCuts = 64;
constexpr std::size_t kMaxPlaces = 200;

/// A loaded plugin with one of its cases.
struct Loaded {
  translate::Plugin plugin;
  Case webhook;
};

/// Every case of the plugin that can be run at all; the others fail in plugin_cases_test.cpp.
std::vector<Loaded> LoadAll(const std::string& provider) {
  const std::optional<PluginUnderTest> plugin = FindPlugin(provider);
  REQUIRE(plugin);
  std::vector<Loaded> all;
  for (const std::filesystem::path& folder : ListCaseFolders(plugin->CasesFolder())) {
    CaseFolder read = ReadCaseFolder(folder);
    auto loaded = Load(*plugin, read.content.config_json);
    if (!read.problems.empty() || !std::holds_alternative<translate::Plugin>(loaded)) continue;
    all.push_back({std::get<translate::Plugin>(std::move(loaded)), std::move(read.content)});
  }
  REQUIRE_FALSE(all.empty());
  return all;
}

/// Returns what failed, or "".
std::string FailureOf(const Loaded& loaded, const Case& webhook) {
  const DriveResult result = Drive(*loaded.plugin.runner, webhook);
  const auto* failed = std::get_if<translate::Failed>(&result.outcome.result);
  return failed == nullptr ? "" : failed->reason + ": " + failed->detail;
}

/// Runs the case with that body instead of its own.
std::string FailureWith(const Loaded& loaded, std::string body) {
  Case webhook = loaded.webhook;
  webhook.body = std::move(body);
  return FailureOf(loaded, webhook);
}

void CutOff(const Loaded& loaded) {
  const std::string& body = loaded.webhook.body;
  const std::size_t stride = std::max<std::size_t>(1, body.size() / kMaxCuts);
  for (std::size_t size = 0; size < body.size(); size += stride) {
    const std::string failure = FailureWith(loaded, body.substr(0, size));
    CHECK_MESSAGE(failure.empty(), loaded.webhook.name << " cut to " << size << ": " << failure);
  }
}

/// The pointers of all values in the document, the whole included.
void CollectPlaces(const rapidjson::Value& value, const rapidjson::Pointer& at,
                   std::vector<rapidjson::Pointer>& places) {
  if (places.size() == kMaxPlaces) return;
  places.push_back(at);
  if (value.IsObject()) {
    for (const auto& member : value.GetObject()) {
      CollectPlaces(member.value, at.Append(member.name.GetString(), member.name.GetStringLength()),
                    places);
    }
  } else if (value.IsArray()) {
    for (rapidjson::SizeType i = 0; i < value.Size(); ++i) {
      CollectPlaces(value[i], at.Append(i), places);
    }
  }
}

/// Calls `use` with the document's text once for every value and every other one in its place.
template <class Use>
void EachReplacement(json::Value document, Use use) {
  std::vector<rapidjson::Pointer> places;
  CollectPlaces(*document.raw(), rapidjson::Pointer(), places);
  for (const rapidjson::Pointer& place : places) {
    for (const char* other :
         {"null", "-1", "1e300", "true", "\"\"", "\"x\"", "{}", "[]", "[[{}]]"}) {
      rapidjson::Document changed;
      changed.CopyFrom(*document.raw(), changed.GetAllocator());
      rapidjson::Document value(&changed.GetAllocator());
      value.Parse(other);
      place.Set(changed, value);
      use(JsonText(json::Value(&changed)));
    }
  }
}

void ReplaceValues(const Loaded& loaded) {
  const auto document = json::Document::Parse(loaded.webhook.body);
  if (!document) return;
  EachReplacement(document->root(), [&](std::string body) {
    const std::string failure = FailureWith(loaded, std::move(body));
    CHECK_MESSAGE(failure.empty(), loaded.webhook.name << ": " << failure);
  });
}

void ReplaceParameters(const Loaded& loaded) {
  const auto document = json::Document::Parse(loaded.webhook.parameters);
  Case webhook = loaded.webhook;
  EachReplacement(document->root(), [&](std::string parameters) {
    webhook.parameters = std::move(parameters);
    const std::string failure = FailureOf(loaded, webhook);
    CHECK_MESSAGE(failure.empty(),
                  webhook.name << " with " << webhook.parameters << ": " << failure);
  });
}

std::vector<translate::LookupReply> RepliesOf(const Case& webhook) {
  std::vector<translate::LookupReply> replies;
  for (const std::string& id : webhook.reply_ids) {
    const auto reply = translate::ReadCannedReply(webhook.replies.string(), id);
    REQUIRE(reply);
    replies.push_back(*reply);
  }
  return replies;
}

/// Runs the case's last step, in which all replies are there. Returns what failed, or "".
std::string FailureWith(const Loaded& loaded, const std::vector<translate::LookupReply>& replies) {
  translate::StepInput input = InputOf(loaded.webhook);
  input.replies = &replies;
  input.lookup_rounds = 1;
  const translate::StepOutcome outcome = loaded.plugin.runner->Step(input);
  const auto* failed = std::get_if<translate::Failed>(&outcome.result);
  return failed == nullptr ? "" : failed->reason + ": " + failed->detail;
}

void ReplaceValuesOfReplies(const Loaded& loaded) {
  std::vector<translate::LookupReply> replies = RepliesOf(loaded.webhook);
  for (translate::LookupReply& reply : replies) {
    const std::string sent = reply.body;
    const auto document = json::Document::Parse(sent);
    if (!document) continue;
    EachReplacement(document->root(), [&](std::string body) {
      reply.body = std::move(body);
      const std::string failure = FailureWith(loaded, replies);
      CHECK_MESSAGE(failure.empty(), loaded.webhook.name << ", " << reply.id << ": " << failure);
    });
    reply.body = sent;
  }
}

/// No answer, a refusal, or one that is empty, for each request in turn.
void SpoilReplies(const Loaded& loaded) {
  std::vector<translate::LookupReply> replies = RepliesOf(loaded.webhook);
  for (translate::LookupReply& reply : replies) {
    const translate::LookupReply sent = reply;
    for (const std::uint32_t outcome : {0u, 1u, 2u, 77u}) {
      for (const std::uint32_t status :
           {0u, 200u, 204u, 304u, 400u, 401u, 403u, 404u, 409u, 429u, 500u}) {
        reply.outcome = outcome;
        reply.http_status = status;
        reply.body.clear();
        const std::string failure = FailureWith(loaded, replies);
        CHECK_MESSAGE(failure.empty(), loaded.webhook.name << ", " << reply.id << " answered with "
                                                           << status << ": " << failure);
      }
    }
    reply = sent;
  }
}

void OddBodies(const Loaded& loaded) {
  const std::string& body = loaded.webhook.body;
  const std::string bodies[] = {"",
                                std::string(1, '\0'),
                                "\xEF\xBB\xBF" + body,
                                body + body,
                                body + "\xFF",
                                std::string(100'000, '['),
                                std::string(100'000, '&'),
                                std::string(262'144, 'a'),
                                "[" + body + "]",
                                "<html></html>"};
  for (const std::string& odd : bodies) {
    const std::string failure = FailureWith(loaded, odd);
    CHECK_MESSAGE(failure.empty(), loaded.webhook.name << ": " << failure);
  }
}

/// Nothing of an earlier webhook may show in a later one.
void Repeat(const Loaded& first, const Loaded& between) {
  const DriveResult before = Drive(*first.plugin.runner, first.webhook);
  Drive(*between.plugin.runner, between.webhook);
  const Case elsewhere = first.webhook;  // The same bytes at other addresses.
  const DriveResult after = Drive(*first.plugin.runner, elsewhere);
  REQUIRE(before.outcome.document);
  REQUIRE(after.outcome.document);
  CHECK(JsonText(before.outcome.document->root()) == JsonText(after.outcome.document->root()));
}

void RunHostile(const std::string& provider) {
  const std::vector<Loaded> all = LoadAll(provider);
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (all[i].webhook.operation == "translate") {
      CutOff(all[i]);
      ReplaceValues(all[i]);
      OddBodies(all[i]);
    } else {
      ReplaceParameters(all[i]);
    }
    ReplaceValuesOfReplies(all[i]);
    SpoilReplies(all[i]);
    Repeat(all[i], all[(i + 1) % all.size()]);
  }
}

TEST_CASE("generic: decides on any body") {
  RunHostile("generic");
}
TEST_CASE("calendly: decides on any body") {
  RunHostile("calendly");
}
TEST_CASE("calcom: decides on any body") {
  RunHostile("calcom");
}
TEST_CASE("acuity: decides on any body") {
  RunHostile("acuity");
}
TEST_CASE("square: decides on any body") {
  RunHostile("square");
}
TEST_CASE("acme, the SDK's template: decides on any body") {
  RunHostile("acme");
}

}  // namespace
}  // namespace bookgate::plugin_cases
