/// \file manifest.hpp
/// What a translator says of itself (schemas/translator-manifest.json), as typed values.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "model/delivery.hpp"
#include "model/signature_scheme.hpp"
#include "translate/recognition.hpp"

namespace bookgate::translate {

inline constexpr std::size_t kMaxManifestBytes = 65'536;

/// What a rejected webhook is answered with.
enum class OnReject : std::uint8_t {
  kHold,    ///< 202, kept as a dead letter: the provider would only retry, then switch off.
  kRefuse,  ///< 422: a person reads the answer.
};

/// How a credential is shown to the provider's API, in the header Authorization.
enum class Attach : std::uint8_t {
  kBearer,
  kBasic,          ///< It is user:password.
  kBasicOrBearer,  ///< kBasic if there is a colon in it.
};

struct Manifest {
  std::string provider;
  std::string name;
  std::string version;
  std::string license;
  std::string contact;
  std::vector<std::string> operations;
  OnReject on_reject = OnReject::kHold;
  RecognitionRules recognise;
  /// As it is checked; once the plugin is loaded, never SignatureKind::kOperator.
  model::SignatureScheme signature;
  std::vector<std::string> headers;  ///< What step() asks to see; the runner withholds credentials.
  std::vector<std::string> query;
  std::string config_schema;               ///< A JSON Schema, as JSON text.
  std::vector<std::string> lookup_hosts;   ///< Asked for, not yet granted.
  std::string lookup_name;                 ///< Whose API it is, for people: "Square".
  std::string lookup_credential;           ///< The slot of the token; empty: look-ups go without.
  std::vector<std::string> lookup_scopes;  ///< What the token must be allowed, for people.
  Attach lookup_attach = Attach::kBearer;
  std::vector<model::Field> lookup_headers;  ///< That every look-up bears.
  bool lookups_optional = false;             ///< translate makes none: a grant may be missing.
  std::vector<std::string> lookup_searches;  ///< Paths to which POST only reads.
  unsigned lookup_rounds = 2;

  bool Offers(std::string_view operation) const;
};

/// Why a manifest is no good.
struct ManifestProblem {
  std::string code;     ///< "manifest_too_large", "manifest_not_json" or "manifest_invalid".
  std::string message;  ///< Names the place in the manifest.
};

using ManifestResult = std::variant<Manifest, ManifestProblem>;

/// Checks the manifest against its schema and what a schema cannot say, and reads it.
ManifestResult ReadManifest(std::string_view text);

}  // namespace bookgate::translate
