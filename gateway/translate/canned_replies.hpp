/// \file canned_replies.hpp
/// Replies to look-ups out of a folder, for trying a plugin without its provider.
#pragma once

#include <optional>
#include <string>

#include "translate/step.hpp"

namespace bookgate::translate {

/// Reads FOLDER/ID.json: {"outcome": "answered|failed|denied", "status": 200, "content_type": "…",
/// "body": any JSON}. nullopt if there is no such file or it is no such document.
std::optional<LookupReply> ReadCannedReply(const std::string& folder, const std::string& id);

/// Steps until the translator decides or asks for what the folder does not hold; an empty `folder`
/// holds nothing. At most 9 steps.
StepOutcome StepWithCannedReplies(Runner& runner, StepInput input, const std::string& folder);

}  // namespace bookgate::translate
