/// \file trigger.hpp
/// What Cal.com's trigger names mean to a booking.
#pragma once

#include <optional>
#include <string_view>

namespace bookgate::calcom {

enum class Meaning {
  kBooked,
  kRequested,  ///< Waits for the host's confirmation.
  kRescheduled,
  kCancelled,
  kUpdated,
  kNoShowMarked,  ///< Attendees were marked or unmarked; only their addresses and the ids are
                  ///< there.
  kGuestsAbsent,  ///< Nobody joined the video call of the host.
  kMeeting,       ///< A flat body with the whole booking as the database has it.
  kIgnored,
};

struct Trigger {
  std::string_view name;
  Meaning meaning;
  std::string_view reason;  ///< Why it is ignored, where it is or may be.
};

/// The names that are documented ("Webhooks", cal.com/docs) or occur in Cal.com's sources. A name
/// that is none of them gives a trigger to ignore: new ones appear with every other release.
Trigger TriggerOf(std::string_view name);

}  // namespace bookgate::calcom
