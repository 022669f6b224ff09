#include "http/problem.hpp"

#include <utility>

#include "base/json_writer.hpp"

namespace bookgate::http {
namespace {

/// For failures that pass by themselves and whose end nobody can tell.
constexpr std::chrono::seconds kRetryAfter{5};

void WriteErrors(base::JsonWriter& out, const std::vector<model::Problem>& errors) {
  out.Key("errors").Array();
  for (const model::Problem& error : errors) {
    out.Object()
        .Member("pointer", error.pointer)
        .Member("code", error.code)
        .Member("message", error.message)
        .EndObject();
  }
  out.EndArray();
}

Answer WithHeader(Answer answer, std::string name, std::string value) {
  answer.headers.push_back({std::move(name), std::move(value)});
  return answer;
}

Answer WithRetryAfter(Answer answer, std::chrono::seconds retry_after) {
  return WithHeader(std::move(answer), "Retry-After", std::to_string(retry_after.count()));
}

struct MalformedKind {
  int status;
  std::string_view name;
  std::string_view title;
};

constexpr MalformedKind kMalformedKinds[] = {
    {400, "bad_request", "Malformed HTTP request"},
    {408, "request_timeout", "The request took too long to arrive"},
    {413, "body_too_large", "The body is too large"},
    {414, "uri_too_long", "The request target is too long"},
    {417, "expectation_failed", "Unknown expectation"},
    {431, "headers_too_large", "The header fields are too large"},
    {501, "not_implemented", "Unknown transfer coding"},
    {505, "version_not_supported", "Unsupported HTTP version"},
};

}  // namespace

Answer ProblemAnswer(const ProblemDetails& problem) {
  base::JsonWriter out;
  out.Object()
      .Member("type", "urn:bookgate:problem:" + problem.name)
      .Member("title", problem.title)
      .Member("status", problem.status);
  if (!problem.detail.empty()) out.Member("detail", problem.detail);
  if (!problem.errors.empty()) WriteErrors(out, problem.errors);
  if (!problem.delivery_id.empty()) out.Member("delivery_id", problem.delivery_id);
  out.EndObject();

  Answer answer;
  answer.status = problem.status;
  answer.content_type = "application/problem+json; charset=utf-8";
  answer.body = out.Text();
  return answer;
}

Answer Problem(int status, std::string_view name, std::string_view title, std::string_view detail) {
  ProblemDetails problem;
  problem.status = status;
  problem.name = name;
  problem.title = title;
  problem.detail = detail;
  return ProblemAnswer(problem);
}

Answer BadRequest(std::string_view detail) {
  return Problem(400, "invalid_request", "The request cannot be used", detail);
}

Answer Unauthorized() {
  return WithHeader(
      Problem(401, "unauthorized", "Not authorized",
              "Send the webhook secret as a bearer token or as ?token=, or sign with the "
              "key that is set here."),
      "WWW-Authenticate", "Bearer");
}

Answer Forbidden(std::string_view detail) {
  return Problem(403, "forbidden", "Not allowed", detail);
}

Answer NotFound() {
  return Problem(404, "not_found", "Not found", "There is nothing here.");
}

Answer MethodNotAllowed(std::string_view allow) {
  return WithHeader(Problem(405, "method_not_allowed", "Method not allowed",
                            "The Allow header names the methods that this resource has."),
                    "Allow", std::string(allow));
}

Answer Conflict(std::string_view detail) {
  return Problem(409, "conflict", "Conflict", detail);
}

Answer UnsupportedMediaType(std::string_view detail) {
  return Problem(415, "unsupported_media_type", "Unsupported media type", detail);
}

Answer TooManyRequests(std::string_view detail, std::chrono::seconds retry_after) {
  return WithRetryAfter(Problem(429, "too_many_requests", "Too many requests", detail),
                        retry_after);
}

Answer InternalError() {
  return Problem(500, "internal_error", "Internal error",
                 "Something went wrong on our side. The request may be sent again.");
}

Answer Unavailable(std::string_view detail, std::chrono::seconds retry_after) {
  return WithRetryAfter(Problem(503, "unavailable", "Temporarily unavailable", detail),
                        retry_after);
}

Answer Malformed(int status, std::string_view detail) {
  for (const MalformedKind& kind : kMalformedKinds) {
    if (kind.status == status) return Problem(status, kind.name, kind.title, detail);
  }
  return Problem(400, kMalformedKinds[0].name, kMalformedKinds[0].title, detail);
}

Answer FailureAnswer(const base::Failure& failure) {
  switch (failure.code) {
    case base::Code::kInvalid:
      return Problem(422, "invalid", "The input cannot be used", failure.sender_text);
    case base::Code::kNotFound:
      return NotFound();
    case base::Code::kConflict:
      return Conflict(failure.sender_text);
    case base::Code::kUnavailable:
      return Unavailable(failure.sender_text, kRetryAfter);
    case base::Code::kProvider:
      return Problem(502, "provider_unavailable", "The provider does not answer",
                     failure.sender_text);
    case base::Code::kInternal:
      break;
  }
  return InternalError();
}

}  // namespace bookgate::http
