/// \file descriptor_sink.hpp
/// Where spdlog's lines go: a file descriptor, by way of a buffer.
#pragma once

#include <spdlog/sinks/base_sink.h>

#include <mutex>
#include <string>

namespace bookgate::observe {

/// Thread-safe. Writes whole lines, so that those of several processes on one descriptor do not mix
/// within a line as long as the system takes a write as a whole. Lines that cannot be written are
/// lost: there is nowhere left to say so.
class DescriptorSink final : public spdlog::sinks::base_sink<std::mutex> {
 public:
  /// Duplicates the descriptor.
  explicit DescriptorSink(int descriptor);
  ~DescriptorSink() override;

 protected:
  void sink_it_(const spdlog::details::log_msg& message) override;
  void flush_() override;

 private:
  int descriptor_;
  std::string gathered_;
};

}  // namespace bookgate::observe
