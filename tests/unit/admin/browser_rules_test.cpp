#include "admin/browser_rules.hpp"

#include <doctest/doctest.h>

namespace bookgate::admin {
namespace {

config::ServerSettings ServerAt(const std::string& public_url) {
  config::ServerSettings server;
  server.public_url = public_url;
  return server;
}

http::Request RequestWith(std::vector<model::Field> headers) {
  http::Request request;
  request.headers = std::move(headers);
  return request;
}

bool ComesFromElsewhere(const std::string& public_url, const std::string& host,
                        const std::string& origin) {
  return IsFromElsewhere(RequestWith({{"host", host}, {"origin", origin}}), ServerAt(public_url));
}

}  // namespace

TEST_CASE("only on the machine itself and without TLS the cookie has its plain name") {
  for (const char* url : {"http://127.0.0.1:8080", "http://localhost:8080", "http://localhost",
                          "http://[::1]:8080", "http://127.1.2.3"}) {
    CAPTURE(url);
    CHECK(SessionCookie(ServerAt(url)).Set("t").starts_with("bookgate=t; "));
  }
  for (const char* url : {"https://127.0.0.1", "https://hooks.example.com", "http://10.0.0.5:8080",
                          "http://localhost.example.com", "http://127.example.com"}) {
    CAPTURE(url);
    const std::string set = SessionCookie(ServerAt(url)).Set("t");
    const bool guarded = set.starts_with("__Host-bookgate=t; ");
    CHECK(guarded);
    CHECK(set.find("; Secure") != std::string::npos);
    CHECK(set.find("; Path=/;") != std::string::npos);
  }
}

TEST_CASE("the cookie is found among others, and two of its name are none") {
  const SessionCookie cookie(ServerAt("http://127.0.0.1:8080"));
  CHECK(cookie.Read(RequestWith({{"cookie", "bookgate=a"}})) == "a");
  CHECK(cookie.Read(RequestWith({{"cookie", "x=1; bookgate=a; y=2"}})) == "a");
  CHECK(cookie.Read(RequestWith({{"cookie", "x=1"}, {"cookie", "bookgate=a"}})) == "a");
  CHECK(cookie.Read(RequestWith({{"cookie", "bookgate=a; bookgate=b"}})).empty());
  CHECK(cookie.Read(RequestWith({{"cookie", "bookgate=a"}, {"cookie", "bookgate=b"}})).empty());
  CHECK(cookie.Read(RequestWith({{"cookie", "notbookgate=a; __Host-bookgate=b"}})).empty());
  CHECK(cookie.Read(RequestWith({{"cookie", "bookgate"}})).empty());
  CHECK(cookie.Read(RequestWith({{"cookie", ";;=;"}})).empty());
  CHECK(cookie.Read(RequestWith({})).empty());
}

TEST_CASE("an origin is ours by the public URL or by the host that was asked") {
  CHECK_FALSE(ComesFromElsewhere("https://hooks.example.com", "hooks.example.com",
                                 "https://hooks.example.com"));
  CHECK_FALSE(ComesFromElsewhere("https://hooks.example.com", "127.0.0.1:8080",
                                 "https://hooks.example.com"));
  CHECK_FALSE(
      ComesFromElsewhere("https://hooks.example.com", "localhost:8080", "http://localhost:8080"));
  CHECK_FALSE(ComesFromElsewhere("https://HOOKS.example.com", "x", "https://hooks.EXAMPLE.com"));
  CHECK_FALSE(IsFromElsewhere(RequestWith({{"host", "x"}}), ServerAt("https://hooks.example.com")));
}

TEST_CASE("every other origin is somebody else's") {
  for (const char* origin :
       {"https://evil.example", "http://hooks.example.com", "https://hooks.example.com:8443",
        "https://hooks.example.com.evil.example", "https://evil.example/hooks.example.com", "null",
        "", "hooks.example.com", "file://", "https://"}) {
    CAPTURE(origin);
    CHECK(ComesFromElsewhere("https://hooks.example.com", "127.0.0.1:8080", origin));
  }
}

}  // namespace bookgate::admin
