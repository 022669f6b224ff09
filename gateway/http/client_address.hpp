/// \file client_address.hpp
/// Who sent a request, where trusted proxies stand in between.
#pragma once

#include <netinet/in.h>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "config/settings.hpp"
#include "http/message.hpp"

namespace bookgate::http {

/// An address without port, IPv4 mapped into IPv6 as in config::AddressRange.
class ClientAddress {
 public:
  static std::optional<ClientAddress> Parse(std::string_view text);
  static ClientAddress Of(const sockaddr_storage& peer);

  /// As people write it: an IPv4 address is not shown as the IPv6 address that it is mapped into.
  std::string ToString() const;
  bool In(const config::AddressRange& range) const;
  bool InAny(const std::vector<config::AddressRange>& ranges) const;

 private:
  in6_addr bytes_{};
};

/// The peer, unless it is a trusted proxy: then the right-most address of X-Forwarded-For that is
/// not one itself. What stands left of an untrusted address, or of garbage, is hearsay and counts
/// for nothing.
ClientAddress ClientOf(const Request& request, const ClientAddress& peer,
                       const std::vector<config::AddressRange>& trusted_proxies);

}  // namespace bookgate::http
