/// \file raw_client.hpp
/// A client that sends what it is told, right or wrong, and sees what comes back byte by byte.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace bookgate::tests {

/// Far longer than anything takes: it only ends tests that would hang.
constexpr std::chrono::seconds kPatience{30};

/// One answer as it came.
struct RawAnswer {
  int status = 0;
  std::string head;  ///< Status line and header lines.
  std::string body;

  /// The value of that header, or nullopt. Names compare without case.
  std::optional<std::string> Header(std::string_view name) const;
};

/// Connects in the constructor; throws std::runtime_error where it cannot.
class RawClient {
 public:
  explicit RawClient(std::uint16_t port, const char* address = "127.0.0.1");
  ~RawClient();
  RawClient(const RawClient&) = delete;
  RawClient& operator=(const RawClient&) = delete;

  /// False if the server has closed or reset the connection.
  bool Send(std::string_view bytes);
  /// The next answer; nullopt if the connection ended before it was whole. `of_head` says that the
  /// answer is to HEAD, and has no body.
  std::optional<RawAnswer> ReadAnswer(bool of_head = false);
  /// All that comes until the server closes; nullopt if it resets the connection instead, or keeps
  /// it open for longer than kPatience.
  std::optional<std::string> ReadToEnd();
  /// The server has ended or reset the connection: there is no use in sending more.
  bool WasEnded() const;
  /// Nothing more will be sent; reading goes on.
  void ShutdownWrite();
  /// Closes with a reset instead of a proper end.
  void Reset();
  void Close();
  int socket() const { return socket_; }

 private:
  bool ReadSome();

  int socket_ = -1;
  std::string received_;
  bool was_reset_ = false;
};

}  // namespace bookgate::tests
