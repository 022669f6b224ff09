/// \file call.hpp
/// One request to the administration's API, once it was let in.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/json_writer.hpp"
#include "base/result.hpp"
#include "http/message.hpp"
#include "http/routes.hpp"
#include "model/org.hpp"
#include "store/audit_queries.hpp"
#include "store/session_queries.hpp"

namespace bookgate::admin {

/// Whom a route lets in.
enum class Access {
  kAnybody,       ///< Without a session: signing in.
  kAdmin,         ///< Whoever is signed in.
  kOrg,           ///< Admins of the org in the path. For all others there is no such org.
  kInstallation,  ///< Admins of the whole installation.
};

struct Call {
  http::Request request;
  http::PathParameters path;
  std::string token;          ///< Of the session; "" without one.
  store::SessionRow session;  ///< Unless the route lets in anybody.
  model::Org org;             ///< Of routes with Access::kOrg.

  store::Actor actor() const { return {session.email, request.remote_address}; }
  bool of_installation() const { return !session.org_id.has_value(); }
  /// An entry of the audit log of `org`, by whom this call is. Names of actions are the contract
  /// with the page: gateway/admin/web/audit_words.js.
  store::AuditEntry Entry(std::string action, std::string subject = {},
                          std::string details = {}) const {
    return {org.id,
            session.email,
            std::move(action),
            std::move(subject),
            std::move(details),
            request.remote_address};
  }
};

/// Runs on a thread of the work pool and may block. A failure becomes an answer.
using CallHandler = std::function<base::Result<http::Answer>(const Call&)>;

struct ApiRoute {
  std::string method;
  std::string pattern;  ///< Below /api/admin/v1.
  Access access = Access::kInstallation;
  CallHandler handler;
  bool waits_for_provider = false;  ///< It may take as long as a provider's API takes to answer.
};

using ApiRoutes = std::vector<ApiRoute>;

inline http::Answer JsonAnswer(const base::JsonWriter& body, int status = 200) {
  http::Answer answer;
  answer.status = status;
  answer.body = body.Text();
  return answer;
}

}  // namespace bookgate::admin
