/// \file subscriptions.hpp
/// Webhooks of the API key's user at Cal.com: made, looked at, removed (Cal.com, "Webhooks" of the
/// API v2). Those of teams, event types and OAuth clients are others, which it does not touch.
#pragma once

#include <bookgate/translator.hpp>

namespace bookgate::calcom {

/// Leaves one webhook of that URL, with a fresh signing key. Cal.com takes a URL once per user, but
/// a webhook's key can be changed, so one that is there is kept and nothing is missed meanwhile.
Decision RegisterWebhook(const StepInput& input);

Decision UnregisterWebhook(const StepInput& input);

Decision WebhookStatus(const StepInput& input);

}  // namespace bookgate::calcom
