/// \file questions.hpp
/// The booking form: which questions mean something to a booking.
#pragma once

#include <bookgate/json.hpp>
#include <bookgate/translator.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace bookgate::calendly {

/// The answered questions of a payload in the form's order. Reads `questions_and_answers` and, as
/// API v1 and Zapier have it, `questions_and_responses`, a list or an object of "1_question" and
/// "1_response".
std::vector<Answer> ReadAnswers(json::Value payload);

/// The first answer to that question, whose text is compared without case, punctuation and
/// surrounding blanks. Case is that of ASCII. An empty question is never asked.
std::optional<std::string> AnswerTo(std::string_view question, const std::vector<Answer>& answers);

/// The first answer that is a telephone number, to a question that asks for the customer's own in
/// one of the languages that Calendly's booking page speaks. There is no other mark of such a
/// question: its wording is the account's own.
std::optional<std::string> PhoneAnswer(const std::vector<Answer>& answers);

}  // namespace bookgate::calendly
