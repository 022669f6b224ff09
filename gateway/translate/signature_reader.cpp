#include "translate/signature_reader.hpp"

#include <string>
#include <string_view>

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

}  // namespace bookgate::translate
