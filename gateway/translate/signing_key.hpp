/// \file signing_key.hpp
/// Signing keys of webhook subscriptions: one that the gateway makes and puts into a request, which
/// the translator never sees, or one that the provider makes and answers with.
///
/// Whoever drives register_webhook makes a key, sends BodyWithSigningKey() wherever a request wants
/// one, and once the operation is done seals that key, or SigningKeyIn() the replies where
/// Done::signing_key_at says so. Replies and bodies with a key in them are never stored or logged.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "translate/step.hpp"

namespace bookgate::translate {

/// The request's body asks for a fresh signing key.
bool WantsSigningKey(const Lookup& lookup);

/// The body to send: with `key` in every place that asks for one. One operation has one key.
std::string BodyWithSigningKey(const Lookup& lookup, std::string_view key);

/// The key out of the reply that `at` names; nullopt if there is no text. Not for a key that is the
/// credential's password (at.lookup is "").
std::optional<std::string> SigningKeyIn(const SigningKeyAt& at,
                                        const std::vector<LookupReply>& replies);

}  // namespace bookgate::translate
