#include "observe/log_record.hpp"

#include <bookgate/text.hpp>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>

#include "base/json_writer.hpp"

namespace bookgate::observe {
namespace {

/// RFC 3339 in UTC, always with three digits of the second, so that lines sort as text.
std::string TimeText(base::Instant time) {
  const auto day = std::chrono::floor<std::chrono::days>(time);
  const std::chrono::year_month_day date(day);
  const std::chrono::hh_mm_ss clock(std::chrono::floor<std::chrono::milliseconds>(time - day));
  char text[48];
  const int size = std::snprintf(
      text, sizeof(text), "%04d-%02u-%02uT%02d:%02d:%02d.%03dZ", static_cast<int>(date.year()),
      static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
      static_cast<int>(clock.hours().count()), static_cast<int>(clock.minutes().count()),
      static_cast<int>(clock.seconds().count()), static_cast<int>(clock.subseconds().count()));
  return {text, static_cast<std::size_t>(size)};
}

bool IsControl(char c) {
  return static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
}

/// The text with every byte beyond ASCII replaced, if it is no UTF-8 as a whole.
std::string Utf8Of(std::string_view text) {
  std::string safe(text);
  if (!IsUtf8(text)) {
    std::replace_if(
        safe.begin(), safe.end(),
        [](char c) { return (static_cast<unsigned char>(c) & 0x80u) != 0; }, '?');
  }
  return safe;
}

void WriteText(base::JsonWriter& json, std::string_view text) {
  if (IsUtf8(text)) {
    json.Value(text);
  } else {
    json.Value(Utf8Of(text));
  }
}

/// One overload a type that a field may have.
struct WriteJson {
  base::JsonWriter& json;

  void operator()(std::string_view text) const { WriteText(json, text); }
  void operator()(std::int64_t number) const { json.Value(number); }
  void operator()(std::uint64_t number) const { json.Value(number); }
  void operator()(bool flag) const { json.Value(flag); }
  void operator()(double number) const {
    if (std::isfinite(number)) {
      json.Value(number);
    } else {
      json.Null();  // JSON has no infinities.
    }
  }
  void operator()(LogField::Texts texts) const {
    json.Array();
    for (const std::string& text : texts) WriteText(json, text);
    json.EndArray();
  }
};

std::string Printable(std::string_view text) {
  std::string printable = Utf8Of(text);
  std::replace_if(printable.begin(), printable.end(), IsControl, '?');
  return printable;
}

/// In quotes where a blank, a quote or nothing at all would make it unclear where the value ends.
std::string Quoted(std::string_view text) {
  std::string printable = Printable(text);
  if (!printable.empty() && printable.find_first_of(" \"=") == std::string::npos) return printable;
  std::string quoted = "\"";
  for (const char c : printable) {
    if (c == '"' || c == '\\') quoted += '\\';
    quoted += c;
  }
  return quoted + '"';
}

struct ValueText {
  std::string operator()(std::string_view text) const { return Quoted(text); }
  std::string operator()(std::int64_t number) const { return std::to_string(number); }
  std::string operator()(std::uint64_t number) const { return std::to_string(number); }
  std::string operator()(bool flag) const { return flag ? "true" : "false"; }
  std::string operator()(double number) const {
    char text[32];
    const int size = std::snprintf(text, sizeof(text), "%.6g", number);
    return {text, static_cast<std::size_t>(size)};
  }
  std::string operator()(LogField::Texts texts) const {
    std::string all;
    for (const std::string& text : texts) all += (all.empty() ? "" : "; ") + text;
    return Quoted(all);
  }
};

}  // namespace

std::string_view LevelName(config::LogLevel level) {
  switch (level) {
    case config::LogLevel::kDebug:
      return "debug";
    case config::LogLevel::kInfo:
      return "info";
    case config::LogLevel::kWarn:
      return "warn";
    case config::LogLevel::kError:
      return "error";
  }
  return "error";
}

std::string JsonLine(const LogRecord& record) {
  base::JsonWriter json;
  json.Object().Member("time", TimeText(record.time)).Member("level", LevelName(record.level));
  json.Key("event");
  WriteText(json, record.event);
  if (!record.message.empty()) {
    json.Key("message");
    WriteText(json, record.message);
  }
  for (const LogField& field : record.fields) {
    json.Key(field.name());
    std::visit(WriteJson{json}, field.value());
  }
  return json.EndObject().Text();
}

std::string TextLine(const LogRecord& record) {
  constexpr std::size_t kLevelWidth = 5;
  std::string level(LevelName(record.level));
  level.resize(kLevelWidth, ' ');
  std::string line = TimeText(record.time) + " " + level + " " + Printable(record.event);
  if (!record.message.empty()) line += ": " + Printable(record.message);
  for (const LogField& field : record.fields) {
    line += " " + Printable(field.name()) + "=" + std::visit(ValueText(), field.value());
  }
  return line;
}

}  // namespace bookgate::observe
