/// \file subscriptions.hpp
/// Webhook subscriptions at Calendly: made, looked at, removed (Calendly, "Webhooks" of the API).
#pragma once

#include <bookgate/translator.hpp>

#include "config.hpp"

namespace bookgate::calendly {

/// Leaves one subscription of that URL, with a fresh signing key: Calendly takes a URL once, tells
/// no key and cannot change one, so what is there is removed first. For the whole organization
/// where the token's owner may see its subscriptions, else for the owner alone.
Decision RegisterWebhook(const StepInput& input, const Config& config);

Decision UnregisterWebhook(const StepInput& input);

/// Calendly switches a subscription off where nothing got through for a day, and never on again.
Decision WebhookStatus(const StepInput& input);

}  // namespace bookgate::calendly
