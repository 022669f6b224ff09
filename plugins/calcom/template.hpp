/// \file template.hpp
/// Webhooks with a custom payload template: whatever the shop has written there.
#pragma once

#include <bookgate/translator.hpp>

#include "config.hpp"
#include "envelope.hpp"

namespace bookgate::calcom {

/// Translates what a template made as the normalized booking with its aliases. A template that also
/// passes on triggerEvent, uid or rescheduleUid says what happened and to which booking; such names
/// are understood unless it has the normalized ones. `body` is an absent value if the bytes are no
/// JSON, as those of a form template are.
Decision TranslateTemplate(const StepInput& input, const Unwrapped& body, const Config& config);

}  // namespace bookgate::calcom
