#include "http/request_id.hpp"

#include <sodium/randombytes.h>

#include <algorithm>

#include "http/grammar.hpp"

namespace bookgate::http {
namespace {

constexpr std::size_t kMaxSentId = 64;

/// What neither a log line nor a header nor a shell could take for anything else.
bool IsSane(std::string_view id) {
  return !id.empty() && id.size() <= kMaxSentId && std::all_of(id.begin(), id.end(), [](char c) {
    return IsDigit(c) || IsAlpha(c) || c == '-' || c == '_' || c == '.';
  });
}

/// The finalizer of SplitMix64: consecutive counters come out without a visible pattern.
std::uint64_t Mix(std::uint64_t value) {
  value = (value ^ (value >> 30)) * 0xbf58476d1ce4e5b9u;
  value = (value ^ (value >> 27)) * 0x94d049bb133111ebu;
  return value ^ (value >> 31);
}

}  // namespace

RequestIds::RequestIds() {
  randombytes_buf(&state_, sizeof state_);
}

std::string RequestIds::Choose(std::optional<std::string_view> sent) {
  if (sent && IsSane(*sent)) return std::string(*sent);
  std::uint64_t value = Mix(++state_);
  std::string id(16, '0');
  for (auto digit = id.rbegin(); digit != id.rend(); ++digit, value >>= 4) {
    *digit = "0123456789abcdef"[value & 0xf];
  }
  return id;
}

}  // namespace bookgate::http
