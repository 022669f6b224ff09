#include "translate/canned_replies.hpp"

#include <bookgate/translator_abi.h>
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <algorithm>
#include <fstream>
#include <iterator>

#include "translate/lookup_check.hpp"

namespace bookgate::translate {
namespace {

/// One more than the rounds that any operation may make.
constexpr unsigned kMaxSteps = kMaxOperationRounds + 1;

std::string TextOf(json::Value value) {
  if (!value.exists()) return {};
  rapidjson::StringBuffer buffer;
  rapidjson::Writer<rapidjson::StringBuffer> writer(buffer);
  value.raw()->Accept(writer);
  return {buffer.GetString(), buffer.GetSize()};
}

std::uint32_t OutcomeOf(const std::string& name) {
  if (name == "denied") return BKG_LOOKUP_DENIED;
  return name == "failed" ? BKG_LOOKUP_FAILED : BKG_LOOKUP_ANSWERED;
}

/// Adds a reply for each look-up; false if the folder lacks one.
bool Answer(const NeedLookups& need, const std::string& folder, std::vector<LookupReply>& replies) {
  for (const Lookup& lookup : need.lookups) {
    std::optional<LookupReply> reply = ReadCannedReply(folder, lookup.id);
    if (!reply) return false;
    replies.push_back(*std::move(reply));
  }
  return true;
}

}  // namespace

std::optional<LookupReply> ReadCannedReply(const std::string& folder, const std::string& id) {
  // A look-up's id names a file here, so it must not lead anywhere else.
  if (folder.empty() || id.find('/') != std::string::npos) return std::nullopt;
  std::ifstream file(folder + "/" + id + ".json", std::ios::binary);
  if (!file) return std::nullopt;
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  const std::optional<json::Document> document = json::Document::Parse(text);
  if (!document || !document->root().is_object()) return std::nullopt;
  const json::Value root = document->root();
  LookupReply reply;
  reply.id = id;
  reply.outcome = OutcomeOf(root["outcome"].Text().value_or("answered"));
  if (reply.outcome != BKG_LOOKUP_ANSWERED) return reply;
  reply.http_status = static_cast<std::uint32_t>(root["status"].Integer().value_or(200));
  reply.content_type = root["content_type"].Text().value_or("application/json");
  reply.body = TextOf(root["body"]);
  return reply;
}

StepOutcome StepWithCannedReplies(Runner& runner, StepInput input, const std::string& folder) {
  std::vector<LookupReply> replies;
  input.replies = &replies;
  for (unsigned step = 1;; ++step) {
    StepOutcome outcome = runner.Step(input);
    const NeedLookups* need = std::get_if<NeedLookups>(&outcome.result);
    if (need == nullptr || step == kMaxSteps || !Answer(*need, folder, replies)) return outcome;
    ++input.lookup_rounds;
  }
}

}  // namespace bookgate::translate
