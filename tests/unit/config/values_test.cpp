// Values that are text in the file: durations, hosts, ranges of addresses, URLs.
#include <doctest/doctest.h>

#include "config/database_url.hpp"
#include "config/duration.hpp"
#include "config/network_address.hpp"
#include "config/suggestion.hpp"
#include "config/web_url.hpp"

namespace {

using namespace bookgate::config;
using std::chrono::milliseconds;

std::string WhatIsWrong(const std::string& url) {
  const auto parsed = ParseDatabaseUrl(url);
  return parsed ? "" : parsed.failure().operator_text;
}

}  // namespace

TEST_CASE("durations") {
  const std::vector<std::pair<std::string, std::int64_t>> right = {
      {"500ms", 500},         {"15s", 15'000}, {"10m", 600'000}, {"24h", 86'400'000},
      {"30d", 2'592'000'000}, {"0s", 0},       {"007s", 7000},   {"1000000d", 86'400'000'000'000}};
  for (const auto& example : right) {
    const auto duration = ParseDuration(example.first);
    REQUIRE_MESSAGE(duration.ok(), example.first);
    CHECK(*duration == milliseconds(example.second));
  }
  for (const char* wrong : {"", "s", "15", "15 s", " 15s", "15s ", "-1s", "+1s", "1.5h", "1h30m",
                            "15S", "1w", "4294967296ms", "1000001d", "99999999999999999999d"}) {
    CHECK_MESSAGE(!ParseDuration(wrong), wrong);
  }
  CHECK(DurationText(milliseconds(0)) == "0d");
  CHECK(DurationText(milliseconds(90'000)) == "90s");
  CHECK(DurationText(milliseconds(7'200'001)) == "7200001ms");
  CHECK(DurationText(milliseconds(172'800'000)) == "2d");
}

TEST_CASE("listening addresses") {
  const auto v6 = ParseHostPort("[::1]:8080");
  REQUIRE(v6.ok());
  CHECK(v6->host == "::1");
  CHECK(v6->port == 8080);
  const auto name = ParseHostPort("localhost:0");
  REQUIRE(name.ok());
  CHECK(name->host == "localhost");
  CHECK(name->port == 0);
  for (const char* wrong : {"", ":8080", "8080", "host", "host:", "host:65536", "host:-1",
                            "host:80x", "::1:8080", "[::1]", "[::1]8080", "[host]:80", "[::1:80",
                            "ho st:80", "*:80", "-a:80", "a..b:80", "a/b:80", "http://a:80"}) {
    CHECK_MESSAGE(!ParseHostPort(wrong), wrong);
  }
}

TEST_CASE("ranges of addresses, IPv4 mapped into IPv6") {
  const auto v4 = ParseAddressRange("10.1.0.0/16");
  REQUIRE(v4.ok());
  CHECK(v4->text == "10.1.0.0/16");
  CHECK(v4->prefix_bits == 112);
  CHECK(v4->address == std::array<std::uint8_t, 16>{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 255, 255, 10, 1});
  const auto one = ParseAddressRange("192.0.2.7");
  REQUIRE(one.ok());
  CHECK(one->prefix_bits == 128);
  CHECK(one->address[15] == 7);
  const auto v6 = ParseAddressRange("2001:db8::/32");
  REQUIRE(v6.ok());
  CHECK(v6->prefix_bits == 32);
  CHECK(v6->address[0] == 0x20);
  REQUIRE(ParseAddressRange("0.0.0.0/0").ok());
  CHECK(ParseAddressRange("0.0.0.0/0")->prefix_bits == 96);
  for (const char* wrong :
       {"", "/8", "10.0.0.0/", "10.0.0.0/33", "::/129", "10.0.0/8", "10.0.0.1/8",
        "10.0.0.0/255.0.0.0", "10.0.0.0/-1", "host/8", "10.0.0.0/08x", "::1/0"}) {
    CHECK_MESSAGE(!ParseAddressRange(wrong), wrong);
  }
}

TEST_CASE("base URLs") {
  const std::vector<std::pair<std::string, std::string>> right = {
      {"", ""},
      {"https://hooks.example.com", "https://hooks.example.com"},
      {"HTTPS://Hooks.Example.COM:8443/", "https://hooks.example.com:8443"},
      {"http://[::1]:80/Book//", "http://[::1]:80/Book"},
  };
  for (const auto& example : right) {
    const auto url = ParseBaseUrl(example.first);
    REQUIRE_MESSAGE(url.ok(), example.first);
    CHECK(*url == example.second);
  }
  for (const char* wrong : {"hooks.example.com", "ftp://a.example", "https://", "https:///x",
                            "https://a?x=1", "https://a/#f", "https://u:p@a/", "https://a b/",
                            "https://a/b c", "https://a:x/", "//a/"}) {
    CHECK_MESSAGE(!ParseBaseUrl(wrong), wrong);
  }
}

TEST_CASE("database URLs: hosts, sockets and encoded names") {
  const auto socket = ParseDatabaseUrl("mysql://shop@/book%2Dgate?socket=/run/my%20sql.sock");
  REQUIRE(socket.ok());
  REQUIRE(socket->hosts.size() == 1);
  CHECK(socket->hosts[0].socket == "/run/my sql.sock");
  CHECK(socket->hosts[0].host.empty());
  CHECK(socket->user == "shop");
  CHECK(socket->database == "book-gate");

  const auto hosts = ParseDatabaseUrl("MySQL://u@h1:3306,h2:3307/db");
  REQUIRE(hosts.ok());
  REQUIRE(hosts->hosts.size() == 2);
  CHECK(hosts->hosts[1].host == "h2");
  CHECK(hosts->hosts[1].port == 3307);
  CHECK(hosts->hosts[1].socket.empty());
}

TEST_CASE("a wrong database URL says which part is wrong") {
  const std::vector<std::pair<std::string, std::string>> cases = {
      {"", "must begin with mysql://"},
      {"postgres://u@h/d", "must begin with mysql://"},
      {"mysql://h/d", "names no user"},
      {"mysql://u:p@h/d", "put it into password_file"},
      {"mysql://u:@h/d", "put it into password_file"},
      {"mysql://u:p@ss@h/d", "put it into password_file"},
      {"mysql://@h/d", "must be mysql://USER@HOST:PORT/DATABASE"},
      {"mysql://u@h", "must be mysql://USER@HOST:PORT/DATABASE"},
      {"mysql://u@h/", "must be mysql://USER@HOST:PORT/DATABASE"},
      {"mysql://u@h/a/b", "must be mysql://USER@HOST:PORT/DATABASE"},
      {"mysql://u@h/a%2Fb", "must be mysql://USER@HOST:PORT/DATABASE"},
      {"mysql://u%4@h/d", "must be mysql://USER@HOST:PORT/DATABASE"},
      {"mysql://u@h/d%zz", "must be mysql://USER@HOST:PORT/DATABASE"},
      {"mysql://u@h/d%00", "must be mysql://USER@HOST:PORT/DATABASE"},
      {"mysql://u@/d", "names a host that is none"},
      {"mysql://u@h,,i/d", "names a host that is none"},
      {"mysql://u@h:0/d", "names a host that is none"},
      {"mysql://u@h:x/d", "names a host that is none"},
      {"mysql://u@/d?socket=run.sock", "no absolute path"},
      {"mysql://u@/d?socket=", "no absolute path"},
      {"mysql://u@h/d?socket=/s", "both a host and a socket"},
      {"mysql://u@h/d?charset=utf8", "a query other than"},
      {"mysql://u@/d?socket=/s&x=1", "a query other than"},
  };
  for (const auto& example : cases) {
    CAPTURE(example.first);
    CHECK(WhatIsWrong(example.first).find(example.second) != std::string::npos);
  }
}

TEST_CASE("suggestions: near names only") {
  const std::vector<std::string> known = {"listen", "io_threads", "tls_key"};
  CHECK(NearestName("lisetn", known) == "listen");
  CHECK(NearestName("IO-Threads", known) == "io_threads");
  CHECK(NearestName("tls_keys", known) == "tls_key");
  CHECK(NearestName("io", known) == std::nullopt);
  CHECK(NearestName("io_th", known) == "io_threads");
  CHECK_FALSE(NearestName("banana", known).has_value());
  CHECK_FALSE(NearestName("", known).has_value());
  CHECK_FALSE(NearestName(std::string(100'000, 'a'), known).has_value());
  CHECK_FALSE(NearestName("x", {}).has_value());
}
