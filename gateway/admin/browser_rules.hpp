/// \file browser_rules.hpp
/// What keeps other sites out of a browser's session: cookies, origins, and headers that browsers
/// obey.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "config/settings.hpp"
#include "http/message.hpp"

namespace bookgate::admin {

/// The session's cookie. Where the page is served over HTTPS its name begins with __Host-, which
/// makes browsers insist that no other host or path and no plain HTTP ever sets it; over plain HTTP
/// on the machine itself they would refuse that name.
class SessionCookie {
 public:
  explicit SessionCookie(const config::ServerSettings& server);

  /// The value that the browser sent; "" for none, or for more than one.
  std::string_view Read(const http::Request& request) const;
  /// The Set-Cookie value that gives it to the browser.
  std::string Set(std::string_view token) const;
  /// The one that takes it away.
  std::string Clear() const;

 private:
  std::string Attributes() const;

  bool secure_ = true;
  std::string_view name_;
};

/// The request comes from a page of another site: it has an Origin that is neither the host that it
/// was sent to nor that of the public URL.
bool IsFromElsewhere(const http::Request& request, const config::ServerSettings& server);

/// For everything below /admin/ and /api/admin/: what browsers must not do with it.
void AddSafetyHeaders(http::Answer& answer);
/// For what is about somebody or something: kept by no cache.
void ForbidStoring(http::Answer& answer);

}  // namespace bookgate::admin
