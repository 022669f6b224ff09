#include "translate/signing_key.hpp"

#include <rapidjson/document.h>
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>
#include <bookgate/json.hpp>
#include <bookgate/translator.hpp>

#include <algorithm>

namespace bookgate::translate {
namespace {

bool IsPlace(const rapidjson::Value& value) {
  return value.IsString() &&
         std::string_view(value.GetString(), value.GetStringLength()) == kSigningKeyPlaceholder;
}

/// Calls `use` with every value that asks for a key.
template <class Use>
void EachPlace(rapidjson::Value& value, const Use& use) {
  if (IsPlace(value)) return use(value);
  if (value.IsObject()) {
    for (auto& member : value.GetObject()) EachPlace(member.value, use);
  } else if (value.IsArray()) {
    for (rapidjson::Value& element : value.GetArray()) EachPlace(element, use);
  }
}

}  // namespace

bool WantsSigningKey(const Lookup& lookup) {
  if (lookup.body.find(kSigningKeyPlaceholder) == std::string::npos) return false;
  rapidjson::Document body;
  body.Parse(lookup.body.data(), lookup.body.size());
  bool wants = false;
  if (!body.HasParseError()) EachPlace(body, [&](rapidjson::Value&) { wants = true; });
  return wants;
}

std::string BodyWithSigningKey(const Lookup& lookup, std::string_view key) {
  if (!WantsSigningKey(lookup)) return lookup.body;
  rapidjson::Document body;
  body.Parse(lookup.body.data(), lookup.body.size());
  EachPlace(body, [&](rapidjson::Value& place) {
    place.SetString(key.data(), static_cast<rapidjson::SizeType>(key.size()), body.GetAllocator());
  });
  rapidjson::StringBuffer buffer;
  rapidjson::Writer<rapidjson::StringBuffer> writer(buffer);
  body.Accept(writer);
  return {buffer.GetString(), buffer.GetSize()};
}

std::optional<std::string> SigningKeyIn(const SigningKeyAt& at,
                                        const std::vector<LookupReply>& replies) {
  const auto reply =
      std::find_if(replies.begin(), replies.end(),
                   [&](const LookupReply& candidate) { return candidate.id == at.lookup; });
  if (at.lookup.empty() || reply == replies.end()) return std::nullopt;
  const std::optional<json::Document> document = json::Document::Parse(reply->body);
  return document ? document->root().At(at.pointer).Text() : std::nullopt;
}

}  // namespace bookgate::translate
