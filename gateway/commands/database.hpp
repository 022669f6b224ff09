/// \file database.hpp
/// What commands that work on the database begin with.
#pragma once

#include <optional>
#include <string>
#include <utility>

#include "commands/session.hpp"
#include "store/audit_queries.hpp"
#include "store/org_queries.hpp"
#include "store/pool.hpp"

namespace bookgate::commands {

/// Loads the configuration and runs `work(settings, pool)`, which gives the exit status.
template <class Work>
int WithDatabase(const Session& session, Work&& work) {
  const std::optional<config::Settings> settings = session.LoadSettings();
  if (!settings) return kWrongUsage;
  store::Pool pool(settings->database);
  return work(*settings, pool);
}

/// The org of that public id. A failure says that there is none, or that the database is away.
inline base::Result<model::Org> RequireOrg(store::Pool& pool, const std::string& public_id) {
  auto found = pool.Run(
      [&](store::Connection& connection) { return store::FindOrg(connection, public_id); });
  if (!found.ok()) return found.failure();
  if (*found) return **found;
  return base::Failure{base::Code::kNotFound, "there is no org \"" + public_id + "\"", {}};
}

/// Who the audit log says it was.
inline store::Actor CommandLine() {
  return {"command line"};
}

/// What the audit log keeps of a command's change; to be written in the change's transaction. The
/// actions are those of the settings page (gateway/admin/web/audit_words.js).
inline store::AuditEntry CommandEntry(std::int64_t org_id, std::string action,
                                      std::string subject = {}, std::string details = {}) {
  return {org_id, CommandLine().name, std::move(action), std::move(subject), std::move(details),
          {}};
}

/// RFC 3339 in UTC; "" for nothing.
std::string TimeText(const std::optional<base::Instant>& instant);

}  // namespace bookgate::commands
