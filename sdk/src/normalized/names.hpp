/// \file names.hpp
/// Which member of a booking a sender's name means. All that the translator knows of names is the
/// tables in names.cpp.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace bookgate::normalized {

/// What a name can mean. kCount is the number of the others.
enum class Member : std::uint8_t {
  kEmail,
  kName,
  kFirstName,
  kLastName,
  kPhone,
  kStart,
  kDate,  ///< A day beside a time of day.
  kEnd,
  kDuration,
  kType,
  kNotes,
  kExternalId,
  kPreviousId,
  kNextId,
  kSource,
  kAction,
  kOccurredAt,
  kSequence,
  kTimeZone,
  kLocation,
  kHostName,
  kHostEmail,
  kReferredBy,
  kCancelReason,
  kAnswers,
  // Hints at the action, of which there may be several.
  kEventName,
  kStatus,
  kCancelledFlag,
  kCancelledAt,
  kNoShowFlag,
  kCount
};

/// What the object that a name stands in is about.
enum class Context : std::uint8_t {
  kRoot,      ///< The body itself, or a wrapper such as "payload".
  kBooking,   ///< "appointment": its name is the service's, its id the booking's.
  kCustomer,  ///< "client", "lead", "attendees"
  kService,   ///< "service", "event_type"
  kHost,      ///< "organizer", "staff"
  kLocation,
  kCancellation,
};

/// What a name means in its context. Of several names that mean one member, the lowest rank wins.
struct Meaning {
  Member member;
  std::uint16_t rank;
  bool documented;      ///< It is the member's own name in schemas/booking-event.json.
  bool may_name_event;  ///< Its value may as well be the name of an event, such as
                        ///< "booking.created".
};

/// Lower case, without "_", "-" and blanks: "Customer_Email" is "customeremail".
std::string FoldName(std::string_view name);

/// nullopt for a name that means nothing there. `folded` is a FoldName.
std::optional<Meaning> MeaningOf(Context context, std::string_view folded);

/// The context of the object or list with that name; nullopt if nothing in it concerns a booking.
std::optional<Context> ContextOf(Context parent, std::string_view folded);

/// The name in schemas/booking-event.json of a member that has one, for people; else "".
std::string_view DocumentedName(Member member);

}  // namespace bookgate::normalized
