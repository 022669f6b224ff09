#include "http/message_parser.hpp"

#include <algorithm>
#include <utility>

#include "http/grammar.hpp"
#include "http/target.hpp"

namespace bookgate::http {
namespace {

namespace beast = boost::beast::http;

/// A body grows as it comes: memory is not set aside for what a client only announces.
constexpr std::uint64_t kReservedBody = 16 * 1024;
/// Chunk extensions mean nothing to us; nobody needs many of them.
constexpr std::size_t kMaxExtensionBytes = 4 * 1024;
constexpr std::size_t kMaxTrailers = 100;

std::string_view View(boost::beast::string_view text) {
  return {text.data(), text.size()};
}

bool IsNumber(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), IsDigit);
}

bool IsHostCharacter(char c) {
  return IsDigit(c) || IsAlpha(c) ||
         std::string_view("-._~!$&'()*+;=%").find(c) != std::string::npos;
}

bool IsLiteralCharacter(char c) {
  return HexValue(c) >= 0 || c == ':' || c == '.';
}

/// uri-host [":" port]. A port out of range is let pass: nothing here reads it.
bool IsHost(std::string_view value) {
  std::string_view port;
  if (!value.empty() && value.front() == '[') {
    const std::size_t end = value.find(']');
    if (end == std::string_view::npos) return false;
    const std::string_view literal = value.substr(1, end - 1);
    if (!std::all_of(literal.begin(), literal.end(), IsLiteralCharacter)) return false;
    port = value.substr(end + 1);
  } else {
    const std::size_t colon = std::min(value.find(':'), value.size());
    const std::string_view host = value.substr(0, colon);
    if (!std::all_of(host.begin(), host.end(), IsHostCharacter)) return false;
    port = value.substr(colon);
  }
  if (port.empty()) return true;
  return port.front() == ':' && std::all_of(port.begin() + 1, port.end(), IsDigit);
}

/// Whether the line is right but for its version, as opposed to being no request line.
bool EndsWithVersion(std::string_view line) {
  if (std::count(line.begin(), line.end(), ' ') != 2) return false;
  constexpr std::string_view kPattern = " HTTP/d.d\r\n";
  if (line.size() < kPattern.size()) return false;
  line.remove_prefix(line.size() - kPattern.size());
  return std::equal(line.begin(), line.end(), kPattern.begin(),
                    [](char c, char p) { return p == 'd' ? IsDigit(c) : c == p; });
}

}  // namespace

MessageParser::MessageParser(const FramingLimits& limits)
    : max_target_bytes_(limits.header.max_target_bytes) {
  eager(true);
  body_limit(limits.max_body_bytes);
  // The HeaderScanner holds the limits; this one must not be met before them.
  header_limit(static_cast<std::uint32_t>(limits.header.max_target_bytes +
                                          limits.header.max_field_bytes + 1024));
}

std::size_t MessageParser::Put(std::string_view bytes) {
  Error error;
  const std::size_t used = put(boost::asio::const_buffer(bytes.data(), bytes.size()), error);
  if (error && error != beast::error::need_more && !rejected()) {
    rejection_ = RejectionOf(error, bytes);
  }
  return used;
}

Rejection MessageParser::RejectionOf(const Error& error, std::string_view bytes) {
  switch (static_cast<beast::error>(error.value())) {
    case beast::error::bad_method:
    case beast::error::bad_target:
      return {400, "The request line is malformed."};
    case beast::error::bad_version:
      if (EndsWithVersion(bytes)) return {505, "This server speaks HTTP/1.1 and HTTP/1.0."};
      return {400, "The request line is malformed."};
    case beast::error::bad_content_length:
      return {400, "Content-Length is not one plain number, or comes with Transfer-Encoding."};
    case beast::error::bad_transfer_encoding:
      return {400, "Transfer-Encoding comes twice, or with Content-Length."};
    case beast::error::body_limit:
      return {413, "The body is larger than this server reads."};
    case beast::error::bad_chunk:
    case beast::error::bad_chunk_extension:
      return {400, "The chunked body is malformed."};
    case beast::error::header_limit:
      return {431, "The trailer section is larger than this server reads."};
    default:
      return {400, "A header line is malformed."};
  }
}

void MessageParser::Refuse(Error& error, int status, std::string_view detail) {
  rejection_ = {status, detail};
  error = beast::error::bad_value;
}

