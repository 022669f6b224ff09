/// \file result_reader.hpp
/// Reads what a translator put (schemas/step-result.json). By hand, not with the schema: this is
/// done for every delivery, and most of the members are checked by whoever uses them anyway.
#pragma once

#include <cstddef>
#include <string_view>

#include "translate/step.hpp"

namespace bookgate::translate {

inline constexpr std::size_t kMaxResultBytes = 262'144;
inline constexpr std::size_t kMaxLookupsARound = 8;
inline constexpr std::size_t kMaxEvents = 200;
inline constexpr std::size_t kMaxNotes = 8;
inline constexpr std::size_t kMaxNoteBytes = 200;
inline constexpr std::size_t kMaxRequestBodyBytes = 65'536;

/// The decision, or Failed with one of: "result_too_large", "puts_not_json", "unknown_outcome",
/// "unexpected_outcome" (the operation does not end with it), "too_many_events",
/// "too_many_lookups", "invalid_result". Members that are not known are passed over; notes and
/// messages that are too long are cut.
StepOutcome ReadResult(std::string_view text, std::string_view operation = "translate");

}  // namespace bookgate::translate
