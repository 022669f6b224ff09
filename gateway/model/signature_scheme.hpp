/// \file signature_scheme.hpp
/// How a provider signs its webhooks, as its manifest (or, for `operator`, the configuration)
/// declares it. Data only: auth/ verifies, so that secrets and comparisons stay in one place.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace bookgate::model {

enum class SignatureKind : std::uint8_t {
  kNone,      ///< Nothing is signed.
  kHmac,      ///< HMAC-SHA256 over `signed_parts`.
  kToken,     ///< A fixed secret in a header.
  kOperator,  ///< The operator's configuration says which of the others.
};

/// Where in `header` the signature stands.
enum class SignatureLayout : std::uint8_t {
  kPlain,          ///< The signature alone.
  kKeyValue,       ///< t=…,v1=…
  kVersionedList,  ///< v1,… v1,…
};

enum class SignatureEncoding : std::uint8_t { kHex, kBase64 };

/// One piece of what is signed.
struct SignedPart {
  enum class Kind : std::uint8_t { kText, kTimestamp, kId, kUrl, kBody };
  Kind kind = Kind::kBody;
  std::string text;  ///< Of kText.

  bool operator==(const SignedPart&) const = default;
};

/// The time of signing: guards against replays.
struct SignatureTimestamp {
  std::string key;     ///< Its key in the signature's own header; empty if `header` says where.
  std::string header;  ///< Its own header; empty if `key` says where.
  bool milliseconds = false;
  std::int64_t tolerance_s = 300;

  bool operator==(const SignatureTimestamp&) const = default;
};

struct SignatureScheme {
  SignatureKind kind = SignatureKind::kNone;
  std::string header;  ///< Lower case.
  SignatureLayout layout = SignatureLayout::kPlain;
  std::string prefix;  ///< In front of the signature or token; both with and without it are right.
  std::string key;     ///< Of the signature in kKeyValue, its version in kVersionedList.
  SignatureEncoding encoding = SignatureEncoding::kHex;
  std::vector<SignedPart> signed_parts;
  std::optional<SignatureTimestamp> timestamp;
  std::string id_header;  ///< Where the id of SignedPart::Kind::kId stands.
  bool secret_is_base64 = false;
  std::string secret_prefix;  ///< Taken off the secret before it is decoded, such as "whsec_".
  std::vector<std::string> unsigned_values;  ///< Values of `header` that mean: not signed at all.

  bool operator==(const SignatureScheme&) const = default;
};

/// The other name of a header of Standard Webhooks: senders on Svix call webhook-id svix-id, and so
/// on, with everything else alike. "" if the header has none.
std::string SvixName(std::string_view header);

/// The scheme's signature may stand in the header of that lower-case name.
bool IsSignatureHeader(const SignatureScheme& scheme, std::string_view name);

}  // namespace bookgate::model
