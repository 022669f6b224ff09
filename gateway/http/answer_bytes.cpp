#include "http/answer_bytes.hpp"

#include <algorithm>
#include <array>
#include <cstdio>
#include <ctime>

#include "http/grammar.hpp"

namespace bookgate::http {
namespace {

struct Status {
  int code;
  std::string_view reason;
};

constexpr Status kStatuses[] = {
    {200, "OK"},
    {201, "Created"},
    {202, "Accepted"},
    {204, "No Content"},
    {301, "Moved Permanently"},
    {302, "Found"},
    {303, "See Other"},
    {304, "Not Modified"},
    {307, "Temporary Redirect"},
    {308, "Permanent Redirect"},
    {400, "Bad Request"},
    {401, "Unauthorized"},
    {403, "Forbidden"},
    {404, "Not Found"},
    {405, "Method Not Allowed"},
    {408, "Request Timeout"},
    {409, "Conflict"},
    {413, "Content Too Large"},
    {414, "URI Too Long"},
    {415, "Unsupported Media Type"},
    {417, "Expectation Failed"},
    {422, "Unprocessable Content"},
    {429, "Too Many Requests"},
    {431, "Request Header Fields Too Large"},
    {500, "Internal Server Error"},
    {501, "Not Implemented"},
    {502, "Bad Gateway"},
    {503, "Service Unavailable"},
    {504, "Gateway Timeout"},
    {505, "HTTP Version Not Supported"},
};

/// RFC 9112 lets it be empty.
std::string_view ReasonPhrase(int code) {
  const auto found = std::find_if(std::begin(kStatuses), std::end(kStatuses),
                                  [code](const Status& status) { return status.code == code; });
  return found == std::end(kStatuses) ? std::string_view() : found->reason;
}

/// IMF-fixdate without the locale. Made once a second and thread: formatting it for each answer
/// would cost more than the rest of the header.
std::string_view DateNow() {
  thread_local std::time_t made_for = -1;
  thread_local std::string date;
  const std::time_t now = std::time(nullptr);
  if (now == made_for) return date;
  static constexpr const char* kDays[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  static constexpr const char* kMonths[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                            "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  std::tm utc{};
  gmtime_r(&now, &utc);
  std::array<char, 64> text{};
  std::snprintf(text.data(), text.size(), "%s, %02d %s %04d %02d:%02d:%02d GMT", kDays[utc.tm_wday],
                utc.tm_mday, kMonths[utc.tm_mon], utc.tm_year + 1900, utc.tm_hour, utc.tm_min,
                utc.tm_sec);
  date = text.data();
  made_for = now;
  return date;
}

bool IsFieldValue(std::string_view value) {
  return std::none_of(value.begin(), value.end(), [](char c) { return IsControl(c) && c != '\t'; });
}

bool IsOurs(std::string_view name) {
  static constexpr std::string_view kOurs[] = {
      "connection", "content-length", "date", "transfer-encoding", "content-type", "x-request-id"};
  return std::any_of(std::begin(kOurs), std::end(kOurs),
                     [name](std::string_view ours) { return EqualsIgnoringCase(name, ours); });
}

void AddField(std::string& bytes, std::string_view name, std::string_view value) {
  bytes.append(name).append(": ").append(value).append("\r\n");
}

/// 204 and 304 have no body, and 204 no length either (RFC 9110, section 8.6).
bool AllowsBody(int status) {
  return status != 204 && status != 304;
}

}  // namespace

std::string AnswerBytes(const Answer& answer, const AnswerContext& context) {
  const bool allows_body = AllowsBody(answer.status);
  const bool sends_body = allows_body && !context.without_body;
  std::string bytes;
  bytes.reserve(256 + 64 * answer.headers.size() + (sends_body ? answer.body.size() : 0));
  bytes.append("HTTP/1.1 ").append(std::to_string(answer.status)).append(" ");
  bytes.append(ReasonPhrase(answer.status)).append("\r\n");
  if (allows_body) {
    if (!answer.content_type.empty() && IsFieldValue(answer.content_type)) {
      AddField(bytes, "Content-Type", answer.content_type);
    }
    AddField(bytes, "Content-Length", std::to_string(answer.body.size()));
  }
  AddField(bytes, "X-Request-Id", context.request_id);
  AddField(bytes, "Date", DateNow());
  if (!context.keep_alive) AddField(bytes, "Connection", "close");
  for (const model::Field& field : answer.headers) {
    if (!IsToken(field.name) || IsOurs(field.name) || !IsFieldValue(field.value)) continue;
    AddField(bytes, field.name, field.value);
  }
  bytes.append("\r\n");
  if (sends_body) bytes.append(answer.body);
  return bytes;
}

std::string_view ContinueBytes() {
  return "HTTP/1.1 100 Continue\r\n\r\n";
}

}  // namespace bookgate::http
