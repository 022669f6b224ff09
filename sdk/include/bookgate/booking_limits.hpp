/// \file bookgate/booking_limits.hpp
/// How large a booking's values may be.
#pragma once

#include <cstddef>
#include <cstdint>

/// The largest values that the gateway takes; schemas/booking-event.json has the same. Texts are
/// counted in bytes of UTF-8.
namespace bookgate::limits {

/// Of all three ids.
inline constexpr std::size_t kIdBytes = 190;
inline constexpr std::size_t kSourceBytes = 64;
/// Of the customer and of the host.
inline constexpr std::size_t kEmailBytes = 320;
/// Of customer, host, referrer and appointment type.
inline constexpr std::size_t kNameBytes = 255;
inline constexpr std::size_t kPhoneBytes = 64;
inline constexpr std::size_t kTimeZoneBytes = 64;
inline constexpr std::size_t kLocationBytes = 1024;
inline constexpr std::size_t kCancelReasonBytes = 4000;
inline constexpr std::size_t kNotesBytes = 65'000;
inline constexpr std::size_t kMaxAnswers = 100;
inline constexpr std::size_t kQuestionBytes = 1000;
inline constexpr std::size_t kAnswerBytes = 10'000;
/// Ten days.
inline constexpr std::int64_t kMaxMinutes = 14'400;

}  // namespace bookgate::limits
