/// \file bookgate/normalized.hpp
/// Reads the normalized booking as people really send it: by hand, from no-code tools, from the
/// payload templates of calendar tools.
#pragma once

#include <bookgate/translator.hpp>

#include <string_view>

namespace bookgate {

/// Translates a body of schemas/booking-event.json, with every alias and container that the booking
/// rules allow: JSON (one booking, a list, or either wrapped in a single member), forms and
/// multipart forms. The documented name of a member wins over its aliases, and among those the
/// order of the table in normalized/names.cpp decides.
///
/// Decides with Bookings, with Ignore{"ping"} for a test of the connection, or with a Reject that
/// names everything that is wrong with the body, since a person reads it. A time that cannot be
/// understood is a problem and never guessed; one without an offset is passed on without one.
///
/// `content_type` is a hint: JSON is taken as JSON whatever it is called. Never throws on bad
/// input. Any thread.
Decision TranslateNormalized(std::string_view body, std::string_view content_type);

}  // namespace bookgate
