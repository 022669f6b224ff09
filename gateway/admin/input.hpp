/// \file input.hpp
/// The JSON object that a request's body is, member by member, with everything that is wrong with
/// it told at once.
#pragma once

#include <bookgate/json.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "http/message.hpp"
#include "model/delivery.hpp"

namespace bookgate::admin {

/// Ask for every member that there is, then for Refusal.
class Input {
 public:
  /// An empty body is an empty object.
  explicit Input(const http::Request& request);

  /// Exactly as sent; "" after a complaint if it is missing, no text, shorter than `min` or longer
  /// than `max` bytes.
  std::string Required(std::string_view member, std::size_t min, std::size_t max);
  /// As Required, but may be left out or null.
  std::optional<std::string> Optional(std::string_view member, std::size_t max);
  /// A whole number in that range, or `otherwise` where it is left out.
  std::int64_t Integer(std::string_view member, std::int64_t min, std::int64_t max,
                       std::int64_t otherwise);
  /// The value itself, absent if it is left out: for members with members of their own.
  json::Value Member(std::string_view member);
  /// true or false, or `otherwise` where it is left out.
  bool Flag(std::string_view member, bool otherwise);

  void Complain(std::string_view member, std::string code, std::string message);

  /// The answer to a body that cannot be used; nullopt if nothing is wrong.
  std::optional<http::Answer> Refusal();

 private:
  void ComplainOfUnknownMembers();

  std::optional<json::Document> document_;
  json::Value root_;
  bool is_object_ = true;
  std::set<std::string, std::less<>> asked_;
  std::vector<model::Problem> problems_;
};

/// A whole number of the query, in that range; `otherwise` if there is none. nullopt if it is no
/// such number.
std::optional<std::int64_t> QueryInteger(const http::Request& request, std::string_view name,
                                         std::int64_t min, std::int64_t max,
                                         std::int64_t otherwise);

}  // namespace bookgate::admin
