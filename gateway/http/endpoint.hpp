/// \file endpoint.hpp
/// A listener: takes connections, frames requests strictly and hands them to a handler as plain
/// data.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "config/settings.hpp"
#include "http/message.hpp"

namespace bookgate::http {

struct EndpointOptions {
  config::HostPort listen{"127.0.0.1", 0};
  unsigned threads = 1;
  std::size_t max_body_bytes = 262'144;
  /// From a request's first byte to its last; also how long a client may take no byte of an answer.
  std::chrono::milliseconds request_timeout{15'000};
  /// How long a connection may lie idle before, between and after requests.
  std::chrono::milliseconds idle_timeout{75'000};
  /// Beyond that many, new connections wait in the kernel's queue until others end.
  std::size_t max_connections = 16'384;
  std::optional<config::TlsFiles> tls;
  std::vector<config::AddressRange> trusted_proxies;
  /// Told of faults of ours that no sender hears of, such as a handler that throws. Texts for the
  /// operator; called on reactor threads.
  std::function<void(const std::string&)> report_fault;
};

/// Used from one thread, except for the handler (reactor threads) and the Responders (any thread).
/// A Responder may outlive the Endpoint; it then answers nobody.
class Endpoint {
 public:
  Endpoint(EndpointOptions options, RequestHandler handler);
  /// Stops.
  ~Endpoint();
  Endpoint(const Endpoint&) = delete;
  Endpoint& operator=(const Endpoint&) = delete;

  /// Listens and serves, or says why it cannot. Call it once.
  base::Status Start();

  /// What it listens on, also where the options said "any". 0 before Start.
  std::uint16_t port() const;

  /// Takes no new connections from now on, but those that the kernel has completed. What is
  /// connected is served on.
  void StopAccepting();

  /// Finishes what is being read and answered and closes every connection after its answer. Returns
  /// when the last one is closed or at the deadline, whichever is first; true if all were closed.
  bool Drain(std::chrono::steady_clock::time_point deadline);

  /// Closes everything at once. Call StopAccepting and Drain first to lose nothing.
  void Stop();

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace bookgate::http
