/// \file client_connection.hpp
/// One keep-alive connection of the load generator: a request out, its answer in.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace bookgate::bench {

struct Reply {
  int status = 0;         ///< 0: the connection broke before the answer was whole.
  std::string_view body;  ///< Valid until the next Send.
};

/// Not thread-safe. Its socket does not block.
class ClientConnection {
 public:
  /// Connects to 127.0.0.1. Throws std::system_error.
  explicit ClientConnection(std::uint16_t port);
  ~ClientConnection();
  ClientConnection(const ClientConnection&) = delete;
  ClientConnection& operator=(const ClientConnection&) = delete;

  int descriptor() const { return descriptor_; }

  /// Begins a request. Only after the reply to the one before it.
  void Send(std::string_view request);

  /// Goes on after the socket became readable or writable; the reply once it is whole.
  std::optional<Reply> Continue();

 private:
  void Flush();
  std::optional<Reply> Read();
  std::optional<Reply> TakeReply();

  int descriptor_ = -1;
  std::string out_;
  std::size_t sent_ = 0;
  std::string in_;
  std::size_t taken_ = 0;
  bool broken_ = false;
};

}  // namespace bookgate::bench
