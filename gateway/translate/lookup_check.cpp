#include "translate/lookup_check.hpp"

#include <algorithm>
#include <cstddef>
#include <string_view>

namespace bookgate::translate {
namespace {

bool Contains(const std::vector<std::string>& hosts, const std::string& host) {
  return std::find(hosts.begin(), hosts.end(), host) != hosts.end();
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

}  // namespace

std::optional<Failed> CheckLookups(const LookupGrant& grant, const std::vector<Lookup>& lookups,
                                   const std::vector<LookupReply>* replies, unsigned rounds_made) {
  // Replies prove that at least one round was made, whatever the caller counted.
  if (replies != nullptr && !replies->empty()) rounds_made = std::max(rounds_made, 1u);
  if (rounds_made >= grant.max_rounds) {
    return Failed{"too_many_rounds", "It asks for look-ups once more after " +
                                         std::to_string(rounds_made) + " rounds; its limit is " +
                                         std::to_string(grant.max_rounds) + "."};
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
  }
  return std::nullopt;
}

}  // namespace bookgate::translate
