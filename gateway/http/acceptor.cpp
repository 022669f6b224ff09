#include "http/acceptor.hpp"

#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <system_error>
#include <utility>

#include "http/handshake_filter.hpp"

namespace bookgate::http {
namespace {

/// Bursts of webhooks come as bursts of connections.
constexpr int kBacklog = 4096;
/// How soon to look again after descriptors or room ran out: no event says that there are some.
constexpr int kStarvedMilliseconds = 50;

using AddressList = std::unique_ptr<addrinfo, decltype(&freeaddrinfo)>;

base::Failure ListenFailure(const config::HostPort& where, const std::string& why) {
  return {base::Code::kUnavailable,
          "cannot listen on " + where.host + ":" + std::to_string(where.port) + ": " + why,
          "The server cannot listen."};
}

std::string ErrnoText() {
  return std::system_category().message(errno);
}

/// "[::1]" is how configuration files write it; "" and "*" stand for any address.
std::string BareHost(const std::string& host) {
  if (host.size() > 2 && host.front() == '[' && host.back() == ']') {
    return host.substr(1, host.size() - 2);
  }
  return host == "*" ? std::string() : host;
}

base::Result<AddressList> Resolve(const config::HostPort& where) {
  addrinfo hints{};
  hints.ai_family = AF_UNSPEC;
  hints.ai_socktype = SOCK_STREAM;
  hints.ai_flags = AI_PASSIVE | AI_NUMERICSERV;
  const std::string host = BareHost(where.host);
  const std::string port = std::to_string(where.port);
  addrinfo* found = nullptr;
  const int error =
      getaddrinfo(host.empty() ? nullptr : host.c_str(), port.c_str(), &hints, &found);
  if (error != 0) return ListenFailure(where, gai_strerror(error));
  return AddressList(found, &freeaddrinfo);
}

void SetPort(sockaddr* address, std::uint16_t port) {
  if (address->sa_family == AF_INET6) {
    reinterpret_cast<sockaddr_in6*>(address)->sin6_port = htons(port);
  } else {
    reinterpret_cast<sockaddr_in*>(address)->sin_port = htons(port);
  }
}

std::uint16_t PortOf(int socket) {
  sockaddr_storage address{};
  socklen_t length = sizeof address;
  getsockname(socket, reinterpret_cast<sockaddr*>(&address), &length);
  return address.ss_family == AF_INET6
             ? ntohs(reinterpret_cast<const sockaddr_in6*>(&address)->sin6_port)
             : ntohs(reinterpret_cast<const sockaddr_in*>(&address)->sin_port);
}

/// Invalid, with errno set, if it cannot.
OwnedDescriptor ListenOn(const addrinfo& address, bool alone) {
  OwnedDescriptor listening(
      ::socket(address.ai_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
  if (!listening.valid()) return listening;
  const int on = 1;
  // Accepted sockets inherit TCP_NODELAY.
  setsockopt(listening.get(), SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  setsockopt(listening.get(), IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  if (address.ai_family == AF_INET6) {
    // Beside an IPv4 socket on the same port, the IPv6 one must keep to itself.
    const int only_ipv6 = alone ? 0 : 1;
    setsockopt(listening.get(), IPPROTO_IPV6, IPV6_V6ONLY, &only_ipv6, sizeof only_ipv6);
  }
  if (::bind(listening.get(), address.ai_addr, address.ai_addrlen) != 0) return OwnedDescriptor();
  if (::listen(listening.get(), kBacklog) != 0) return OwnedDescriptor();
  return listening;
}

/// "localhost" stands for ::1 even where the machine has no IPv6.
bool IsAbsentFamily(int error) {
  return error == EADDRNOTAVAIL || error == EAFNOSUPPORT;
}

/// The next one may still be accepted, as opposed to when descriptors or memory have run out. Linux
/// hands network errors of a new connection to accept.
bool IsOfOneConnection(int error) {
  switch (error) {
    case EINTR:
    case ECONNABORTED:
    case EPERM:
    case EPROTO:
    case ENETDOWN:
    case EHOSTDOWN:
    case EHOSTUNREACH:
    case ENETUNREACH:
      return true;
    default:
      return false;
  }
}

}  // namespace

OwnedDescriptor::~OwnedDescriptor() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

OwnedDescriptor::OwnedDescriptor(OwnedDescriptor&& other) noexcept : descriptor_(other.Release()) {}

OwnedDescriptor& OwnedDescriptor::operator=(OwnedDescriptor&& other) noexcept {
  if (this != &other) {
    if (descriptor_ >= 0) ::close(descriptor_);
    descriptor_ = other.Release();
  }
  return *this;
}

int OwnedDescriptor::Release() {
  return std::exchange(descriptor_, -1);
}

base::Result<std::unique_ptr<Acceptor>> Acceptor::Listen(const config::HostPort& where) {
  auto addresses = Resolve(where);
  if (!addresses) return std::move(addresses).failure();
  std::unique_ptr<Acceptor> acceptor(new Acceptor);
  acceptor->port_ = where.port;
  const bool alone = addresses->get()->ai_next == nullptr;
  std::string why = "there is no such address";
  for (addrinfo* address = addresses->get(); address != nullptr; address = address->ai_next) {
    // Where any port will do, all addresses get the one that the first was given.
    SetPort(address->ai_addr, acceptor->port_);
    OwnedDescriptor listening = ListenOn(*address, alone);
    if (!listening.valid()) {
      why = ErrnoText();
      if (IsAbsentFamily(errno)) continue;
      return ListenFailure(where, why);
    }
    acceptor->port_ = PortOf(listening.get());
    acceptor->listening_.push_back(std::move(listening));
  }
  if (acceptor->listening_.empty()) return ListenFailure(where, why);
  acceptor->stop_event_ = OwnedDescriptor(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK));
  if (!acceptor->stop_event_.valid()) return ListenFailure(where, ErrnoText());
  return acceptor;
}

Acceptor::~Acceptor() {
  Stop();
}

void Acceptor::Start(Callbacks callbacks) {
  callbacks_ = std::move(callbacks);
  thread_ = std::thread([this] { Run(); });
}

void Acceptor::Stop(std::chrono::milliseconds last_handshakes) {
  if (thread_.joinable()) {
    last_handshakes_ = last_handshakes;
    const std::uint64_t one = 1;
    [[maybe_unused]] const ssize_t written = ::write(stop_event_.get(), &one, sizeof one);
    thread_.join();
  }
  listening_.clear();
}

void Acceptor::Run() {
  std::vector<pollfd> waiting{{stop_event_.get(), POLLIN, 0}};
  for (const OwnedDescriptor& listening : listening_) {
    waiting.push_back({listening.get(), POLLIN, 0});
  }
  bool stopping = false;
  while (!stopping) {
    // Starved, it waits for the stop alone: the listening sockets would be ready all the time.
    const nfds_t count = starved_ ? 1 : waiting.size();
    ::poll(waiting.data(), count, starved_ ? kStarvedMilliseconds : -1);
    stopping = waiting.front().revents != 0;
    starved_ = false;
    for (const OwnedDescriptor& listening : listening_) AcceptAll(listening.get());
  }
  AcceptLast();
}

/// Closing a listening socket resets the connections that wait at it. So no new ones are let in
/// there before the last of those is accepted.
void Acceptor::AcceptLast() {
  using std::chrono::milliseconds;
  using std::chrono::steady_clock;
  std::vector<pollfd> waiting;
  for (const OwnedDescriptor& listening : listening_) {
    IgnoreNewHandshakes(listening.get());
    waiting.push_back({listening.get(), POLLIN, 0});
  }
  const auto end = steady_clock::now() + last_handshakes_;
  for (;;) {
    for (const OwnedDescriptor& listening : listening_) AcceptAll(listening.get());
    const auto left = std::chrono::ceil<milliseconds>(end - steady_clock::now());
    if (left <= milliseconds(0) || std::exchange(starved_, false)) return;
    ::poll(waiting.data(), waiting.size(), static_cast<int>(left.count()));
  }
}

void Acceptor::AcceptAll(int listening) {
  for (;;) {
    if (!callbacks_.has_room()) {
      starved_ = true;
      return;
    }
    sockaddr_storage peer{};
    socklen_t length = sizeof peer;
    OwnedDescriptor socket(::accept4(listening, reinterpret_cast<sockaddr*>(&peer), &length,
                                     SOCK_NONBLOCK | SOCK_CLOEXEC));
    if (socket.valid()) {
      callbacks_.accepted(std::move(socket), peer);
      continue;
    }
    if (errno == EAGAIN) return;
    if (IsOfOneConnection(errno)) continue;
    starved_ = true;
    return;
  }
}

}  // namespace bookgate::http
