/// \file form.hpp
/// Forms as JSON, so that everything behind needs to know one kind of body only.
#pragma once

#include <bookgate/translator.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace bookgate::normalized {

/// Names and values of a form, decoded, in the body's order.
using FormFields = std::vector<std::pair<std::string, std::string>>;

/// Begins as a form does, with a name and "=". Says nothing of the rest.
bool LooksLikeForm(std::string_view body);

/// The text fields of a multipart/form-data body; files are passed over. nullopt if the
/// Content-Type names no boundary or the body has no part that ends as it should.
std::optional<FormFields> ParseMultipart(std::string_view body, std::string_view content_type);

/// One JSON object. "a[b]" becomes a member b of an object a; "a[]", "a[0]" and a repeated "a"
/// become lists, which are conventions and no standard. A Reject for text that is no UTF-8 and for
/// more fields than any booking has.
std::variant<std::string, Reject> FormToJson(const FormFields& fields);

}  // namespace bookgate::normalized
