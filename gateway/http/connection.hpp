/// \file connection.hpp
/// One client: what it may do when, and how it is let go.
#pragma once

#include <chrono>
#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "http/client_address.hpp"
#include "http/framing.hpp"
#include "http/mailbox.hpp"
#include "http/stream.hpp"

namespace bookgate::http {

class Connection;

/// What a connection asks of the reactor that it lives in.
class ConnectionHost {
 public:
  virtual ~ConnectionHost() = default;
  /// Have the request answered with Connection::OnAnswer, but not before this returns.
  virtual void Serve(const Connection& connection, FramedRequest framed) = 0;
  virtual std::string NewRequestId() = 0;
  /// Call OnEvent again soon, though the socket tells nothing new.
  virtual void ResumeLater(const Connection& connection) = 0;
  /// The server stops: no connection lives longer than it must.
  virtual bool draining() const = 0;
  /// Memory to read into; its content lasts until the next read of any connection.
  virtual std::span<char> read_buffer() = 0;
};

struct ConnectionRules {
  FramingLimits framing;
  std::chrono::milliseconds request_timeout{15'000};
  std::chrono::milliseconds idle_timeout{75'000};
};

/// Used on its reactor's thread only. Reads one request at a time: while it is answered, further
/// bytes wait in the kernel, so that a client that sends faster than it is answered slows down by
/// itself. The socket is the host's to close, once closed().
class Connection {
 public:
  using Time = std::chrono::steady_clock::time_point;

  /// `rules` and `host` outlive it.
  Connection(ConnectionId id, std::unique_ptr<Stream> stream, const ClientAddress& peer,
             const ConnectionRules& rules, ConnectionHost& host);

  /// The socket is edge-triggered: each change is told once.
  void OnEvent(bool readable, bool hung_up);
  /// The bytes of the answer to the request that was served last.
  void OnAnswer(std::string bytes, bool close);
  void OnTick(Time now);
  /// host.draining() has just become true.
  void OnDraining();

  ConnectionId id() const { return id_; }
  const ClientAddress& peer() const { return peer_; }
  const std::string& peer_text() const { return peer_text_; }
  bool closed() const { return phase_ == Phase::kClosed; }
  /// The host must tell when the socket is writable.
  bool wants_write() const { return wants_write_; }

 private:
  enum class Phase {
    kHandshake,
    kReading,
    kServing,    ///< The request is with the host.
    kSending,    ///< The answer is on its way.
    kLingering,  ///< All is said; what the client still sends is thrown away.
    kClosed,
  };

  void Advance();
  void ShakeHands();
  void ReadRequests();
  void GiveUpReading(Time now);
  bool ReadMore();
  void Discard();
  void Send(std::string_view bytes);
  void Flush();
  void Refuse(const Rejection& rejection);
  void AwaitRequest();
  void AnswerSent();
  void Linger();
  Stream::Transfer Read();
  bool SpendReadBudget(std::size_t bytes);
  void SetDeadline(std::chrono::milliseconds from_now);
  void Close() { phase_ = Phase::kClosed; }

  ConnectionId id_;
  std::unique_ptr<Stream> stream_;
  ClientAddress peer_;
  std::string peer_text_;
  const ConnectionRules& rules_;
  ConnectionHost& host_;

  Phase phase_ = Phase::kHandshake;
  Time deadline_;
  RequestFramer framer_;
  std::string output_;
  std::size_t output_sent_ = 0;
  std::size_t linger_left_ = 0;
  std::size_t read_budget_ = 0;
  bool can_read_ = false;
  bool wants_write_ = false;
  bool close_after_answer_ = false;
};

}  // namespace bookgate::http
