/// \file translation.hpp
/// What a delivery means: the plugin's decision, checked, and what follows from it.
#pragma once

#include <chrono>
#include <optional>
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
  std::string plugin_failure;  ///< The token of what the plugin did wrong; "" if nothing.
  /// What the plugin wants to know before it decides; empty: it has decided.
  std::vector<translate::Lookup> lookups;
  /// It is to be completed by look-ups, from then on; nullopt: it is final.
  std::optional<std::chrono::milliseconds> next_attempt_in;
  std::vector<std::string> notes;  ///< For the log.
};

/// What providers' APIs have told about a delivery so far.
struct Answers {
  std::vector<translate::LookupReply> replies;  ///< Of all rounds, in the order asked.
  unsigned rounds = 0;
};

/// Runs one step of the plugin on the delivery and draws the conclusions. Pure but for the plugin's
/// own runner. Where the plugin wants look-ups first, the translation is what can be stored until
/// they are made: kStored with what the webhook alone says, or kHeld.
Translation Translate(const translate::Plugin& plugin, const model::Delivery& delivery,
                      const Answers& answers = {});

/// The events of one page of list_bookings, as `delivery` shall remember them. Those that cannot be
/// used are left out and stand in `problems`; with none left the translation is kDead.
Translation TranslateListed(const translate::Plugin& plugin, const model::Delivery& delivery,
                            const translate::Bookings& page);

/// Without what a look-up would have to add, nothing of the delivery can be stored. `why` is a
/// sentence for the owner.
Translation WaitForLookups(std::string why, std::chrono::milliseconds next_attempt_in);

/// Several plugins claim the request: refused, naming them all, because order must never decide.
Translation AmbiguousProvider(const std::vector<std::string>& providers);

/// No plugin recognises the request, and `generic` is not enabled.
Translation NobodyUnderstands();

/// The delivery with what is to be stored of it; `done` is not set.
store::WriteJob MakeJob(model::Delivery delivery, Translation translation);

}  // namespace bookgate::intake
