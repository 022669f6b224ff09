#include "config/network_address.hpp"

#include <arpa/inet.h>
#include <bookgate/text.hpp>

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <optional>

#include "config/table_reader.hpp"

namespace bookgate::config {
namespace {

template <class Number>
std::optional<Number> WholeNumber(std::string_view text) {
  Number number = 0;
  const char* end = text.data() + text.size();
  const auto [rest, error] = std::from_chars(text.data(), end, number);
  if (error != std::errc() || rest != end) return std::nullopt;
  return number;
}

bool IsLabel(std::string_view label) {
  constexpr std::string_view kAllowed =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  return !label.empty() && label.size() <= 63 && label.front() != '-' && label.back() != '-' &&
         label.find_first_not_of(kAllowed) == std::string_view::npos;
}

/// Splits "host:port" and "[IPv6]:port"; no port if there is no colon after the host.
struct HostAndPort {
  std::string_view host;
  std::optional<std::string_view> port;
};

std::optional<HostAndPort> Split(std::string_view text) {
  std::string_view host, rest;
  if (text.starts_with('[')) {
    const std::size_t bracket = text.find(']');
    if (bracket == std::string_view::npos) return std::nullopt;
    host = text.substr(1, bracket - 1);
    rest = text.substr(bracket + 1);
    if (!IsIpv6Address(host)) return std::nullopt;
  } else {
    const std::size_t colon = std::min(text.find(':'), text.size());
    host = text.substr(0, colon);
    rest = text.substr(colon);
    if (!IsHostName(host)) return std::nullopt;
  }
  if (rest.empty()) return HostAndPort{host, std::nullopt};
  if (!rest.starts_with(':')) return std::nullopt;
  return HostAndPort{host, rest.substr(1)};
}

/// Reads an address of either family into 16 bytes; gives how many bits of them are fixed in front
/// of what a prefix counts: 96 for IPv4.
std::optional<unsigned> ReadAddress(const std::string& text, std::array<std::uint8_t, 16>& bytes) {
  bytes = {};
  if (inet_pton(AF_INET6, text.c_str(), bytes.data()) == 1) return 0;
  bytes[10] = bytes[11] = 0xff;
  if (inet_pton(AF_INET, text.c_str(), bytes.data() + 12) == 1) return 96;
  return std::nullopt;
}

bool HasBitsBeyond(const std::array<std::uint8_t, 16>& address, unsigned prefix_bits) {
  for (unsigned bit = prefix_bits; bit < 128; ++bit) {
    if ((address[bit / 8] >> (7 - bit % 8) & 1) != 0) return true;
  }
  return false;
}

}  // namespace

bool IsHostName(std::string_view text) {
  if (text.empty() || text.size() > 253) return false;
  for (std::size_t begin = 0; begin <= text.size();) {
    const std::size_t end = std::min(text.find('.', begin), text.size());
    if (!IsLabel(text.substr(begin, end - begin))) return false;
    begin = end + 1;
  }
  return true;
}

bool IsIpv6Address(std::string_view text) {
  in6_addr address{};
  return inet_pton(AF_INET6, std::string(text).c_str(), &address) == 1;
}

base::Result<HostPort> ParseHostPort(std::string_view text) {
  const base::Failure wrong =
      Wrong("must be host:port, such as \"127.0.0.1:8080\" or \"[::1]:8080\"");
  const std::optional<HostAndPort> split = Split(text);
  if (!split || !split->port) return wrong;
  const auto port = WholeNumber<std::uint16_t>(*split->port);
  if (!port) return wrong;
  return HostPort{std::string(split->host), *port};
}

base::Result<HostPort> ParseHostWithPort(std::string_view text, std::uint16_t default_port) {
  const std::optional<HostAndPort> split = Split(text);
  if (split && !split->port) return HostPort{std::string(split->host), default_port};
  return ParseHostPort(text);
}

base::Result<AddressRange> ParseAddressRange(std::string_view text) {
  const base::Failure wrong = Wrong(
      "must be a range of addresses in CIDR notation, such as \"10.0.0.0/8\" or \"fd00::/8\"");
  const std::size_t slash = std::min(text.find('/'), text.size());
  AddressRange range;
  range.text = text;
  const std::optional<unsigned> fixed =
      ReadAddress(std::string(text.substr(0, slash)), range.address);
  if (!fixed) return wrong;
  if (slash == text.size()) return range;
  const auto bits = WholeNumber<std::uint8_t>(text.substr(slash + 1));
  if (!bits || *bits + *fixed > 128) return wrong;
  range.prefix_bits = *bits + *fixed;
  if (HasBitsBeyond(range.address, range.prefix_bits)) {
    return Wrong(
        "has bits set beyond its prefix, so that it is unclear what range is meant; those "
        "must be 0, as in \"10.0.0.0/8\"");
  }
  return range;
}

base::Result<std::string> ParseLookupHost(std::string_view text) {
  if (IsHostName(text)) return ToLowerAscii(text);
  return Wrong("must be a host name without scheme, port and path, such as \"api.example.com\"");
}

}  // namespace bookgate::config
