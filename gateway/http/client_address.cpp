#include "http/client_address.hpp"

#include <arpa/inet.h>

#include <algorithm>
#include <cstring>

#include "http/grammar.hpp"

namespace bookgate::http {
namespace {

void MapIpv4(const in_addr& from, in6_addr& to) {
  to = {};
  to.s6_addr[10] = 0xff;
  to.s6_addr[11] = 0xff;
  std::memcpy(&to.s6_addr[12], &from, sizeof from);
}

/// Without the port and the brackets that some proxies add: "192.0.2.1:80", "[2001:db8::1]:80".
std::string_view WithoutPort(std::string_view text) {
  if (!text.empty() && text.front() == '[') {
    const std::size_t end = text.find(']');
    return end == std::string_view::npos ? std::string_view() : text.substr(1, end - 1);
  }
  const std::size_t colon = text.find(':');
  const bool one_colon = colon != std::string_view::npos && text.rfind(':') == colon;
  return one_colon ? text.substr(0, colon) : text;
}

}  // namespace

std::optional<ClientAddress> ClientAddress::Parse(std::string_view text) {
  const std::string address(WithoutPort(text));
  ClientAddress parsed;
  in_addr ipv4{};
  if (inet_pton(AF_INET, address.c_str(), &ipv4) == 1) {
    MapIpv4(ipv4, parsed.bytes_);
    return parsed;
  }
  if (inet_pton(AF_INET6, address.c_str(), &parsed.bytes_) == 1) return parsed;
  return std::nullopt;
}

ClientAddress ClientAddress::Of(const sockaddr_storage& peer) {
  ClientAddress address;
  if (peer.ss_family == AF_INET) {
    sockaddr_in ipv4{};
    std::memcpy(&ipv4, &peer, sizeof ipv4);
    MapIpv4(ipv4.sin_addr, address.bytes_);
  } else if (peer.ss_family == AF_INET6) {
    sockaddr_in6 ipv6{};
    std::memcpy(&ipv6, &peer, sizeof ipv6);
    address.bytes_ = ipv6.sin6_addr;
  }
  return address;
}

std::string ClientAddress::ToString() const {
  char text[INET6_ADDRSTRLEN] = "";
  if (IN6_IS_ADDR_V4MAPPED(&bytes_)) {
    inet_ntop(AF_INET, &bytes_.s6_addr[12], text, sizeof text);
  } else {
    inet_ntop(AF_INET6, &bytes_, text, sizeof text);
  }
  return text;
}

bool ClientAddress::In(const config::AddressRange& range) const {
  const std::size_t whole = range.prefix_bits / 8;
  const unsigned rest = range.prefix_bits % 8;
  if (std::memcmp(bytes_.s6_addr, range.address.data(), whole) != 0) return false;
  if (rest == 0) return true;
  return (bytes_.s6_addr[whole] ^ range.address[whole]) >> (8 - rest) == 0;
}

bool ClientAddress::InAny(const std::vector<config::AddressRange>& ranges) const {
  return std::any_of(ranges.begin(), ranges.end(), [this](const auto& range) { return In(range); });
}

ClientAddress ClientOf(const Request& request, const ClientAddress& peer,
                       const std::vector<config::AddressRange>& trusted_proxies) {
  ClientAddress client = peer;
  // Proxies append, so the headers and the addresses in each are read from the end.
  for (auto field = request.headers.rbegin(); field != request.headers.rend(); ++field) {
    if (field->name != "x-forwarded-for") continue;
    std::string_view rest = field->value;
    for (bool more = true; more;) {
      if (!client.InAny(trusted_proxies)) return client;
      const std::size_t comma = rest.rfind(',');
      more = comma != std::string_view::npos;
      const auto address = ClientAddress::Parse(Trim(more ? rest.substr(comma + 1) : rest));
      if (!address) return client;
      client = *address;
      if (more) rest = rest.substr(0, comma);
    }
  }
  return client;
}

}  // namespace bookgate::http
