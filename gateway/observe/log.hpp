/// \file log.hpp
/// The log: one line a record, to standard error.
#pragma once

#include <initializer_list>
#include <memory>
#include <span>
#include <string_view>

#include "base/time.hpp"
#include "config/settings.hpp"
#include "observe/log_record.hpp"

namespace bookgate::observe {

/// Thread-safe. Lines are gathered and written a tenth of a second later at most; a warning or an
/// error is written at once, with all that came before it.
///
/// Callers choose what a record holds: no personal data and no secret.
class Log {
 public:
  /// To standard error.
  explicit Log(const config::LogSettings& settings, base::Clock clock = base::SystemNow);
  /// To a file descriptor, which it duplicates.
  Log(const config::LogSettings& settings, int descriptor, base::Clock clock = base::SystemNow);
  /// Writes what was gathered.
  ~Log();
  Log(const Log&) = delete;
  Log& operator=(const Log&) = delete;

  void Write(config::LogLevel level, std::string_view event, std::string_view message,
             std::span<const LogField> fields);

  void Debug(std::string_view event, std::string_view message,
             std::initializer_list<LogField> fields = {});
  void Info(std::string_view event, std::string_view message,
            std::initializer_list<LogField> fields = {});
  void Warn(std::string_view event, std::string_view message,
            std::initializer_list<LogField> fields = {});
  void Error(std::string_view event, std::string_view message,
             std::initializer_list<LogField> fields = {});

  /// Records below that are dropped from now on.
  void SetLevel(config::LogLevel level);
  bool IsWritten(config::LogLevel level) const;

  void Flush();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace bookgate::observe
