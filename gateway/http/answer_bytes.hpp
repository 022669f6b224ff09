/// \file answer_bytes.hpp
/// Answers as the bytes that go over the wire.
#pragma once

#include <string>
#include <string_view>

#include "http/message.hpp"

namespace bookgate::http {

/// What an answer's bytes depend on beside the answer.
struct AnswerContext {
  std::string request_id;
  bool keep_alive = false;
  bool without_body = false;  ///< Of HEAD: the length is told, the body is not sent.
};

/// The whole message. Headers of the answer that the http room sets itself, that have no proper
/// name or that hold control characters are left out: nothing in an Answer can end its header early
/// or begin another one. Thread-safe.
std::string AnswerBytes(const Answer& answer, const AnswerContext& context);

/// "HTTP/1.1 100 Continue" with the empty line.
std::string_view ContinueBytes();

}  // namespace bookgate::http
