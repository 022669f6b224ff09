/// \file bookgate/normalized.hpp
/// Reads the normalized booking as people really send it: by hand, from no-code tools, from the
/// payload templates of calendar tools.
#pragma once

#include <bookgate/translator.hpp>

#include <functional>
#include <map>
#include <string>
#include <string_view>

namespace bookgate {

/// Where a tool with names of its own has what a booking is made of: names of
/// schemas/booking-event.json, each with an RFC 6901 pointer such as "/attendee/mail". Pointers
/// lead into the body as it was sent, forms as if they were JSON; in a list of bookings, into each
/// of them.
using FieldMapping = std::map<std::string, std::string, std::less<>>;

/// Translates a body of schemas/booking-event.json, with every alias and container that the booking
/// rules allow: JSON (one booking, a list, or either wrapped in a single member), forms and
/// multipart forms. The documented name of a member wins over its aliases, and among those the
/// order of the table in normalized/names.cpp decides.
///
/// Decides with Bookings, with Ignore{"ping"} for a test of the connection, or with a Reject that
/// names everything that is wrong with the body, since a person reads it. A time that cannot be
/// understood is a problem and never guessed; one without an offset is passed on without one.
///
/// What `mapping` leads to counts more than any name; where it leads to nothing, names count as
/// ever. Names in it that mean nothing are passed over.
///
/// `content_type` is a hint: JSON is taken as JSON whatever it is called. Never throws on bad
/// input. Any thread.
Decision TranslateNormalized(std::string_view body, std::string_view content_type,
                             const FieldMapping& mapping = {});

}  // namespace bookgate
