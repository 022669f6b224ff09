#include "observe/log.hpp"

#include <spdlog/logger.h>
#include <unistd.h>

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <stop_token>
#include <string>
#include <thread>
#include <utility>

#include "observe/descriptor_sink.hpp"

namespace bookgate::observe {
namespace {

using config::LogLevel;

constexpr std::chrono::milliseconds kFlushInterval{100};

spdlog::level::level_enum SpdlogLevel(LogLevel level) {
  switch (level) {
    case LogLevel::kDebug:
      return spdlog::level::debug;
    case LogLevel::kInfo:
      return spdlog::level::info;
    case LogLevel::kWarn:
      return spdlog::level::warn;
    case LogLevel::kError:
      return spdlog::level::err;
  }
  return spdlog::level::err;
}

}  // namespace

struct Log::Impl {
  Impl(const config::LogSettings& settings, int descriptor, base::Clock tells_time)
      : format(settings.format),
        clock(std::move(tells_time)),
        logger("bookgate", std::make_shared<DescriptorSink>(descriptor)) {
    logger.set_level(SpdlogLevel(settings.level));
    logger.flush_on(spdlog::level::warn);
    flusher = std::jthread([this](const std::stop_token& stop) { FlushUntil(stop); });
  }

  // spdlog's own flusher counts in whole seconds and is one for the whole process.
  void FlushUntil(const std::stop_token& stop) {
    std::mutex mutex;
    std::condition_variable_any stopped;
    std::unique_lock lock(mutex);
    while (!stop.stop_requested()) {
      stopped.wait_for(lock, stop, kFlushInterval, [] { return false; });
      logger.flush();
    }
  }

  const config::LogFormat format;
  const base::Clock clock;
  spdlog::logger logger;
  std::jthread flusher;  ///< Last, so that it ends first.
};

Log::Log(const config::LogSettings& settings, base::Clock clock)
    : Log(settings, STDERR_FILENO, std::move(clock)) {}

Log::Log(const config::LogSettings& settings, int descriptor, base::Clock clock)
    : impl_(std::make_unique<Impl>(settings, descriptor, std::move(clock))) {}

Log::~Log() = default;

void Log::Write(LogLevel level, std::string_view event, std::string_view message,
                std::span<const LogField> fields) {
  if (!IsWritten(level)) return;
  const LogRecord record{impl_->clock(), level, event, message, fields};
  const std::string line =
      impl_->format == config::LogFormat::kJson ? JsonLine(record) : TextLine(record);
  // A string_view, never a format: the line may hold braces.
  impl_->logger.log(SpdlogLevel(level), spdlog::string_view_t(line.data(), line.size()));
}

void Log::Debug(std::string_view event, std::string_view message,
                std::initializer_list<LogField> fields) {
  Write(LogLevel::kDebug, event, message, {fields.begin(), fields.size()});
}

void Log::Info(std::string_view event, std::string_view message,
               std::initializer_list<LogField> fields) {
  Write(LogLevel::kInfo, event, message, {fields.begin(), fields.size()});
}

void Log::Warn(std::string_view event, std::string_view message,
               std::initializer_list<LogField> fields) {
  Write(LogLevel::kWarn, event, message, {fields.begin(), fields.size()});
}

void Log::Error(std::string_view event, std::string_view message,
                std::initializer_list<LogField> fields) {
  Write(LogLevel::kError, event, message, {fields.begin(), fields.size()});
}

void Log::SetLevel(LogLevel level) {
  impl_->logger.set_level(SpdlogLevel(level));
}

bool Log::IsWritten(LogLevel level) const {
  return impl_->logger.should_log(SpdlogLevel(level));
}

void Log::Flush() {
  impl_->logger.flush();
}

}  // namespace bookgate::observe
