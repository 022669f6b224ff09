/// \file message_parser.hpp
/// Boost.Beast's HTTP/1 grammar, filling our Request, with what RFC 9112 asks beyond grammar on
/// top: Host, the one length of a body, expectations.
#pragma once

#include <boost/beast/http/basic_parser.hpp>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "http/header_scanner.hpp"
#include "http/message.hpp"

namespace bookgate::http {

struct FramingLimits {
  HeaderLimits header;
  std::size_t max_body_bytes = 262'144;
};

/// A request with what only its connection needs to know.
struct FramedRequest {
  Request request;
  bool keep_alive = false;  ///< The connection may serve another request after this one.
};

/// Parses one message; make a new one for the next. The header section must have passed a
/// HeaderScanner: Beast itself unfolds folded lines.
class MessageParser final : private boost::beast::http::basic_parser<true> {
 public:
  explicit MessageParser(const FramingLimits& limits);

  /// Parses what it can and returns how many bytes that were; the rest must come again with more
  /// behind it. Once rejected() it must not be called again.
  std::size_t Put(std::string_view bytes);

  bool complete() const { return is_done(); }
  bool rejected() const { return rejection_.status != 0; }
  const Rejection& rejection() const { return rejection_; }
  /// The client waits for "100 Continue" before it sends the body.
  bool wants_continue() const { return wants_continue_; }

  FramedRequest Take() { return std::move(framed_); }

 private:
  using Error = boost::beast::error_code;
  using Text = boost::beast::string_view;

  void on_request_impl(boost::beast::http::verb verb, Text method, Text target, int version,
                       Error& error) override;
  void on_response_impl(int status, Text reason, int version, Error& error) override;
  void on_field_impl(boost::beast::http::field field, Text name, Text value, Error& error) override;
  void on_header_impl(Error& error) override;
  void on_body_init_impl(const boost::optional<std::uint64_t>& length, Error& error) override;
  std::size_t on_body_impl(Text body, Error& error) override;
  void on_chunk_header_impl(std::uint64_t size, Text extensions, Error& error) override;
  std::size_t on_chunk_body_impl(std::uint64_t remaining, Text body, Error& error) override;
  void on_finish_impl(Error& error) override;

  void CheckField(boost::beast::http::field field, std::string_view value, Error& error);
  void CheckTransferEncoding(std::string_view value, Error& error);
  void Refuse(Error& error, int status, std::string_view detail);
  static Rejection RejectionOf(const Error& error, std::string_view bytes);

  std::size_t max_target_bytes_;
  FramedRequest framed_;
  Rejection rejection_;
  int version_ = 0;
  bool header_done_ = false;
  bool has_host_ = false;
  bool has_length_ = false;
  bool has_coding_ = false;
  bool expects_continue_ = false;
  bool wants_continue_ = false;
  std::size_t extension_bytes_ = 0;
  std::size_t trailers_ = 0;
};

}  // namespace bookgate::http
