// Which addresses a look-up may be sent to.
#include "lookup/address_guard.hpp"

#include <arpa/inet.h>
#include <doctest/doctest.h>
#include <netinet/in.h>

#include <string>

namespace bookgate::lookup {
namespace {

bool IsPublic(const char* text) {
  sockaddr_storage address{};
  auto& ipv4 = reinterpret_cast<sockaddr_in&>(address);
  auto& ipv6 = reinterpret_cast<sockaddr_in6&>(address);
  if (inet_pton(AF_INET, text, &ipv4.sin_addr) == 1) {
    ipv4.sin_family = AF_INET;
  } else {
    REQUIRE(inet_pton(AF_INET6, text, &ipv6.sin6_addr) == 1);
    ipv6.sin6_family = AF_INET6;
  }
  return IsPublicAddress(reinterpret_cast<const sockaddr&>(address));
}

TEST_CASE("addresses of the public internet, at the edges of what is not") {
  for (const char* address :
       {"1.1.1.1",         "9.255.255.255",   "11.0.0.0",        "100.63.255.255", "100.128.0.0",
        "126.255.255.255", "128.0.0.0",       "169.253.255.255", "169.255.0.0",    "172.15.255.255",
        "172.32.0.0",      "192.0.1.0",       "192.167.255.255", "192.169.0.0",    "198.17.255.255",
        "198.20.0.0",      "223.255.255.255", "2606:4700::1111", "2001:200::1",    "2a00:1450::1",
        "::ffff:1.1.1.1",  "64:ff9b::1.1.1.1"}) {
    CHECK_MESSAGE(IsPublic(address), std::string(address));
  }
}

TEST_CASE("this host, private networks, links, test networks, groups") {
  for (const char* address :
       {"0.0.0.0",         "0.255.255.255",   "10.0.0.0",        "10.255.255.255",  "100.64.0.0",
        "100.127.255.255", "127.0.0.1",       "127.255.255.255", "169.254.169.254", "172.16.0.0",
        "172.31.255.255",  "192.0.0.1",       "192.0.2.1",       "192.88.99.1",     "192.168.0.0",
        "192.168.255.255", "198.18.0.0",      "198.19.255.255",  "198.51.100.1",    "203.0.113.1",
        "224.0.0.1",       "239.255.255.255", "240.0.0.1",       "255.255.255.255"}) {
    CHECK_MESSAGE(!IsPublic(address), std::string(address));
  }
  for (const char* address : {"::", "::1", "fc00::1", "fd12:3456::1", "fe80::1", "ff02::1",
                              "2001::1", "2001:db8::1", "2002:7f00:1::1", "3fff::1", "100::1"}) {
    CHECK_MESSAGE(!IsPublic(address), std::string(address));
  }
}

TEST_CASE("an IPv4 address hides in no IPv6 address") {
  for (const char* address : {"::ffff:127.0.0.1", "::ffff:10.1.2.3", "::ffff:169.254.169.254",
                              "64:ff9b::127.0.0.1", "64:ff9b::192.168.1.1", "::127.0.0.1"}) {
    CHECK_MESSAGE(!IsPublic(address), std::string(address));
  }
}

TEST_CASE("what is no internet address at all") {
  sockaddr unix_socket{};
  unix_socket.sa_family = AF_UNIX;
  CHECK_FALSE(IsPublicAddress(unix_socket));
}

}  // namespace
}  // namespace bookgate::lookup
