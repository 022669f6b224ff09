/// \file subscriptions.hpp
/// Webhook subscriptions of the Square application: made, looked at, removed (Square, "Webhook
/// Subscriptions API"). They belong to the application and not to a seller, so they take its own
/// access token and none from OAuth.
#pragma once

#include <bookgate/translator.hpp>

namespace bookgate::square {

/// Leaves one subscription of that URL, with a fresh signature key, which Square makes: one that is
/// there is kept and gets a new key, so that nothing is missed meanwhile.
Decision RegisterWebhook(const StepInput& input);

Decision UnregisterWebhook(const StepInput& input);

Decision WebhookStatus(const StepInput& input);

}  // namespace bookgate::square
