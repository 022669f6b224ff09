/// \file subscriptions.hpp
/// Dynamic webhooks at Acuity: made, looked at, removed (Acuity, "Dynamic Webhooks"). Static ones,
/// made in the account's settings, are not shown by the API.
#pragma once

#include <bookgate/translator.hpp>

namespace bookgate::acuity {

/// Leaves one webhook of that URL for each event: by default the one of `appointment.changed`,
/// which comes for everything that happens to an appointment, so that the others would double it.
/// Acuity has one webhook an event; their ids together, with commas, are the subscription's.
///
/// Acuity signs with the API key, so there is no key to set: the gateway takes the password of the
/// credential.
Decision RegisterWebhook(const StepInput& input);

Decision UnregisterWebhook(const StepInput& input);

/// Acuity lists webhooks that are active; one that it has given up may be gone from the list.
Decision WebhookStatus(const StepInput& input);

}  // namespace bookgate::acuity
