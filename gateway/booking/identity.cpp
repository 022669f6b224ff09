#include "booking/identity.hpp"

#include <sodium.h>
#include <bookgate/text.hpp>

#include <array>

namespace bookgate::booking {
namespace {

constexpr std::size_t kLongestKey = 160;  // Leaves room for a prefix and a number.

/// 128 bits are plenty against chance; who wants two of his own bookings to collide may have it.
std::string Fingerprint(std::initializer_list<std::string_view> parts) {
  std::string text;
  for (const std::string_view part : parts) {
    // The length in front keeps ("ab", "c") and ("a", "bc") apart.
    text += std::to_string(part.size());
    text += ':';
    text += part;
  }
  std::array<unsigned char, 16> hash;
  crypto_generichash(hash.data(), hash.size(), reinterpret_cast<const unsigned char*>(text.data()),
                     text.size(), nullptr, 0);
  std::array<char, 2 * hash.size() + 1> hex;
  sodium_bin2hex(hex.data(), hex.size(), hash.data(), hash.size());
  return {hex.data(), hex.size() - 1};
}

std::string NumberedFrom(std::string identity, std::size_t index) {
  return index == 0 ? std::move(identity) : identity + '#' + std::to_string(index);
}

/// The key that the sender repeats in every retry of one request: Idempotency-Key (the IETF draft
/// of that name), or webhook-id (Standard Webhooks), which Svix sends as svix-id.
std::string RequestKey(const model::Delivery& delivery) {
  for (const std::string_view name : {"idempotency-key", "webhook-id", "svix-id"}) {
    for (const model::Field& header : delivery.headers) {
      if (header.name != name) continue;
      const std::string_view key = Trim(header.value);
      if (key.empty()) continue;
      const bool fits = key.size() <= kLongestKey && IsUtf8(key);
      return fits ? "key:" + std::string(key) : "keyhash:" + Fingerprint({key});
    }
  }
  return {};
}

}  // namespace

std::string MakeIdentity(const model::BookingEvent& event, const model::Delivery& delivery,
                         std::size_t index) {
  std::string key = RequestKey(delivery);
  if (!key.empty()) return NumberedFrom(std::move(key), index);
  if (!event.start_time) return NumberedFrom("delivery:" + delivery.id.ToString(), index);
  const std::string& customer = event.email_key.empty() ? event.phone_key : event.email_key;
  const std::string start = std::to_string(event.start_time->time_since_epoch().count());
  return "fingerprint:" + Fingerprint({event.source, customer, start, event.appointment_type});
}

}  // namespace bookgate::booking
