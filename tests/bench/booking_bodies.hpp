/// \file booking_bodies.hpp
/// Bookings to send: each number is another booking of another person.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace bookgate::bench {

enum class BodyKind : std::uint8_t { kNormalized, kCalendly };

/// Even numbers come as normalized JSON, odd ones as Calendly's webhook.
BodyKind KindOf(std::uint64_t booking);

std::string ExternalId(std::uint64_t booking);
std::string CustomerEmail(std::uint64_t booking);

/// A text with numbers of ten digits in it that can be changed in place, so that sending costs next
/// to nothing beside what is measured.
class NumberedText {
 public:
  /// Every run of ten `#` in `text` is a place for the number.
  explicit NumberedText(std::string text);

  /// The text with that number, at most ten digits; valid until the next call.
  std::string_view With(std::uint64_t number);

 private:
  std::string text_;
  std::vector<std::size_t> places_;
};

/// The body of a booking, with places for its number.
std::string BodyTemplate(BodyKind kind);

}  // namespace bookgate::bench
