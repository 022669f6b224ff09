/// \file acceptor.hpp
/// Listening sockets and the thread that accepts from them. Pistache's own listener cannot stop
/// accepting without stopping to serve, and shakes TLS hands while others wait.
#pragma once

#include <sys/socket.h>

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "base/result.hpp"
#include "config/settings.hpp"

namespace bookgate::http {

/// A descriptor and the duty to close it.
class OwnedDescriptor {
 public:
  explicit OwnedDescriptor(int descriptor = -1) : descriptor_(descriptor) {}
  ~OwnedDescriptor();
  OwnedDescriptor(OwnedDescriptor&& other) noexcept;
  OwnedDescriptor& operator=(OwnedDescriptor&& other) noexcept;

  int get() const { return descriptor_; }
  bool valid() const { return descriptor_ >= 0; }
  int Release();

 private:
  int descriptor_;
};

/// Used from one thread; the callbacks come from its own.
class Acceptor {
 public:
  struct Callbacks {
    /// False: connections are left in the kernel's queue and asked about again soon.
    std::function<bool()> has_room;
    /// The socket is non-blocking, with TCP_NODELAY, and now the callback's.
    std::function<void(OwnedDescriptor socket, const sockaddr_storage& peer)> accepted;
  };

  /// Listens on every address that the host stands for. An IPv6 "any" takes IPv4, too.
  static base::Result<std::unique_ptr<Acceptor>> Listen(const config::HostPort& where);

  /// Stops.
  ~Acceptor();

  std::uint16_t port() const { return port_; }
  void Start(Callbacks callbacks);
  /// Accepts what the kernel has completed, and completes within `last_handshakes`, and closes the
  /// listening sockets. Whom it leaves out there the kernel resets, with whatever he has sent.
  void Stop(std::chrono::milliseconds last_handshakes = {});

 private:
  Acceptor() = default;
  void Run();
  void AcceptLast();
  void AcceptAll(int listening);

  std::vector<OwnedDescriptor> listening_;
  OwnedDescriptor stop_event_;
  std::uint16_t port_ = 0;
  Callbacks callbacks_;
  std::chrono::milliseconds last_handshakes_{};  ///< Set before the thread is told to stop.
  bool starved_ = false;  ///< No room, or no descriptors: try again soon. The thread's.
  std::thread thread_;
};

}  // namespace bookgate::http
