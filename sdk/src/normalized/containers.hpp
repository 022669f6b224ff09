/// \file containers.hpp
/// Finds the bookings in what surrounds them: lists, wrappers, envelopes, forms, JSON in JSON.
#pragma once

#include <bookgate/json.hpp>
#include <bookgate/translator.hpp>

#include <deque>
#include <string_view>
#include <variant>
#include <vector>

#include "pointer.hpp"

namespace bookgate::normalized {

/// One booking of the body.
struct Item {
  json::Value object;  ///< Always an object.
  Pointer pointer;     ///< Where it stands.
  /// Where the pointers of a mapping begin: the body, or in a list of bookings the list's element.
  json::Value mapping_root{};
  Pointer mapping_pointer{};
};

/// A body taken apart. Owns what its items point at.
struct OpenedBody {
  std::deque<json::Document> documents;
  std::vector<Item> items;        ///< In the body's order.
  std::vector<Problem> problems;  ///< Of places where a booking should be; at least one if no item.
  /// The body was a form, in which a "+" that the sender forgot to escape arrives as a blank.
  bool lost_plus_signs = false;
};

/// A Reject for a body that is neither JSON nor a form.
std::variant<OpenedBody, Reject> OpenBody(std::string_view body, std::string_view content_type);

}  // namespace bookgate::normalized
