/// \file bookgate/limits.hpp
/// Keeps a provider's long texts from costing the whole booking.
#pragma once

#include <bookgate/booking_limits.hpp>
#include <bookgate/translator.hpp>

#include <cstddef>
#include <string>
#include <string_view>

namespace bookgate {

/// At most `max_bytes` of the text, cut between two characters; a cut text ends in "…" if that
/// fits.
std::string ClipUtf8(std::string_view text, std::size_t max_bytes);

/// Cuts the texts of a booking to what schemas/booking-event.json allows, and the answers to the
/// first 100. The gateway refuses a booking whose texts are longer, which is right where a person
/// reads the refusal and wrong for a provider, which can do nothing about what a customer typed.
///
/// Leaves ids, and the customer's address and number, alone: one that is cut is another one. A
/// host's address that does not fit is left out.
void FitToLimits(Booking& booking);

}  // namespace bookgate
