/// \file signature_reader.hpp
/// Reads the vocabulary of signature schemes, from manifests and from the operator.
#pragma once

#include <bookgate/json.hpp>

#include <string>
#include <string_view>
#include <variant>

#include "model/signature_scheme.hpp"

namespace bookgate::translate {

/// `signature` must be valid against the `signature` member of schemas/translator-manifest.json.
model::SignatureScheme ReadSignature(json::Value signature);

/// What a scheme lacks although the schema lets it pass: a JSON pointer into it, a colon, a
/// sentence;
/// "" if nothing.
std::string SchemeProblem(const model::SignatureScheme& scheme);

/// Or what is wrong with it, as the end of a sentence that begins with the table's name.
using OperatorScheme = std::variant<model::SignatureScheme, std::string>;

/// The scheme that an operator wrote, as JSON text; "" means none, and then the senders sign as
/// Standard Webhooks says, because that is what needs no agreement between two who never met.
OperatorScheme ReadOperatorScheme(std::string_view json);

}  // namespace bookgate::translate
