/// \file lookup_check.hpp
/// Whether a translator may ask for the look-ups that it asks for.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "translate/step.hpp"

namespace bookgate::translate {

/// How often an operation other than translate may ask for look-ups, whatever its manifest says: it
/// goes on step by step where translate knows from the start what it lacks.
inline constexpr unsigned kMaxOperationRounds = 8;

/// What a translator may look up.
struct LookupGrant {
  std::vector<std::string> declared_hosts;  ///< By its manifest.
  std::vector<std::string> granted_hosts;   ///< By the operator.
  unsigned max_rounds = 2;                  ///< Of translate.
  std::vector<std::string> searches{};      ///< Paths to which POST only reads.
};

/// The operation must not change anything at the provider: its requests are GET or searches.
bool OnlyReads(std::string_view operation);

/// The request changes nothing, so it may be sent again where no answer came. `searches` are the
/// manifest's.
bool MaySendAgain(const Lookup& lookup, const std::vector<std::string>& searches);

/// nullopt if every look-up is allowed; else Failed with one of: "undeclared_host",
/// "ungranted_host", "lookup_repeated" (an id that was answered before, or stands here twice),
/// "method_not_allowed", "signing_key_not_allowed" (only register_webhook sets one),
/// "too_many_rounds". `replies` are those of the rounds made so far; nullptr: none.
std::optional<Failed> CheckLookups(const LookupGrant& grant, const std::vector<Lookup>& lookups,
                                   const std::vector<LookupReply>* replies, unsigned rounds_made,
                                   std::string_view operation = "translate");

}  // namespace bookgate::translate
