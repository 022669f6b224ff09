/// \file schemes.hpp
/// The signature schemes of the providers that the tests sign for. Written down once more: a test
/// compares them with the plugins' manifests, so that no change there goes unnoticed.
#pragma once

#include "model/signature_scheme.hpp"

namespace bookgate::tests {

inline model::SignatureScheme BodyScheme(const std::string& header,
                                         model::SignatureEncoding encoding) {
  model::SignatureScheme scheme;
  scheme.kind = model::SignatureKind::kHmac;
  scheme.header = header;
  scheme.encoding = encoding;
  scheme.signed_parts = {{model::SignedPart::Kind::kBody, {}}};
  return scheme;
}

inline model::SignatureScheme Calcom() {
  model::SignatureScheme scheme = BodyScheme("x-cal-signature-256", model::SignatureEncoding::kHex);
  scheme.prefix = "sha256=";
  scheme.unsigned_values = {"no-secret-provided"};
  return scheme;
}

inline model::SignatureScheme Acuity() {
  return BodyScheme("x-acuity-signature", model::SignatureEncoding::kBase64);
}

inline model::SignatureScheme SavvyCal() {
  model::SignatureScheme scheme =
      BodyScheme("x-savvycal-signature", model::SignatureEncoding::kHex);
  scheme.prefix = "sha256=";
  return scheme;
}

inline model::SignatureScheme Square() {
  model::SignatureScheme scheme =
      BodyScheme("x-square-hmacsha256-signature", model::SignatureEncoding::kBase64);
  scheme.signed_parts.insert(scheme.signed_parts.begin(), {model::SignedPart::Kind::kUrl, {}});
  return scheme;
}

inline model::SignatureScheme Calendly() {
  using Kind = model::SignedPart::Kind;
  model::SignatureScheme scheme =
      BodyScheme("calendly-webhook-signature", model::SignatureEncoding::kHex);
  scheme.layout = model::SignatureLayout::kKeyValue;
  scheme.key = "v1";
  scheme.signed_parts = {{Kind::kTimestamp, {}}, {Kind::kText, "."}, {Kind::kBody, {}}};
  scheme.timestamp = model::SignatureTimestamp{"t", {}, false, 300};
  return scheme;
}

inline model::SignatureScheme StandardWebhooks() {
  using Kind = model::SignedPart::Kind;
  model::SignatureScheme scheme =
      BodyScheme("webhook-signature", model::SignatureEncoding::kBase64);
  scheme.layout = model::SignatureLayout::kVersionedList;
  scheme.key = "v1";
  scheme.signed_parts = {{Kind::kId, {}},
                         {Kind::kText, "."},
                         {Kind::kTimestamp, {}},
                         {Kind::kText, "."},
                         {Kind::kBody, {}}};
  scheme.timestamp = model::SignatureTimestamp{{}, "webhook-timestamp", false, 300};
  scheme.id_header = "webhook-id";
  scheme.secret_is_base64 = true;
  scheme.secret_prefix = "whsec_";
  return scheme;
}

}  // namespace bookgate::tests
