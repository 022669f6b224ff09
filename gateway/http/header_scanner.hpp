/// \file header_scanner.hpp
/// The first look at a request's bytes, before anything gives them a meaning.
#pragma once

#include <cstddef>
#include <string_view>

namespace bookgate::http {

struct HeaderLimits {
  std::size_t max_target_bytes = 8 * 1024;
  std::size_t max_field_bytes = 16 * 1024;  ///< Of all header lines together.
  std::size_t max_fields = 100;
};

/// Why a request is turned away. The detail is a constant and says nothing of the request.
struct Rejection {
  int status = 0;
  std::string_view detail;
};

/// Finds where the header section ends and refuses what readers of HTTP take differently: bare CR
/// and LF, folded lines, control characters. Looks at each byte once, however they are split over
/// reads, so a request that can only become wrong is refused without waiting for its end.
class HeaderScanner {
 public:
  enum class State {
    kNeedMore,
    kRequestLine,  ///< Just ended: position() is behind its CRLF.
    kComplete,     ///< position() is behind the empty line.
    kRejected,
  };

  explicit HeaderScanner(const HeaderLimits& limits);

  /// `bytes` is all of the request so far and begins with its request line. Call it again with more
  /// bytes after kNeedMore, and with the same or more after kRequestLine.
  State Scan(std::string_view bytes);

  std::size_t position() const { return position_; }
  const Rejection& rejection() const { return rejection_; }

 private:
  State Reject(int status, std::string_view detail);
  State RejectSize();
  State EndLine();
  State TakeByte(char byte);

  HeaderLimits limits_;
  std::size_t position_ = 0;
  std::size_t line_start_ = 0;
  std::size_t end_limit_;  ///< What is being read, request line or fields, must end before.
  bool in_request_line_ = true;
  std::size_t fields_ = 0;
  bool after_carriage_return_ = false;
  Rejection rejection_;
};

}  // namespace bookgate::http
