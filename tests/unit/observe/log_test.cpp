// The lines of the log: their form, whatever texts they hold, and when they are written.
#include <doctest/doctest.h>
#include <fcntl.h>
#include <poll.h>
#include <rapidjson/document.h>
#include <unistd.h>

#include <algorithm>
#include <sstream>
#include <thread>

#include "observe/delivery_log.hpp"
#include "observe/log.hpp"

namespace {

using namespace bookgate;
using config::LogFormat;
using config::LogLevel;
using observe::Log;
using observe::LogField;
using observe::LogRecord;

const base::Instant kTime{std::chrono::microseconds(1'800'000'000'045'999)};

base::Instant FixedTime() {
  return kTime;
}

std::string Json(std::string_view message, std::vector<LogField> fields = {}) {
  return observe::JsonLine({kTime, LogLevel::kInfo, "some_event", message, fields});
}

std::string Text(std::string_view message, std::vector<LogField> fields = {}) {
  return observe::TextLine({kTime, LogLevel::kWarn, "some_event", message, fields});
}

/// A pipe that a log writes into and a test reads from.
class Pipe {
 public:
  Pipe() {
    REQUIRE(pipe2(ends_, O_CLOEXEC) == 0);
    REQUIRE(fcntl(ends_[0], F_SETFL, O_NONBLOCK) == 0);
  }
  ~Pipe() {
    close(ends_[0]);
    close(ends_[1]);
  }
  int write_end() const { return ends_[1]; }

  /// All that is there now.
  std::string Read() {
    std::string text;
    char block[4096];
    for (;;) {
      const ssize_t size = read(ends_[0], block, sizeof(block));
      if (size <= 0) return text;
      text.append(block, static_cast<std::size_t>(size));
    }
  }

  /// Something is there, now or before the deadline.
  bool HasSomethingWithin(int milliseconds) {
    pollfd waited{ends_[0], POLLIN, 0};
    return poll(&waited, 1, milliseconds) == 1;
  }

 private:
  int ends_[2] = {-1, -1};
};

}  // namespace

TEST_CASE("a JSON line has time, level, event, message and the fields with their types") {
  const std::vector<std::string> notes = {"one", "two"};
  CHECK(Json("Something happened.", {{"text", "x"},
                                     {"number", -3},
                                     {"size", std::size_t{7}},
                                     {"share", 0.5},
                                     {"flag", true},
                                     {"notes", std::span<const std::string>(notes)}}) ==
        R"({"time":"2027-01-15T08:00:00.045Z","level":"info","event":"some_event",)"
        R"("message":"Something happened.","text":"x","number":-3,"size":7,"share":0.5,)"
        R"("flag":true,"notes":["one","two"]})");
  CHECK(Json("") == R"({"time":"2027-01-15T08:00:00.045Z","level":"info","event":"some_event"})");
}

TEST_CASE("a JSON line is one line of valid JSON, whatever it holds") {
  const std::string strange = std::string("a\"b\\c\n\r\t\0\x1b[31m {} %s \xC3\xA9 end", 27);
  const std::string no_utf8 = "x\xFF\xC3(y";
  const std::vector<std::string> notes = {strange, no_utf8};
  const std::string line = Json(strange, {{"strange", strange},
                                          {"no_utf8", no_utf8},
                                          {"infinite", 1.0 / 0.0},
                                          {"notes", std::span<const std::string>(notes)}});
  CHECK(line.find('\n') == std::string::npos);
  rapidjson::Document document;
  document.Parse<rapidjson::kParseValidateEncodingFlag>(line.data(), line.size());
  REQUIRE_FALSE(document.HasParseError());
  const auto text_of = [](const rapidjson::Value& value) {
    return std::string(value.GetString(), value.GetStringLength());
  };
  CHECK(text_of(document["message"]) == strange);
  CHECK(text_of(document["strange"]) == strange);
  CHECK(text_of(document["no_utf8"]) == "x?\?(y");
  CHECK(document["infinite"].IsNull());
  CHECK(text_of(document["notes"][1]) == "x?\?(y");
}

TEST_CASE("a text line is for people and cannot be steered") {
  const std::vector<std::string> notes = {"one", "two"};
  CHECK(Text("Something happened.", {{"org", "abc"}, {"n", 3}, {"ms", 1.25}, {"ok", false}}) ==
        "2027-01-15T08:00:00.045Z warn  some_event: Something happened. org=abc n=3 ms=1.25 "
        "ok=false");
  CHECK(Text("", {{"a", "x y"}, {"b", "say \"hi\" \\"}, {"c", ""}, {"d", "k=v"}}) ==
        "2027-01-15T08:00:00.045Z warn  some_event a=\"x y\" b=\"say \\\"hi\\\" \\\\\" c=\"\" "
        "d=\"k=v\"");
  CHECK(Text("a\nb", {{"c", "\x1b[31m"}, {"notes", std::span<const std::string>(notes)}}) ==
        "2027-01-15T08:00:00.045Z warn  some_event: a?b c=?[31m notes=\"one; two\"");
}

TEST_CASE("every level has its name") {
  for (const auto& [level, name] :
       std::vector<std::pair<LogLevel, std::string>>{{LogLevel::kDebug, "debug"},
                                                     {LogLevel::kInfo, "info"},
                                                     {LogLevel::kWarn, "warn"},
                                                     {LogLevel::kError, "error"}}) {
    CHECK(observe::LevelName(level) == name);
  }
}

TEST_CASE("records below the level are dropped, and the level can change") {
  Pipe pipe;
  {
    Log log({LogLevel::kWarn, LogFormat::kText}, pipe.write_end(), FixedTime);
    CHECK_FALSE(log.IsWritten(LogLevel::kInfo));
    log.Debug("one", "");
    log.Info("two", "");
    log.Warn("three", "");
    log.Error("four", "");
    log.SetLevel(LogLevel::kDebug);
    log.Debug("five", "{} {0} %s");
    log.SetLevel(LogLevel::kError);
    log.Warn("six", "");
  }
  CHECK(pipe.Read() ==
        "2027-01-15T08:00:00.045Z warn  three\n"
        "2027-01-15T08:00:00.045Z error four\n"
        "2027-01-15T08:00:00.045Z debug five: {} {0} %s\n");
}

TEST_CASE("a warning is written at once with what came before it") {
  Pipe pipe;
  Log log({LogLevel::kInfo, LogFormat::kText}, pipe.write_end(), FixedTime);
  log.Info("before", "");
  log.Warn("warning", "");
  const std::string text = pipe.Read();
  CHECK(text.find("before\n") != std::string::npos);
  CHECK(text.ends_with("warning\n"));
}

TEST_CASE("other lines come without being asked for, and at the latest at the end") {
  Pipe pipe;
  {
    Log log({LogLevel::kInfo, LogFormat::kJson}, pipe.write_end(), FixedTime);
    log.Info("alone", "");
    REQUIRE(pipe.HasSomethingWithin(10'000));
    CHECK(pipe.Read().find("\"alone\"") != std::string::npos);
    log.Info("last", "");
  }
  CHECK(pipe.Read().find("\"last\"") != std::string::npos);
}

TEST_CASE("Flush writes what was gathered") {
  Pipe pipe;
  Log log({LogLevel::kInfo, LogFormat::kJson}, pipe.write_end(), FixedTime);
  log.Info("one", "");
  log.Flush();
  CHECK(pipe.Read().find("\"one\"") != std::string::npos);
}

TEST_CASE("lines of many threads stay whole, and none is lost") {
  Pipe pipe;
  std::string text;
  constexpr int kThreads = 4, kEach = 500;
  // What others did to the descriptor, such as a terminal's other programs, must not cost lines.
  REQUIRE(fcntl(pipe.write_end(), F_SETFL, O_NONBLOCK) == 0);
  {
    Log log({LogLevel::kInfo, LogFormat::kJson}, pipe.write_end(), FixedTime);
    std::vector<std::jthread> threads;
    threads.reserve(kThreads);
    for (int i = 0; i < kThreads; ++i) {
      threads.emplace_back([&log, i] {
        for (int j = 0; j < kEach; ++j) log.Info("line", "text", {{"thread", i}, {"number", j}});
      });
    }
    // The pipe holds less than all of it: it must be emptied while they write.
    std::size_t lines = 0;
    while (lines < kThreads * kEach && pipe.HasSomethingWithin(10'000)) {
      const std::string more = pipe.Read();
      lines += static_cast<std::size_t>(std::count(more.begin(), more.end(), '\n'));
      text += more;
    }
  }
  std::istringstream stream(text + pipe.Read());
  int count = 0;
  for (std::string line; std::getline(stream, line); ++count) {
    rapidjson::Document document;
    REQUIRE_FALSE(document.Parse(line.c_str()).HasParseError());
  }
  CHECK(count == kThreads * kEach);
}

TEST_CASE("a delivery's line") {
  Pipe pipe;
  const std::vector<std::string> notes = {"an answer was cut"};
  {
    Log log({LogLevel::kInfo, LogFormat::kJson}, pipe.write_end(), FixedTime);
    observe::DeliveryLine line;
    line.delivery_id = "01970000-0000-7000-8000-000000000001";
    line.org = "abcdefgh12345678";
    line.provider = "calendly";
    line.outcome = "held";
    line.reason = "not_understood";
    line.status = 202;
    line.events = 0;
    line.body_bytes = 640;
    line.seconds = 0.0012345678;
    line.request_id = "r1";
    line.notes = notes;
    LogDelivery(log, line);
    line.reason = "";
    line.notes = {};
    line.outcome = "stored";
    line.events = 2;
    LogDelivery(log, line);
    log.SetLevel(LogLevel::kWarn);
    LogDelivery(log, line);
  }
  const std::string begin =
      R"({"time":"2027-01-15T08:00:00.045Z","level":"info","event":"delivery",)"
      R"("delivery_id":"01970000-0000-7000-8000-000000000001","org":"abcdefgh12345678",)"
      R"("provider":"calendly",)";
  CHECK(pipe.Read() == begin +
                           R"("outcome":"held","reason":"not_understood","status":202,"events":0,)"
                           R"("body_bytes":640,"milliseconds":1.235,"request_id":"r1",)"
                           R"("notes":["an answer was cut"]})"
                           "\n" +
                           begin +
                           R"("outcome":"stored","status":202,"events":2,"body_bytes":640,)"
                           R"("milliseconds":1.235,"request_id":"r1"})"
                           "\n");
}
