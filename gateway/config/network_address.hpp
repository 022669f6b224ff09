/// \file network_address.hpp
/// Hosts, ports and ranges of addresses as text.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "config/settings.hpp"

namespace bookgate::config {

/// An IPv4 address or a DNS name. Not an IPv6 address.
bool IsHostName(std::string_view text);
bool IsIpv6Address(std::string_view text);

/// "host:port" or "[IPv6]:port".
base::Result<HostPort> ParseHostPort(std::string_view text);

/// As ParseHostPort, but the port may be left out: `default_port` then.
base::Result<HostPort> ParseHostWithPort(std::string_view text, std::uint16_t default_port);

/// "10.0.0.0/8", "::1/128", or one address.
base::Result<AddressRange> ParseAddressRange(std::string_view text);

/// A DNS name or IPv4 address on its own; gives it in lower case.
base::Result<std::string> ParseLookupHost(std::string_view text);

}  // namespace bookgate::config
