#include "translate/lookup_check.hpp"

#include <algorithm>
#include <cstddef>

#include "translate/signing_key.hpp"

namespace bookgate::translate {
namespace {

bool Contains(const std::vector<std::string>& texts, const std::string& text) {
  return std::find(texts.begin(), texts.end(), text) != texts.end();
}

/// The id of look-up number `index` is taken, by a reply or by a look-up before it.
bool IsTaken(const std::vector<Lookup>& lookups, std::size_t index,
             const std::vector<LookupReply>* replies) {
  const std::string& id = lookups[index].id;
  const auto end = lookups.begin() + static_cast<std::ptrdiff_t>(index);
  const bool twice =
      std::any_of(lookups.begin(), end, [&](const Lookup& before) { return before.id == id; });
  return twice || (replies != nullptr &&
                   std::any_of(replies->begin(), replies->end(),
                               [&](const LookupReply& reply) { return reply.id == id; }));
}

std::optional<Failed> CheckRequest(const LookupGrant& grant, const Lookup& lookup,
                                   std::string_view operation) {
  if (OnlyReads(operation) && !MaySendAgain(lookup, grant.searches)) {
    return Failed{"method_not_allowed", "Look-up " + lookup.id +
                                            " is neither GET nor a search of the manifest, and " +
                                            std::string(operation) + " may only read."};
  }
  if (operation != "register_webhook" && WantsSigningKey(lookup)) {
    return Failed{"signing_key_not_allowed", "Look-up " + lookup.id +
                                                 " wants a signing key, which " +
                                                 std::string(operation) + " does not set."};
  }
  return std::nullopt;
}

}  // namespace

bool OnlyReads(std::string_view operation) {
  return operation == "translate" || operation == "list_bookings" || operation == "webhook_status";
}

bool MaySendAgain(const Lookup& lookup, const std::vector<std::string>& searches) {
  return lookup.method == Method::kGet ||
         (lookup.method == Method::kPost && Contains(searches, lookup.path));
}

std::optional<Failed> CheckLookups(const LookupGrant& grant, const std::vector<Lookup>& lookups,
                                   const std::vector<LookupReply>* replies, unsigned rounds_made,
                                   std::string_view operation) {
  const unsigned max_rounds = operation == "translate" ? grant.max_rounds : kMaxOperationRounds;
  // Replies prove that at least one round was made, whatever the caller counted.
  if (replies != nullptr && !replies->empty()) rounds_made = std::max(rounds_made, 1u);
  if (rounds_made >= max_rounds) {
    return Failed{"too_many_rounds", "It asks for look-ups once more after " +
                                         std::to_string(rounds_made) + " rounds; its limit is " +
                                         std::to_string(max_rounds) + "."};
  }
  for (std::size_t i = 0; i < lookups.size(); ++i) {
    const Lookup& lookup = lookups[i];
    if (!Contains(grant.declared_hosts, lookup.host)) {
      return Failed{"undeclared_host",
                    "Look-up " + lookup.id + " goes to a host that the manifest does not declare."};
    }
    if (!Contains(grant.granted_hosts, lookup.host)) {
      return Failed{"ungranted_host", "Look-up " + lookup.id + " goes to " + lookup.host +
                                          ", which lookup_hosts does not grant."};
    }
    if (IsTaken(lookups, i, replies)) {
      return Failed{"lookup_repeated", "It asks for look-up " + lookup.id + " a second time."};
    }
    if (std::optional<Failed> failed = CheckRequest(grant, lookup, operation)) return failed;
  }
  return std::nullopt;
}

}  // namespace bookgate::translate
