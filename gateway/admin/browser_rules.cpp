#include "admin/browser_rules.hpp"

#include <arpa/inet.h>
#include <bookgate/text.hpp>

#include <algorithm>
#include <array>
#include <utility>

#include "config/public_url.hpp"
#include "store/session_queries.hpp"

namespace bookgate::admin {
namespace {

/// "https" and "hooks.example.com" of "https://hooks.example.com/base".
struct UrlParts {
  std::string_view scheme;
  std::string_view authority;
};

UrlParts PartsOf(std::string_view url) {
  const std::size_t colon = url.find("://");
  if (colon == std::string_view::npos) return {};
  const std::string_view rest = url.substr(colon + 3);
  return {url.substr(0, colon), rest.substr(0, rest.find('/'))};
}

bool IsLoopback(std::string_view authority) {
  if (authority == "[::1]" || authority.starts_with("[::1]:")) return true;
  const std::string host(authority.substr(0, authority.rfind(':')));
  in_addr address{};
  const bool is_ipv4 = inet_pton(AF_INET, host.c_str(), &address) == 1;
  return host == "localhost" || (is_ipv4 && host.starts_with("127."));
}

}  // namespace

SessionCookie::SessionCookie(const config::ServerSettings& server) {
  const std::string url = config::PublicUrl(server);
  const UrlParts parts = PartsOf(url);
  secure_ = parts.scheme != "http" || !IsLoopback(parts.authority);
  name_ = secure_ ? "__Host-bookgate" : "bookgate";
}

std::string_view SessionCookie::Read(const http::Request& request) const {
  std::string_view found;
  for (const model::Field& header : request.headers) {
    if (header.name != "cookie") continue;
    std::string_view rest = header.value;
    while (!rest.empty()) {
      const std::string_view pair = rest.substr(0, rest.find(';'));
      rest.remove_prefix(std::min(pair.size() + 1, rest.size()));
      const std::size_t equals = pair.find('=');
      if (equals == std::string_view::npos || Trim(pair.substr(0, equals)) != name_) continue;
      // Two of one name are of two makers, and nobody can tell which is ours.
      if (!found.empty()) return {};
      found = Trim(pair.substr(equals + 1));
    }
  }
  return found;
}

std::string SessionCookie::Set(std::string_view token) const {
  const auto seconds = std::chrono::seconds(store::kSessionLife).count();
  return std::string(name_) + "=" + std::string(token) + Attributes() +
         "; Max-Age=" + std::to_string(seconds);
}

std::string SessionCookie::Clear() const {
  return std::string(name_) + "=" + Attributes() + "; Max-Age=0";
}

std::string SessionCookie::Attributes() const {
  return std::string("; Path=/; HttpOnly; SameSite=Strict") + (secure_ ? "; Secure" : "");
}

bool IsFromElsewhere(const http::Request& request, const config::ServerSettings& server) {
  const std::optional<std::string_view> origin = request.Header("origin");
  if (!origin) return false;
  const std::string public_url = config::PublicUrl(server);
  const UrlParts ours = PartsOf(public_url);
  const UrlParts theirs = PartsOf(*origin);
  if (theirs.authority.empty()) return true;  // "null", of sandboxed frames and files, too.
  if (EqualsIgnoringAsciiCase(theirs.scheme, ours.scheme) &&
      EqualsIgnoringAsciiCase(theirs.authority, ours.authority)) {
    return false;
  }
  // Reached in another way than the public URL says, such as through a tunnel.
  return !EqualsIgnoringAsciiCase(theirs.authority, request.Header("host").value_or(""));
}

void AddSafetyHeaders(http::Answer& answer) {
  static constexpr std::array<std::pair<const char*, const char*>, 7> kHeaders = {{
      // Trusted types of which none may be made: no text ever becomes markup or a script.
      {"Content-Security-Policy",
       "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
       "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
       "require-trusted-types-for 'script'; trusted-types 'none'"},
      {"X-Content-Type-Options", "nosniff"},
      {"X-Frame-Options", "DENY"},
      {"Referrer-Policy", "no-referrer"},
      {"Cross-Origin-Opener-Policy", "same-origin"},
      {"Cross-Origin-Resource-Policy", "same-origin"},
      {"Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"},
  }};
  for (const auto& [name, value] : kHeaders) answer.headers.push_back({name, value});
}

void ForbidStoring(http::Answer& answer) {
  answer.headers.push_back({"Cache-Control", "no-store"});
}

}  // namespace bookgate::admin
