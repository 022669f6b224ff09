#include "lookup/address_guard.hpp"

#include <netinet/in.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>

namespace bookgate::lookup {
namespace {

using Ipv6Bytes = std::array<std::uint8_t, 16>;

struct Ipv4Range {
  std::uint32_t network;
  unsigned prefix_bits;
};

struct Ipv6Range {
  Ipv6Bytes network;
  unsigned prefix_bits;
};

constexpr std::uint32_t Ipv4(std::uint32_t a, std::uint32_t b, std::uint32_t c, std::uint32_t d) {
  return a << 24 | b << 16 | c << 8 | d;
}

/// IANA's registry of special-purpose IPv4 addresses (RFC 6890), and groups and what is reserved.
constexpr Ipv4Range kSpecialIpv4[] = {
    {Ipv4(0, 0, 0, 0), 8},      {Ipv4(10, 0, 0, 0), 8},     {Ipv4(100, 64, 0, 0), 10},
    {Ipv4(127, 0, 0, 0), 8},    {Ipv4(169, 254, 0, 0), 16}, {Ipv4(172, 16, 0, 0), 12},
    {Ipv4(192, 0, 0, 0), 24},   {Ipv4(192, 0, 2, 0), 24},   {Ipv4(192, 88, 99, 0), 24},
    {Ipv4(192, 168, 0, 0), 16}, {Ipv4(198, 18, 0, 0), 15},  {Ipv4(198, 51, 100, 0), 24},
    {Ipv4(203, 0, 113, 0), 24}, {Ipv4(224, 0, 0, 0), 4},    {Ipv4(240, 0, 0, 0), 4},
};

/// Public IPv6 addresses are in here (RFC 4291) …
constexpr Ipv6Range kGlobalIpv6 = {{0x20}, 3};
/// … but for these of RFC 6890's registry: protocol assignments with Teredo among them,
/// documentation, and 6to4, which leads to an IPv4 address that nobody has judged.
constexpr Ipv6Range kSpecialIpv6[] = {
    {{0x20, 0x01}, 23},
    {{0x20, 0x01, 0x0d, 0xb8}, 32},
    {{0x20, 0x02}, 16},
    {{0x3f, 0xff}, 20},
};
/// IPv4 addresses written as IPv6 ones, and those behind a translator (NAT64, RFC 6052).
constexpr Ipv6Range kIpv4InIpv6[] = {
    {{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff}, 96},
    {{0x00, 0x64, 0xff, 0x9b}, 96},
};

bool IsIn(std::uint32_t address, const Ipv4Range& range) {
  const unsigned host_bits = 32 - range.prefix_bits;
  return address >> host_bits == range.network >> host_bits;
}

bool IsIn(const Ipv6Bytes& address, const Ipv6Range& range) {
  for (unsigned bit = 0; bit < range.prefix_bits; ++bit) {
    const unsigned difference = address[bit / 8] ^ range.network[bit / 8];
    if ((difference >> (7 - bit % 8) & 1u) != 0) return false;
  }
  return true;
}

template <class Address, class Ranges>
bool IsInOneOf(const Address& address, const Ranges& ranges) {
  return std::any_of(std::begin(ranges), std::end(ranges),
                     [&](const auto& range) { return IsIn(address, range); });
}

bool IsPublic(std::uint32_t address) {
  return !IsInOneOf(address, kSpecialIpv4);
}

bool IsPublic(const Ipv6Bytes& address) {
  if (IsInOneOf(address, kIpv4InIpv6)) {
    return IsPublic(Ipv4(address[12], address[13], address[14], address[15]));
  }
  return IsIn(address, kGlobalIpv6) && !IsInOneOf(address, kSpecialIpv6);
}

}  // namespace

bool IsPublicAddress(const sockaddr& address) {
  if (address.sa_family == AF_INET) {
    sockaddr_in ipv4{};
    std::memcpy(&ipv4, &address, sizeof(ipv4));
    return IsPublic(ntohl(ipv4.sin_addr.s_addr));
  }
  if (address.sa_family == AF_INET6) {
    sockaddr_in6 ipv6{};
    std::memcpy(&ipv6, &address, sizeof(ipv6));
    Ipv6Bytes bytes{};
    std::memcpy(bytes.data(), &ipv6.sin6_addr, bytes.size());
    return IsPublic(bytes);
  }
  return false;
}

}  // namespace bookgate::lookup
