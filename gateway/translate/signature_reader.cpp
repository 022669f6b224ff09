#include "translate/signature_reader.hpp"

#include <bookgate/schema.hpp>

#include <rapidjson/document.h>

#include <algorithm>

#include "manifest_schema.hpp"

namespace bookgate::translate {
namespace {

using model::SignatureEncoding;
using model::SignatureKind;
using model::SignatureLayout;
using model::SignedPart;

std::string Text(json::Value value) {
  return std::string(value.RawString().value_or(""));
}

SignatureKind KindOf(std::string_view name) {
  if (name == "hmac") return SignatureKind::kHmac;
  if (name == "token") return SignatureKind::kToken;
  return name == "operator" ? SignatureKind::kOperator : SignatureKind::kNone;
}

SignatureLayout LayoutOf(std::string_view name) {
  if (name == "key-value") return SignatureLayout::kKeyValue;
  return name == "versioned-list" ? SignatureLayout::kVersionedList : SignatureLayout::kPlain;
}

SignedPart PartOf(json::Value part) {
  const std::string name = Text(part["part"]);
  if (name == "timestamp") return {SignedPart::Kind::kTimestamp, {}};
  if (name == "id") return {SignedPart::Kind::kId, {}};
  if (name == "url") return {SignedPart::Kind::kUrl, {}};
  if (name == "body") return {SignedPart::Kind::kBody, {}};
  return {SignedPart::Kind::kText, Text(part["text"])};
}

std::optional<model::SignatureTimestamp> TimestampOf(json::Value timestamp) {
  if (!timestamp.exists()) return std::nullopt;
  return model::SignatureTimestamp{Text(timestamp["key"]), Text(timestamp["header"]),
                                   Text(timestamp["unit"]) == "ms",
                                   timestamp["tolerance_s"].Integer().value_or(300)};
}

bool Signs(const model::SignatureScheme& scheme, SignedPart::Kind kind) {
  return std::any_of(scheme.signed_parts.begin(), scheme.signed_parts.end(),
                     [&](const SignedPart& part) { return part.kind == kind; });
}

// github.com/standard-webhooks/standard-webhooks, spec/standard-webhooks.md
constexpr std::string_view kStandardWebhooks = R"({
  "kind": "hmac", "hash": "sha256", "header": "webhook-signature", "layout": "versioned-list",
  "key": "v1", "encoding": "base64",
  "signed": [{"part": "id"}, {"text": "."}, {"part": "timestamp"}, {"text": "."}, {"part": "body"}],
  "id": {"header": "webhook-id"},
  "timestamp": {"header": "webhook-timestamp", "unit": "s", "tolerance_s": 300},
  "secret": {"encoding": "base64", "prefix": "whsec_"}
})";

/// The manifest's schema of the member `signature`, as a schema of its own.
json::Schema SignatureSchema() {
  rapidjson::Document manifest;
  manifest.Parse(kManifestSchema.data(), kManifestSchema.size());
  rapidjson::Value& schema = manifest["properties"]["signature"];
  schema.AddMember("definitions", manifest["definitions"], manifest.GetAllocator());
  return json::Schema(json::Value(&schema));
}

}  // namespace

model::SignatureScheme ReadSignature(json::Value signature) {
  model::SignatureScheme scheme;
  scheme.kind = KindOf(Text(signature["kind"]));
  scheme.header = Text(signature["header"]);
  scheme.layout = LayoutOf(Text(signature["layout"]));
  scheme.prefix = Text(signature["prefix"]);
  scheme.key = Text(signature["key"]);
  scheme.encoding = Text(signature["encoding"]) == "base64" ? SignatureEncoding::kBase64
                                                            : SignatureEncoding::kHex;
  for (std::size_t i = 0; i < signature["signed"].size(); ++i) {
    scheme.signed_parts.push_back(PartOf(signature["signed"][i]));
  }
  scheme.timestamp = TimestampOf(signature["timestamp"]);
  scheme.id_header = Text(signature["id"]["header"]);
  scheme.secret_is_base64 = Text(signature["secret"]["encoding"]) == "base64";
  scheme.secret_prefix = Text(signature["secret"]["prefix"]);
  for (std::size_t i = 0; i < signature["unsigned_values"].size(); ++i) {
    scheme.unsigned_values.push_back(Text(signature["unsigned_values"][i]));
  }
  return scheme;
}

std::string SchemeProblem(const model::SignatureScheme& scheme) {
  // Every Authorization is taken for the org's own secret.
  if (scheme.header == "authorization") return "/header: is where the org's secret stands";
  if (scheme.kind != SignatureKind::kHmac) return {};
  if (scheme.layout != SignatureLayout::kPlain && scheme.key.empty()) {
    return ": lacks \"key\", which this layout needs";
  }
  if (Signs(scheme, SignedPart::Kind::kTimestamp) && !scheme.timestamp) {
    return ": signs a timestamp but does not say where it is";
  }
  if (scheme.timestamp && !scheme.timestamp->key.empty() &&
      scheme.layout != SignatureLayout::kKeyValue) {
    return "/timestamp/key: only the layout key-value has keys";
  }
  // Whoever repeats a request could write the time of today into it.
  if (scheme.timestamp && !Signs(scheme, SignedPart::Kind::kTimestamp)) {
    return "/timestamp: is not among what is signed";
  }
  if (Signs(scheme, SignedPart::Kind::kId) && scheme.id_header.empty()) {
    return ": signs an id but does not say where it is";
  }
  // A signature that leaves the body out proves nothing about it.
  if (!Signs(scheme, SignedPart::Kind::kBody)) return "/signed: lacks the body";
  return {};
}

OperatorScheme ReadOperatorScheme(std::string_view json) {
  const auto document = json::Document::Parse(json.empty() ? kStandardWebhooks : json);
  if (!document) return " is not a table that JSON can express";
  if (const auto problem = SignatureSchema().Check(document->root())) {
    return ", " + problem->ToString();
  }
  model::SignatureScheme scheme = ReadSignature(document->root());
  if (scheme.kind == SignatureKind::kOperator)
    return ", /kind: must be \"hmac\", \"token\" or \"none\"";
  const std::string problem = SchemeProblem(scheme);
  if (problem.empty()) return scheme;
  return (problem.front() == '/' ? ", " : "") + problem;
}

}  // namespace bookgate::translate
