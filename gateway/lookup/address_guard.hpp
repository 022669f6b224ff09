/// \file address_guard.hpp
/// Keeps look-ups out of the operator's own network, wherever a provider's name may lead.
#pragma once

struct sockaddr;

namespace bookgate::lookup {

/// The address is one of the public internet: not of this host, a private network, a link, a test
/// network or a group. An IPv4 address inside of an IPv6 one is judged as itself.
bool IsPublicAddress(const sockaddr& address);

}  // namespace bookgate::lookup
