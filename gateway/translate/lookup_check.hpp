/// \file lookup_check.hpp
/// Whether a translator may ask for the look-ups that it asks for.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "translate/step.hpp"

namespace bookgate::translate {

/// What a translator may look up.
struct LookupGrant {
  std::vector<std::string> declared_hosts;  ///< By its manifest.
  std::vector<std::string> granted_hosts;   ///< By the operator.
  unsigned max_rounds = 2;
};

/// nullopt if every look-up is allowed; else Failed with one of: "undeclared_host",
/// "ungranted_host", "lookup_repeated" (an id that was answered before, or stands here twice),
/// "too_many_rounds". `replies` are those of the rounds made so far; nullptr: none.
std::optional<Failed> CheckLookups(const LookupGrant& grant, const std::vector<Lookup>& lookups,
                                   const std::vector<LookupReply>* replies, unsigned rounds_made);

}  // namespace bookgate::translate
