#include "http/header_scanner.hpp"

#include "http/grammar.hpp"

namespace bookgate::http {
namespace {

/// Room in a request line for what is not the target: the method, the version, spaces.
constexpr std::size_t kRestOfRequestLine = 64;

}  // namespace

HeaderScanner::HeaderScanner(const HeaderLimits& limits)
    : limits_(limits), end_limit_(limits.max_target_bytes + kRestOfRequestLine) {}

HeaderScanner::State HeaderScanner::Scan(std::string_view bytes) {
  State state = State::kNeedMore;
  while (position_ < bytes.size() && state == State::kNeedMore) {
    if (position_ >= end_limit_) return RejectSize();
    state = TakeByte(bytes[position_++]);
  }
  return state;
}

HeaderScanner::State HeaderScanner::TakeByte(char byte) {
  if (after_carriage_return_) {
    if (byte != '\n') return Reject(400, "A line ends with a bare carriage return.");
    after_carriage_return_ = false;
    return EndLine();
  }
  if (byte == '\r') {
    after_carriage_return_ = true;
    return State::kNeedMore;
  }
  if (byte == '\n') return Reject(400, "A line ends with a bare line feed.");
  const bool first_of_line = position_ == line_start_ + 1;
  if (first_of_line && (byte == ' ' || byte == '\t')) {
    return Reject(400, "A header line begins with white space.");
  }
  if (IsControl(byte) && (byte != '\t' || in_request_line_)) {
    return Reject(400, "There is a control character in the header section.");
  }
  return State::kNeedMore;
}

HeaderScanner::State HeaderScanner::EndLine() {
  const std::size_t length = position_ - line_start_ - 2;
  line_start_ = position_;
  if (in_request_line_) {
    in_request_line_ = false;
    end_limit_ = position_ + limits_.max_field_bytes;
    return State::kRequestLine;
  }
  if (length == 0) return State::kComplete;
  if (++fields_ > limits_.max_fields) return Reject(431, "There are too many header fields.");
  return State::kNeedMore;
}

HeaderScanner::State HeaderScanner::RejectSize() {
  if (in_request_line_) return Reject(414, "The request target is longer than this server reads.");
  return Reject(431, "The header section is larger than this server reads.");
}

HeaderScanner::State HeaderScanner::Reject(int status, std::string_view detail) {
  rejection_ = {status, detail};
  return State::kRejected;
}

}  // namespace bookgate::http
