#include "auth/signature.hpp"

#include <sodium.h>
#include <bookgate/text.hpp>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdlib>

#include "auth/protected_text.hpp"

namespace bookgate::auth {
namespace {

using model::SignatureEncoding;
using model::SignatureKind;
using model::SignatureLayout;
using model::SignatureScheme;
using model::SignedPart;
using Mac = std::array<unsigned char, crypto_auth_hmacsha256_BYTES>;

constexpr SignatureCheck kValid{SignatureState::kValid, {}};

SignatureCheck Invalid(std::string_view reason) {
  return {SignatureState::kInvalid, reason};
}

/// What one line of the signature's header claims.
struct SignatureLine {
  std::vector<std::string_view> signatures;  ///< As encoded; one right one is enough.
  std::vector<std::string_view> timestamps;  ///< Of a key-value header.
};

/// The pieces of a signed text that come out of headers.
struct SignedTexts {
  std::string_view timestamp;
  std::string_view id;
};

const unsigned char* Bytes(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

/// Calls `use` with each piece of the text between separators.
template <class Use>
void ForEachPart(std::string_view text, char separator, Use&& use) {
  while (!text.empty()) {
    const std::string_view part = text.substr(0, text.find(separator));
    text.remove_prefix(std::min(part.size() + 1, text.size()));
    use(part);
  }
}

std::string_view WithoutPrefix(std::string_view text, std::string_view prefix) {
  if (text.starts_with(prefix)) text.remove_prefix(prefix.size());
  return text;
}

SignatureLine ReadKeyValue(const SignatureScheme& scheme, std::string_view value) {
  SignatureLine line;
  ForEachPart(value, ',', [&](std::string_view part) {
    part = Trim(part);
    const std::size_t equals = part.find('=');
    if (equals == std::string_view::npos) return;
    const std::string_view key = part.substr(0, equals);
    if (key == scheme.key) line.signatures.push_back(part.substr(equals + 1));
    if (scheme.timestamp && !key.empty() && key == scheme.timestamp->key) {
      line.timestamps.push_back(part.substr(equals + 1));
    }
  });
  return line;
}

SignatureLine ReadVersionedList(const SignatureScheme& scheme, std::string_view value) {
  SignatureLine line;
  ForEachPart(value, ' ', [&](std::string_view part) {
    const std::size_t comma = part.find(',');
    if (comma == std::string_view::npos || part.substr(0, comma) != scheme.key) return;
    line.signatures.push_back(part.substr(comma + 1));
  });
  return line;
}

SignatureLine ReadLine(const SignatureScheme& scheme, std::string_view value) {
  switch (scheme.layout) {
    case SignatureLayout::kKeyValue:
      return ReadKeyValue(scheme, value);
    case SignatureLayout::kVersionedList:
      return ReadVersionedList(scheme, value);
    case SignatureLayout::kPlain:
      break;
  }
  return {{WithoutPrefix(value, scheme.prefix)}, {}};
}

/// The value of a header that must come once: of two, nobody could say which one was signed.
std::optional<std::string_view> OnlyHeader(const SignedRequest& request, std::string_view name) {
  std::optional<std::string_view> value;
  for (const model::Field& header : request.headers) {
    if (header.name != name) continue;
    if (value) return std::nullopt;
    value = header.value;
  }
  if (value && value->empty()) return std::nullopt;
  return value;
}

/// Of a header that the scheme names, beside one of its signatures: Standard Webhooks' own headers
/// belong together, and so do those of Svix.
std::optional<std::string_view> HeaderBeside(const SignatureScheme& scheme,
                                             const SignedRequest& request,
                                             std::string_view signature_header,
                                             std::string_view name) {
  const std::string svix = signature_header == scheme.header ? "" : model::SvixName(name);
  return OnlyHeader(request, svix.empty() ? name : svix);
}

/// Encoded as the sender writes it. Texts are compared, not bytes, so that a signature can be
/// written in one way only; hex digits may be of either case.
std::string Encode(SignatureEncoding encoding, const Mac& mac) {
  constexpr std::size_t kHexSize = 2 * sizeof(Mac) + 1;
  constexpr std::size_t kBase64Size =
      sodium_base64_ENCODED_LEN(sizeof(Mac), sodium_base64_VARIANT_ORIGINAL);
  std::array<char, std::max(kHexSize, kBase64Size)> text;
  if (encoding == SignatureEncoding::kHex) {
    return sodium_bin2hex(text.data(), text.size(), mac.data(), mac.size());
  }
  return sodium_bin2base64(text.data(), text.size(), mac.data(), mac.size(),
                           sodium_base64_VARIANT_ORIGINAL);
}

bool SameText(std::string_view a, std::string_view b) {
  return a.size() == b.size() && sodium_memcmp(a.data(), b.data(), a.size()) == 0;
}

bool IsBase64(std::string_view text) {
  // libsodium's decoder (1.0.18) takes some bytes above 127 for letters.
  constexpr std::string_view kAllowed =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=";
  return text.find_first_not_of(kAllowed) == std::string_view::npos;
}

/// The bytes of a signing key; empty if it is none.
ProtectedText KeyBytes(const SignatureScheme& scheme, std::string_view key) {
  if (!scheme.secret_is_base64) return ProtectedText(key);
  key = WithoutPrefix(key, scheme.secret_prefix);
  if (!IsBase64(key)) return {};
  ProtectedText decoded(key.size());
  std::size_t size = 0;
  const char* end = nullptr;
  const int failed = sodium_base642bin(reinterpret_cast<unsigned char*>(decoded.data()),
                                       decoded.size(), key.data(), key.size(), nullptr, &size, &end,
                                       sodium_base64_VARIANT_ORIGINAL);
  if (failed != 0 || end != key.data() + key.size()) return {};
  return ProtectedText(decoded.view().substr(0, size));
}

std::string_view PartText(const SignedPart& part, const SignedRequest& request,
                          const SignedTexts& texts, std::string_view url) {
  switch (part.kind) {
    case SignedPart::Kind::kText:
      return part.text;
    case SignedPart::Kind::kTimestamp:
      return texts.timestamp;
    case SignedPart::Kind::kId:
      return texts.id;
    case SignedPart::Kind::kUrl:
      return url;
    case SignedPart::Kind::kBody:
      break;
  }
  return request.body;
}

Mac Sign(const SignatureScheme& scheme, std::string_view key, const SignedRequest& request,
         const SignedTexts& texts, std::string_view url) {
  crypto_auth_hmacsha256_state state;
  crypto_auth_hmacsha256_init(&state, Bytes(key), key.size());
  for (const SignedPart& part : scheme.signed_parts) {
    const std::string_view text = PartText(part, request, texts, url);
    crypto_auth_hmacsha256_update(&state, Bytes(text), text.size());
  }
  Mac mac;
  crypto_auth_hmacsha256_final(&state, mac.data());
  sodium_memzero(&state, sizeof state);
  return mac;
}

bool SignsUrl(const SignatureScheme& scheme) {
  return std::any_of(scheme.signed_parts.begin(), scheme.signed_parts.end(),
                     [](const SignedPart& part) { return part.kind == SignedPart::Kind::kUrl; });
}

bool AnyEquals(const std::vector<std::string>& claimed, const std::string& signature) {
  return std::any_of(claimed.begin(), claimed.end(),
                     [&](const std::string& one) { return SameText(one, signature); });
}

/// One of the keys makes one of the signatures, over one of the URLs where URLs are signed.
SignatureCheck CompareMacs(const SignatureScheme& scheme, std::span<const std::string_view> keys,
                           const SignedRequest& request, const SignatureLine& line,
                           const SignedTexts& texts) {
  const bool hex = scheme.encoding == SignatureEncoding::kHex;
  std::vector<std::string> claimed;
  for (const std::string_view signature : line.signatures) {
    claimed.push_back(hex ? ToLowerAscii(signature) : std::string(signature));
  }
  const std::string no_url;
  const std::span<const std::string> urls =
      SignsUrl(scheme) ? request.urls : std::span<const std::string>(&no_url, 1);
  bool has_key = false;
  for (const std::string_view key : keys) {
    const ProtectedText bytes = KeyBytes(scheme, key);
    if (bytes.empty()) continue;
    has_key = true;
    for (const std::string& url : urls) {
      const Mac mac = Sign(scheme, bytes.view(), request, texts, url);
      if (AnyEquals(claimed, Encode(scheme.encoding, mac))) return kValid;
    }
  }
  if (!has_key) return Invalid("signing_key_unusable");
  return Invalid(claimed.empty() ? "signature_malformed" : "signature_mismatch");
}

/// Whether the time of signing is near enough to now. Whole units, as senders count them.
bool IsCurrent(const model::SignatureTimestamp& scheme, std::string_view text, base::Instant now) {
  constexpr std::size_t kMostDigits = 15;
  std::int64_t signed_at = 0;
  const char* const end = text.data() + text.size();
  const auto [rest, error] = std::from_chars(text.data(), end, signed_at);
  if (error != std::errc() || rest != end || text.size() > kMostDigits || signed_at < 0) {
    return false;
  }
  const std::int64_t per_second = scheme.milliseconds ? 1000 : 1;
  const std::int64_t now_ms = base::UnixMilliseconds(now);
  const std::int64_t age = (scheme.milliseconds ? now_ms : now_ms / 1000) - signed_at;
  return std::abs(age) <= scheme.tolerance_s * per_second;
}

SignatureCheck CheckHmac(const SignatureScheme& scheme, std::span<const std::string_view> keys,
                         const SignedRequest& request, const model::Field& header) {
  const SignatureLine line = ReadLine(scheme, Trim(header.value));
  SignedTexts texts;
  if (scheme.timestamp) {
    const bool in_line = scheme.timestamp->header.empty();
    std::optional<std::string_view> timestamp;
    if (!in_line) {
      timestamp = HeaderBeside(scheme, request, header.name, scheme.timestamp->header);
    } else if (line.timestamps.size() == 1) {
      timestamp = line.timestamps.front();
    }
    if (!timestamp) return Invalid("signature_without_timestamp");
    texts.timestamp = *timestamp;
  }
  if (!scheme.id_header.empty()) {
    const auto id = HeaderBeside(scheme, request, header.name, scheme.id_header);
    if (!id) return Invalid("signature_without_id");
    texts.id = *id;
  }
  const SignatureCheck check = CompareMacs(scheme, keys, request, line, texts);
  // Last, so that "expired" is said of genuine signatures only.
  if (check.state == SignatureState::kValid && scheme.timestamp &&
      !IsCurrent(*scheme.timestamp, texts.timestamp, request.now)) {
    return {SignatureState::kExpired, "signature_expired"};
  }
  return check;
}

SignatureCheck CheckToken(const SignatureScheme& scheme, std::span<const std::string_view> keys,
                          const model::Field& header) {
  const std::string_view token = Trim(header.value);
  bool has_key = false;
  for (const std::string_view key : keys) {
    if (key.empty()) continue;
    has_key = true;
    if (SameText(token, key) || SameText(WithoutPrefix(token, scheme.prefix), key)) return kValid;
  }
  return Invalid(has_key ? "signature_mismatch" : "signing_key_unusable");
}

/// Cal.com, for one, sends the header with "no-secret-provided" in it where no secret was set.
bool SaysUnsigned(const SignatureScheme& scheme, std::string_view value) {
  return std::find(scheme.unsigned_values.begin(), scheme.unsigned_values.end(), Trim(value)) !=
         scheme.unsigned_values.end();
}

}  // namespace

SignatureCheck CheckSignature(const SignatureScheme& scheme, std::span<const std::string_view> keys,
                              const SignedRequest& request) {
  if (scheme.kind != SignatureKind::kHmac && scheme.kind != SignatureKind::kToken) return {};
  SignatureCheck result;
  for (const model::Field& header : request.headers) {
    if (!IsSignatureHeader(scheme, header.name) || SaysUnsigned(scheme, header.value)) continue;
    result = scheme.kind == SignatureKind::kHmac ? CheckHmac(scheme, keys, request, header)
                                                 : CheckToken(scheme, keys, header);
    if (result.state != SignatureState::kValid) return result;
  }
  return result;
}

std::optional<std::string> SigningKeyProblem(const SignatureScheme& scheme, std::string_view key) {
  if (scheme.kind != SignatureKind::kHmac && scheme.kind != SignatureKind::kToken) {
    return "is of no use: this provider does not sign its webhooks";
  }
  if (key.empty()) return "is empty";
  if (scheme.kind == SignatureKind::kHmac && KeyBytes(scheme, key).empty()) {
    const std::string prefix = scheme.secret_prefix.empty()
                                   ? ""
                                   : ", with or without " + scheme.secret_prefix + " before it";
    return "must be base64, with its padding" + prefix;
  }
  return std::nullopt;
}

}  // namespace bookgate::auth
