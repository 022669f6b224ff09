/// \file message.hpp
/// Requests and answers as plain data. Nothing of Pistache is in it, so every other room may use
/// it.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.hpp"
#include "base/unique_function.hpp"
#include "model/delivery.hpp"

namespace bookgate::http {

/// One request, strictly framed: the body is whole, header names are lower-case ASCII, and no two
/// readers of it could disagree where it ends.
struct Request {
  std::string method;
  std::string path;                   ///< Percent-encoded as sent, without the query.
  std::string target;                 ///< Path and query as sent. May hold a secret.
  std::vector<model::Field> query;    ///< Decoded, in order, repeated names repeated.
  std::vector<model::Field> headers;  ///< In order, repeated names repeated.
  std::string body;
  std::string remote_address;   ///< Of the peer, or what a trusted proxy says of the client.
  std::string id;               ///< Sent back as X-Request-Id.
  base::Instant received_at{};  ///< When its first byte came.

  /// The first header of that lower-case name, or nullopt.
  std::optional<std::string_view> Header(std::string_view name) const;
  /// The first query parameter of that name, or nullopt.
  std::optional<std::string_view> Query(std::string_view name) const;
};

/// What to send back. The http room adds X-Request-Id, Content-Length, Connection and Date.
struct Answer {
  int status = 200;
  std::string content_type = "application/json; charset=utf-8";
  std::string body;
  std::vector<model::Field> headers;
};

/// Sends the answer to one request. Call it exactly once, from any thread; dropped uncalled, it
/// answers 500 itself, so that no sender hangs for a bug of ours.
using Responder = base::UniqueFunction<void(Answer)>;

/// What a listener does with a request. Called on the reactor's thread: it must not block.
using RequestHandler = std::function<void(Request, Responder)>;

}  // namespace bookgate::http
