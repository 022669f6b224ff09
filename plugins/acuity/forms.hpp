/// \file forms.hpp
/// The intake forms of an appointment.
#pragma once

#include <bookgate/json.hpp>
#include <bookgate/translator.hpp>

#include <vector>

namespace bookgate::acuity {

/// The answered questions of all forms, in their order. An appointment type may have several forms;
/// the same question in two of them comes twice.
std::vector<Answer> ReadAnswers(json::Value forms);

}  // namespace bookgate::acuity
