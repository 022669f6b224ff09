/// \file answers.hpp
/// The questions of a booking form in a generic body.
#pragma once

#include <bookgate/translator.hpp>

#include <vector>

#include "fields.hpp"

namespace bookgate::normalized {

/// Reads [{"question", "answer"}] and {"question": "answer"}. Unanswered questions are left out.
/// What is neither goes into `problems`.
std::vector<Answer> ReadAnswers(const Field& field, std::vector<Problem>& problems);

}  // namespace bookgate::normalized
