/// \file problem.hpp
/// Errors as RFC 9457 problem documents. Nothing in one may come from the sender's body, from SQL
/// or from an exception: the texts are for strangers.
#pragma once

#include <chrono>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "http/message.hpp"
#include "model/delivery.hpp"

namespace bookgate::http {

/// One problem document with the members that Bookgate adds to RFC 9457's.
struct ProblemDetails {
  int status = 500;
  std::string name;         ///< The last part of `type`, in snake_case: urn:bookgate:problem:NAME.
  std::string title;        ///< The same for every problem of that name.
  std::string detail;       ///< Of this one. Left out if empty.
  std::string delivery_id;  ///< Left out if empty.
  std::vector<model::Problem> errors;  ///< Left out if empty.
};

Answer ProblemAnswer(const ProblemDetails& problem);

/// As ProblemAnswer, of a problem that has no further members.
Answer Problem(int status, std::string_view name, std::string_view title, std::string_view detail);

Answer BadRequest(std::string_view detail);
/// One body for a missing, a wrong and an expired credential, so that no answer tells which it was.
Answer Unauthorized();
Answer Forbidden(std::string_view detail);
/// One body for every thing that is not there or not to be seen.
Answer NotFound();
/// `allow` is the header's value, such as "GET, HEAD".
Answer MethodNotAllowed(std::string_view allow);
Answer Conflict(std::string_view detail);
Answer UnsupportedMediaType(std::string_view detail);
Answer TooManyRequests(std::string_view detail, std::chrono::seconds retry_after);
Answer InternalError();
Answer Unavailable(std::string_view detail, std::chrono::seconds retry_after);

/// Of a request that HTTP itself forbids: 400, 408, 413, 414, 417, 431, 501 or 505.
Answer Malformed(int status, std::string_view detail);

/// The one table from failures to status codes. The sender's text becomes the detail.
Answer FailureAnswer(const base::Failure& failure);

}  // namespace bookgate::http
