/// \file audit_queries.hpp
/// The table `audit_log`: who changed what, and when.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "store/connection.hpp"

namespace bookgate::store {

/// The org of what concerns no org, such as an installation's admin who signs in.
inline constexpr std::int64_t kInstallation = 0;

/// Who changes something.
struct Actor {
  std::string name;       ///< An email address, or what else changes things.
  std::string address{};  ///< Of the browser; "" if there is none.
};

struct AuditEntry {
  std::int64_t org_id = kInstallation;
  std::string actor;    ///< An email address, or what else changes things.
  std::string action;   ///< A token such as "webhook_rotated".
  std::string subject;  ///< A delivery id, a provider; "" for none.
  std::string details;  ///< A JSON object; "" for none. Never a secret.
  std::string address;  ///< Of the browser; "" if not known.
};

/// Write it in the transaction of what it tells of.
void AddAuditEntry(Connection& connection, const AuditEntry& entry);

struct AuditLine : AuditEntry {
  std::int64_t id = 0;
  std::optional<base::Instant> at;
};

/// The newest first; with `before`, only those that are older than that entry.
std::vector<AuditLine> ListAuditEntries(Connection& connection, std::int64_t org_id,
                                        std::optional<std::int64_t> before, std::int64_t limit);

/// What was done to one thing, the oldest first.
std::vector<AuditLine> AuditEntriesOf(Connection& connection, std::int64_t org_id,
                                      const std::string& subject);

}  // namespace bookgate::store
