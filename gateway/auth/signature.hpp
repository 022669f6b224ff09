/// \file signature.hpp
/// Checks the signature of a request against the scheme that its provider's manifest declares.
/// Pure: bytes and a time in, an answer out.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.hpp"
#include "model/delivery.hpp"
#include "model/signature_scheme.hpp"

namespace bookgate::auth {

/// What a signature may be made of.
struct SignedRequest {
  std::span<const model::Field> headers;  ///< Names in lower case.
  std::string_view body;                  ///< As received, before any parsing.
  /// Each notification URL that the provider may have been given for this request.
  std::span<const std::string> urls;
  base::Instant now{};
};

enum class SignatureState : std::uint8_t {
  kAbsent,   ///< Nobody claims to have signed.
  kValid,    ///< Every signature that is there is right.
  kInvalid,  ///< One is not; `reason` says what is wrong with it.
  kExpired,  ///< One is right, but made too long ago, or in the future.
};

struct SignatureCheck {
  SignatureState state = SignatureState::kAbsent;
  /// A stable token for metrics; "" if nothing is wrong.
  std::string_view reason;
};

/// `keys` are as the provider shows them to its users; a signature by any of them is right. Empty
/// ones are passed over, and without a key no signature is right. A signature's header that comes
/// more than once must be right each time. Comparisons take the same time wherever texts differ,
/// and texts of another length are simply not equal.
SignatureCheck CheckSignature(const model::SignatureScheme& scheme,
                              std::span<const std::string_view> keys, const SignedRequest& request);

/// What is wrong with a key for that scheme, as the end of a sentence that begins with "the signing
/// key"; nullopt if nothing is. Quotes nothing of the key.
std::optional<std::string> SigningKeyProblem(const model::SignatureScheme& scheme,
                                             std::string_view key);

}  // namespace bookgate::auth
