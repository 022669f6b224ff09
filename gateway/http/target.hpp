/// \file target.hpp
/// Request targets: path and query, and the percent-encoding in them.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/delivery.hpp"

namespace bookgate::http {

struct Target {
  std::string path;  ///< Percent-encoded as sent. "*" of an OPTIONS request.
  std::vector<model::Field> query;
  std::string as_sent;  ///< Path and query, to the byte.
};

/// Of a request line: origin-form, absolute-form (its scheme and authority are dropped) or "*".
/// nullopt for anything else, a fragment included.
std::optional<Target> ParseTarget(std::string_view target);

/// Pairs of application/x-www-form-urlencoded text, decoded: "+" is a space, and a "%" that no two
/// hex digits follow stays as it is, as browsers have it. Empty pairs are left out.
std::vector<model::Field> ParseQuery(std::string_view query);

/// One segment of a path ("+" is a plus there); nullopt if a "%" is not followed by two hex digits
/// or stands for a control character.
std::optional<std::string> DecodeSegment(std::string_view segment);

}  // namespace bookgate::http
