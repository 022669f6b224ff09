/// \file signature_reader.hpp
/// Reads the vocabulary of signature schemes.
#pragma once

#include <bookgate/json.hpp>

#include "model/signature_scheme.hpp"

namespace bookgate::translate {

/// `signature` must be valid against the `signature` member of schemas/translator-manifest.json.
model::SignatureScheme ReadSignature(json::Value signature);

}  // namespace bookgate::translate