void MessageParser::on_request_impl(beast::verb, Text method, Text target, int version,
                                    Error& error) {
  if (target.size() > max_target_bytes_) {
    return Refuse(error, 414, "The request target is longer than this server reads.");
  }
  auto parsed = ParseTarget(View(target));
  if (!parsed) return Refuse(error, 400, "The request target is malformed.");
  framed_.request.method = View(method);
  framed_.request.path = std::move(parsed->path);
  framed_.request.query = std::move(parsed->query);
  framed_.request.target = std::move(parsed->as_sent);
  version_ = version;
}

void MessageParser::on_response_impl(int, Text, int, Error&) {
  // Beast's interface has it for both kinds of message; a request parser never calls it.
}

void MessageParser::on_field_impl(beast::field field, Text name, Text value, Error& error) {
  if (header_done_) {
    // A trailer. It is dropped: merged into the headers, it could pose as one that was checked.
    if (++trailers_ > kMaxTrailers) Refuse(error, 431, "There are too many trailer fields.");
    return;
  }
  CheckField(field, View(value), error);
  if (!error) framed_.request.headers.push_back({LowerCase(View(name)), std::string(View(value))});
}

void MessageParser::CheckField(beast::field field, std::string_view value, Error& error) {
  switch (field) {
    case beast::field::host:
      if (std::exchange(has_host_, true)) return Refuse(error, 400, "Host comes twice.");
      if (!IsHost(value)) return Refuse(error, 400, "Host is malformed.");
      return;
    case beast::field::content_length:
      // Beast takes lists and repetitions of one number; other readers may not.
      if (std::exchange(has_length_, true) || !IsNumber(value)) {
        return Refuse(error, 400, "Content-Length is not one plain number.");
      }
      return;
    case beast::field::transfer_encoding:
      return CheckTransferEncoding(value, error);
    case beast::field::expect:
      if (!EqualsIgnoringCase(value, "100-continue")) {
        return Refuse(error, 417, "The only known expectation is 100-continue.");
      }
      expects_continue_ = true;
      return;
    default:
      return;
  }
}

void MessageParser::CheckTransferEncoding(std::string_view value, Error& error) {
  if (version_ < 11) return Refuse(error, 400, "HTTP/1.0 has no Transfer-Encoding.");
  if (std::exchange(has_coding_, true) || value.empty()) {
    return Refuse(error, 400, "Transfer-Encoding comes twice or is empty.");
  }
  if (EqualsIgnoringCase(value, "chunked")) return;
  while (!value.empty()) {
    const std::string_view coding = value.substr(0, value.find(','));
    value.remove_prefix(std::min(coding.size() + 1, value.size()));
    if (!EqualsIgnoringCase(Trim(coding), "chunked")) {
      return Refuse(error, 501, "The only known transfer coding is chunked.");
    }
  }
  Refuse(error, 400, "Transfer-Encoding names chunked twice.");
}

void MessageParser::on_header_impl(Error& error) {
  header_done_ = true;
  if (version_ >= 11 && !has_host_) return Refuse(error, 400, "Host is missing.");
  // HTTP/1.0 is closed after its answer whatever it asks: nobody who speaks it gains by more.
  framed_.keep_alive = version_ >= 11 && keep_alive();
  wants_continue_ = expects_continue_ && version_ >= 11;
}

void MessageParser::on_body_init_impl(const boost::optional<std::uint64_t>& length, Error&) {
  if (length) framed_.request.body.reserve(std::min(*length, kReservedBody));
}

std::size_t MessageParser::on_body_impl(Text body, Error&) {
  framed_.request.body.append(body.data(), body.size());
  return body.size();
}

void MessageParser::on_chunk_header_impl(std::uint64_t, Text extensions, Error& error) {
  extension_bytes_ += extensions.size();
  if (extension_bytes_ > kMaxExtensionBytes)
    Refuse(error, 400, "The chunk extensions are too long.");
}

std::size_t MessageParser::on_chunk_body_impl(std::uint64_t, Text body, Error&) {
  framed_.request.body.append(body.data(), body.size());
  return body.size();
}

void MessageParser::on_finish_impl(Error&) {
  // Nothing to do: complete() tells.
}

}  // namespace bookgate::http
