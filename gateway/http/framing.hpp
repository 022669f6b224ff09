/// \file framing.hpp
/// Bytes of a connection in, requests out. Knows nothing of sockets.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "base/time.hpp"
#include "http/header_scanner.hpp"
#include "http/message_parser.hpp"

namespace bookgate::http {

/// Frames the requests of one connection, one after the other, with the same result however their
/// bytes are split. What comes behind a request is kept until that one was taken. Not thread-safe.
class RequestFramer {
 public:
  enum class Event {
    kNeedMore,  ///< Append more and ask again.
    kContinue,  ///< Once a request at most: its client waits for "100 Continue". Ask again.
    kRequest,   ///< One is whole: Take it.
    kRejected,  ///< For good: where the next request begins cannot be told. See rejection().
  };

  explicit RequestFramer(const FramingLimits& limits);

  void Append(std::string_view bytes, base::Instant now);
  Event Next();
  /// After kRequest.
  FramedRequest Take();

  const Rejection& rejection() const { return rejection_; }
  /// No byte of a request is here.
  bool idle() const { return phase_ == Phase::kHeader && Pending().empty(); }

 private:
  enum class Phase { kHeader, kBody, kComplete, kRejected };

  std::string_view Pending() const { return std::string_view(buffer_).substr(begin_); }
  bool SkipEmptyLines();
  Event ReadHeader();
  Event ReadBody();
  Event Reject(const Rejection& rejection);
  void DropConsumed();

  FramingLimits limits_;
  std::string buffer_;
  std::size_t begin_ = 0;  ///< What is before it in the buffer was read.
  Phase phase_ = Phase::kHeader;
  HeaderScanner scanner_;
  std::optional<MessageParser> parser_;  ///< From the request line on.
  std::size_t request_line_bytes_ = 0;
  std::size_t empty_lines_ = 0;
  bool continue_told_ = false;
  Rejection rejection_;
  base::Instant first_byte_at_{};
  base::Instant appended_at_{};
};

}  // namespace bookgate::http
