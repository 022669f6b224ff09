#include "observe/descriptor_sink.hpp"

#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

#include <cerrno>
#include <string_view>

namespace bookgate::observe {
namespace {

/// Beyond that much, lines are written without waiting for the next flush.
constexpr std::size_t kMaxGathered = 64 * 1024;

/// Waits until a descriptor that somebody made non-blocking takes bytes again.
void WaitUntilWritable(int descriptor) {
  pollfd waited{descriptor, POLLOUT, 0};
  poll(&waited, 1, -1);
}

void WriteAll(int descriptor, std::string_view text) {
  while (!text.empty()) {
    const ssize_t written = write(descriptor, text.data(), text.size());
    if (written >= 0) {
      text.remove_prefix(static_cast<std::size_t>(written));
    } else if (errno == EAGAIN) {
      WaitUntilWritable(descriptor);
    } else if (errno != EINTR) {
      return;
    }
  }
}

}  // namespace

DescriptorSink::DescriptorSink(int descriptor)
    : descriptor_(fcntl(descriptor, F_DUPFD_CLOEXEC, STDERR_FILENO + 1)) {}

DescriptorSink::~DescriptorSink() {
  flush_();
  if (descriptor_ >= 0) close(descriptor_);
}

void DescriptorSink::sink_it_(const spdlog::details::log_msg& message) {
  gathered_.append(message.payload.data(), message.payload.size());
  gathered_ += '\n';
  if (gathered_.size() >= kMaxGathered) flush_();
}

void DescriptorSink::flush_() {
  WriteAll(descriptor_, gathered_);
  gathered_.clear();
}

}  // namespace bookgate::observe
