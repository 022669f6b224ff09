#include "http/framing.hpp"

#include <utility>

namespace bookgate::http {
namespace {

/// RFC 9112, section 2.2: some clients send an empty line behind a body.
constexpr std::size_t kMaxEmptyLines = 2;
/// A chunk's header, or the trailer section, must fit in that much.
constexpr std::size_t kMaxUnparsedBody = 16 * 1024;
/// An idle connection keeps no more memory than that.
constexpr std::size_t kKeptBuffer = 4 * 1024;

}  // namespace

RequestFramer::RequestFramer(const FramingLimits& limits)
    : limits_(limits), scanner_(limits.header) {}

void RequestFramer::Append(std::string_view bytes, base::Instant now) {
  if (idle()) first_byte_at_ = now;
  appended_at_ = now;
  DropConsumed();
  buffer_.append(bytes);
}

RequestFramer::Event RequestFramer::Next() {
  switch (phase_) {
    case Phase::kHeader:
      return ReadHeader();
    case Phase::kBody:
      return ReadBody();
    case Phase::kComplete:
      return Event::kRequest;
    case Phase::kRejected:
      break;
  }
  return Event::kRejected;
}

FramedRequest RequestFramer::Take() {
  FramedRequest framed = parser_->Take();
  framed.request.received_at = first_byte_at_;
  parser_.reset();
  scanner_ = HeaderScanner(limits_.header);
  phase_ = Phase::kHeader;
  empty_lines_ = 0;
  continue_told_ = false;
  first_byte_at_ = appended_at_;
  if (Pending().empty()) DropConsumed();
  return framed;
}

/// False if the last byte may be the first half of an empty line.
bool RequestFramer::SkipEmptyLines() {
  while (scanner_.position() == 0 && empty_lines_ < kMaxEmptyLines) {
    const std::string_view pending = Pending();
    if (pending == "\r") return false;
    if (pending.substr(0, 2) != "\r\n") return true;
    begin_ += 2;
    ++empty_lines_;
  }
  return true;
}

RequestFramer::Event RequestFramer::ReadHeader() {
  if (!SkipEmptyLines()) return Event::kNeedMore;
  for (;;) {
    const HeaderScanner::State state = scanner_.Scan(Pending());
    if (state == HeaderScanner::State::kNeedMore) return Event::kNeedMore;
    if (state == HeaderScanner::State::kRejected) return Reject(scanner_.rejection());
    const std::string_view section = Pending().substr(0, scanner_.position());
    if (state == HeaderScanner::State::kRequestLine) {
      // Parsed at once: who sends no request line is told so without waiting for an empty line.
      parser_.emplace(limits_).Put(section);
      if (parser_->rejected()) return Reject(parser_->rejection());
      request_line_bytes_ = section.size();
      continue;
    }
    parser_->Put(section.substr(request_line_bytes_));
    if (parser_->rejected()) return Reject(parser_->rejection());
    begin_ += section.size();
    phase_ = Phase::kBody;
    return ReadBody();
  }
}

RequestFramer::Event RequestFramer::ReadBody() {
  while (!parser_->complete() && !Pending().empty()) {
    const std::size_t used = parser_->Put(Pending());
    if (parser_->rejected()) return Reject(parser_->rejection());
    begin_ += used;
    if (used == 0) break;
  }
  if (parser_->complete()) {
    phase_ = Phase::kComplete;
    return Event::kRequest;
  }
  if (Pending().size() > kMaxUnparsedBody) {
    return Reject({400, "A chunk header or the trailer section is too long."});
  }
  if (parser_->wants_continue() && !std::exchange(continue_told_, true)) return Event::kContinue;
  return Event::kNeedMore;
}

RequestFramer::Event RequestFramer::Reject(const Rejection& rejection) {
  rejection_ = rejection;
  phase_ = Phase::kRejected;
  parser_.reset();
  buffer_.clear();
  begin_ = 0;
  return Event::kRejected;
}

void RequestFramer::DropConsumed() {
  buffer_.erase(0, begin_);
  begin_ = 0;
  if (buffer_.empty() && buffer_.capacity() > kKeptBuffer) std::string().swap(buffer_);
}

}  // namespace bookgate::http
