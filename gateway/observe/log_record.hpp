/// \file log_record.hpp
/// One thing worth logging, and the line that it becomes.
#pragma once

#include <concepts>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <variant>

#include "base/time.hpp"
#include "config/settings.hpp"

namespace bookgate::observe {

/// A named value. Points to what it was made of: make it in the call that logs it.
class LogField {
 public:
  using Texts = std::span<const std::string>;
  using Value = std::variant<std::string_view, std::int64_t, std::uint64_t, double, bool, Texts>;

  LogField(std::string_view name, std::string_view text) : name_(name), value_(text) {}
  LogField(std::string_view name, const std::string& text)
      : LogField(name, std::string_view(text)) {}
  // Without it, a literal would be taken for a bool.
  LogField(std::string_view name, const char* text) : LogField(name, std::string_view(text)) {}
  LogField(std::string_view name, Texts texts) : name_(name), value_(texts) {}
  LogField(std::string_view name, double number) : name_(name), value_(number) {}
  LogField(std::string_view name, bool flag) : name_(name), value_(flag) {}
  template <std::integral Integer>
  requires(!std::is_same_v<Integer, bool>) LogField(std::string_view name, Integer number)
      : name_(name), value_(Widened(number)) {}

  std::string_view name() const { return name_; }
  const Value& value() const { return value_; }

 private:
  template <class Integer>
  static Value Widened(Integer number) {
    if constexpr (std::is_signed_v<Integer>) {
      return static_cast<std::int64_t>(number);
    } else {
      return static_cast<std::uint64_t>(number);
    }
  }

  std::string_view name_;
  Value value_;
};

struct LogRecord {
  base::Instant time{};
  config::LogLevel level = config::LogLevel::kInfo;
  std::string_view event;    ///< A token that stays, for searching and alerting.
  std::string_view message;  ///< A sentence for people. May be empty.
  std::span<const LogField> fields;
};

/// "debug", "info", "warn", "error".
std::string_view LevelName(config::LogLevel level);

/// One JSON object: time (RFC 3339 in UTC, with milliseconds), level, event, message, then the
/// fields. Valid JSON whatever the texts hold: bytes that are no UTF-8 become "?". No line break.
std::string JsonLine(const LogRecord& record);

/// The same for people at a terminal: TIME LEVEL EVENT: MESSAGE NAME=VALUE... Control characters
/// become "?", so that nobody's text can steer a terminal or look like a line of its own.
std::string TextLine(const LogRecord& record);

}  // namespace bookgate::observe
