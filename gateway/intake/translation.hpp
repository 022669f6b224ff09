/// \file translation.hpp
/// What a delivery means: the plugin's decision, checked, and what follows from it.
#pragma once

#include <string>
#include <vector>

#include "intake/choose_plugin.hpp"
#include "model/booking_event.hpp"
#include "model/delivery.hpp"
#include "store/booking_writer.hpp"

namespace bookgate::intake {

/// How a delivery is going to be stored and answered.
struct Translation {
  /// kStored with events. Without: kIgnored; kHeld (waits for look-ups); kDead (kept as a dead
  /// letter, because the provider would only retry); kRefused (the sender is told what is wrong).
  model::Outcome outcome = model::Outcome::kStored;
  std::string reason_token;  ///< For machines: "ping", "lookup_pending", "not_understood", …
  std::string reason;        ///< For the owner, in plain words; "" if all went as it should.
  std::vector<model::BookingEvent> events;
  std::vector<model::Problem> problems;
  std::string plugin_failure;      ///< The token of what the plugin did wrong; "" if nothing.
  std::vector<std::string> notes;  ///< For the log.
};

/// Runs the plugin on the delivery and draws the conclusions. Pure but for the plugin's own runner.
Translation Translate(const translate::Plugin& plugin, const model::Delivery& delivery);

/// Several plugins claim the request: refused, naming them all, because order must never decide.
Translation AmbiguousProvider(const std::vector<std::string>& providers);

/// The delivery with what is to be stored of it; `done` is not set.
store::WriteJob MakeJob(model::Delivery delivery, Translation translation);

}  // namespace bookgate::intake
