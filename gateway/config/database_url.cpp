#include "config/database_url.hpp"

#include <bookgate/text.hpp>

#include <algorithm>
#include <cstddef>
#include <optional>

#include "config/network_address.hpp"
#include "config/table_reader.hpp"

namespace bookgate::config {
namespace {

constexpr std::string_view kScheme = "mysql://";
constexpr std::uint16_t kDefaultPort = 3306;

/// The URL's parts, still encoded.
struct Parts {
  std::string_view user, hosts, database, query;
};

base::Failure WrongForm() {
  return Wrong(
      "must be mysql://USER@HOST:PORT/DATABASE or "
      "mysql://USER@/DATABASE?socket=/PATH/TO/SOCKET");
}

base::Result<Parts> Split(std::string_view text) {
  if (!EqualsIgnoringAsciiCase(text.substr(0, kScheme.size()), kScheme)) {
    return Wrong("must begin with mysql://, for MariaDB as well");
  }
  text.remove_prefix(kScheme.size());
  Parts parts;
  const std::size_t question = std::min(text.find('?'), text.size());
  parts.query = text.substr(question);
  text = text.substr(0, question);
  const std::size_t slash = std::min(text.find('/'), text.size());
  parts.database = text.substr(std::min(slash + 1, text.size()));
  text = text.substr(0, slash);
  // The last @: a password may hold one, and then the complaint should be about the password.
  const std::size_t at = text.rfind('@');
  if (at == std::string_view::npos)
    return Wrong("names no user; must be mysql://USER@HOST/DATABASE");
  parts.user = text.substr(0, at);
  parts.hosts = text.substr(at + 1);
  return parts;
}

bool IsHexPair(std::string_view text) {
  return text.size() == 2 &&
         text.find_first_not_of("0123456789abcdefABCDEF") == std::string_view::npos;
}

/// nullopt if an escape is none, or if the text is empty or has characters that no name has.
std::optional<std::string> Decode(std::string_view text) {
  for (std::size_t at = text.find('%'); at != std::string_view::npos; at = text.find('%', at + 1)) {
    if (!IsHexPair(text.substr(at + 1, 2))) return std::nullopt;
  }
  std::string decoded = PercentDecode(text, false);
  const bool has_controls = std::any_of(decoded.begin(), decoded.end(), [](char c) {
    return static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
  });
  if (decoded.empty() || has_controls || !IsUtf8(decoded)) return std::nullopt;
  return decoded;
}

base::Result<std::vector<DatabaseHost>> SocketOf(std::string_view query) {
  constexpr std::string_view kSocket = "?socket=";
  if (!query.starts_with(kSocket) || query.find('&') != std::string_view::npos) {
    return Wrong("has a query other than ?socket=/PATH/TO/SOCKET, the only one there is");
  }
  std::optional<std::string> path = Decode(query.substr(kSocket.size()));
  if (!path || !path->starts_with('/')) {
    return Wrong("names a socket that is no absolute path; must be ?socket=/PATH/TO/SOCKET");
  }
  return std::vector<DatabaseHost>{{"", kDefaultPort, *std::move(path)}};
}

base::Result<std::vector<DatabaseHost>> HostsOf(std::string_view list) {
  std::vector<DatabaseHost> hosts;
  for (std::size_t begin = 0; begin <= list.size();) {
    const std::size_t end = std::min(list.find(',', begin), list.size());
    base::Result<HostPort> host = ParseHostWithPort(list.substr(begin, end - begin), kDefaultPort);
    if (!host || host->port == 0) {
      return Wrong(
          "names a host that is none; hosts must be HOST, HOST:PORT or [IPv6]:PORT, with "
          "commas between several");
    }
    hosts.push_back({host->host, host->port, ""});
    begin = end + 1;
  }
  return hosts;
}

base::Result<std::vector<DatabaseHost>> PlacesOf(const Parts& parts) {
  if (parts.query.empty()) return HostsOf(parts.hosts);
  base::Result<std::vector<DatabaseHost>> socket = SocketOf(parts.query);
  if (socket && !parts.hosts.empty()) {
    return Wrong("names both a host and a socket; must be mysql://USER@/DATABASE?socket=/PATH");
  }
  return socket;
}

}  // namespace

base::Result<DatabaseAddress> ParseDatabaseUrl(std::string_view text) {
  const base::Result<Parts> parts = Split(text);
  if (!parts) return parts.failure();
  if (parts->user.find(':') != std::string_view::npos) {
    return Wrong("holds a password; put it into password_file");
  }
  const std::optional<std::string> user = Decode(parts->user);
  const std::optional<std::string> database = Decode(parts->database);
  if (!user || !database || database->find('/') != std::string::npos) return WrongForm();
  base::Result<std::vector<DatabaseHost>> hosts = PlacesOf(*parts);
  if (!hosts) return hosts.failure();
  return DatabaseAddress{std::move(hosts).value(), *user, *database};
}

}  // namespace bookgate::config
