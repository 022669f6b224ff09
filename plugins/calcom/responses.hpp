/// \file responses.hpp
/// The booking form as Cal.com passes it on.
#pragma once

#include <bookgate/json.hpp>
#include <bookgate/translator.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace bookgate::calcom {

/// What was answered in the field of that name: the `value` of `{label, value, isHidden}`, or the
/// plain value that some triggers and the API (`bookingFieldsResponses`) have in its place. Absent
/// where the field is hidden or left empty.
json::Value Response(json::Value booking, std::string_view field);

/// An answer as one text: lists joined by commas, yes and no for a box, the text of what was chosen
/// for an option, first and last name for a name.
std::optional<std::string> AnswerText(json::Value value);

/// The answers to the fields that the shop itself has put into the form, in the form's order.
std::vector<Answer> ReadAnswers(json::Value booking);

}  // namespace bookgate::calcom
