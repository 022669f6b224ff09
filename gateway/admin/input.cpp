#include "admin/input.hpp"

#include <bookgate/text.hpp>

#include <charconv>
#include <utility>

#include "http/problem.hpp"

namespace bookgate::admin {
namespace {

/// More than any of our objects has: strangers' names are not worth a long answer.
constexpr std::size_t kMaxProblems = 20;

/// A name of a member as a segment of a JSON pointer.
std::string Escaped(std::string_view member) {
  std::string escaped;
  for (const char c : member) {
    if (c == '~') {
      escaped += "~0";
    } else if (c == '/') {
      escaped += "~1";
    } else {
      escaped += c;
    }
  }
  return escaped;
}

}  // namespace

Input::Input(const http::Request& request) {
  if (request.body.empty()) return;
  document_ = json::Document::Parse(request.body);
  is_object_ = document_ && document_->root().is_object();
  if (is_object_) root_ = document_->root();
}

json::Value Input::Member(std::string_view member) {
  asked_.emplace(member);
  return root_[member];
}

std::string Input::Required(std::string_view member, std::size_t min, std::size_t max) {
  const json::Value value = Member(member);
  if (!value.has_value()) {
    Complain(member, "missing", "is required");
    return {};
  }
  const std::optional<std::string_view> text = value.RawString();
  if (!text) {
    Complain(member, "bad_type", "must be text");
  } else if (text->size() < min || text->size() > max) {
    Complain(member, "bad_length",
             "must have " + std::to_string(min) + " to " + std::to_string(max) + " bytes");
  } else {
    return std::string(*text);
  }
  return {};
}

std::optional<std::string> Input::Optional(std::string_view member, std::size_t max) {
  if (!Member(member).has_value()) return std::nullopt;
  return Required(member, 0, max);
}

std::int64_t Input::Integer(std::string_view member, std::int64_t min, std::int64_t max,
                            std::int64_t otherwise) {
  const json::Value value = Member(member);
  if (!value.has_value()) return otherwise;
  const std::optional<std::int64_t> number = value.is_number() ? value.Integer() : std::nullopt;
  if (number && *number >= min && *number <= max) return *number;
  Complain(member, "bad_number",
           "must be a whole number from " + std::to_string(min) + " to " + std::to_string(max));
  return otherwise;
}

bool Input::Flag(std::string_view member, bool otherwise) {
  const json::Value value = Member(member);
  if (!value.has_value()) return otherwise;
  if (value.is_bool()) return *value.Bool();
  Complain(member, "bad_type", "must be true or false");
  return otherwise;
}

void Input::Complain(std::string_view member, std::string code, std::string message) {
  if (problems_.size() >= kMaxProblems) return;
  problems_.push_back({"body", "/" + Escaped(member), std::move(code), std::move(message)});
}

void Input::ComplainOfUnknownMembers() {
  for (std::size_t i = 0; i < root_.size(); ++i) {
    const std::string_view name = root_.NameAt(i);
    if (!asked_.contains(name)) Complain(name, "unknown_member", "is not known here");
  }
}

std::optional<http::Answer> Input::Refusal() {
  if (!is_object_) return http::BadRequest("The body must be one JSON object.");
  ComplainOfUnknownMembers();
  if (problems_.empty()) return std::nullopt;
  http::ProblemDetails problem;
  problem.status = 422;
  problem.name = "invalid";
  problem.title = "The input cannot be used";
  problem.detail = "Some members are missing or wrong: see errors.";
  problem.errors = problems_;
  return http::ProblemAnswer(problem);
}

std::optional<std::int64_t> QueryInteger(const http::Request& request, std::string_view name,
                                         std::int64_t min, std::int64_t max,
                                         std::int64_t otherwise) {
  const std::optional<std::string_view> text = request.Query(name);
  if (!text) return otherwise;
  std::int64_t number = 0;
  const char* const end = text->data() + text->size();
  const auto [rest, error] = std::from_chars(text->data(), end, number);
  if (error != std::errc() || rest != end || number < min || number > max) return std::nullopt;
  return number;
}

}  // namespace bookgate::admin
