/// \file public_url.hpp
/// URLs as people outside see them.
#pragma once

#include <string>

#include "config/settings.hpp"

namespace bookgate::config {

/// server.public_url, or made of server.listen where there is none.
inline std::string PublicUrl(const ServerSettings& server) {
  if (!server.public_url.empty()) return server.public_url;
  const bool v6 = server.listen.host.find(':') != std::string::npos;
  const std::string host = v6 ? "[" + server.listen.host + "]" : server.listen.host;
  return (server.tls ? "https://" : "http://") + host + ":" + std::to_string(server.listen.port);
}

inline std::string WebhookUrl(const ServerSettings& server, const std::string& org) {
  return PublicUrl(server) + "/api/webhooks/appointment/" + org;
}

}  // namespace bookgate::config
