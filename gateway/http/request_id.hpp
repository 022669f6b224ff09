/// \file request_id.hpp
/// Ids by which a sender and the operator can speak of one request.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace bookgate::http {

/// Makes ids of 16 hex digits. They are unique but guessable, so they must never be a proof of
/// anything. Not thread-safe: one a reactor.
class RequestIds {
 public:
  RequestIds();
  /// The sender's own id if it is a sane one, or a new one.
  std::string Choose(std::optional<std::string_view> sent);

 private:
  std::uint64_t state_;
};

}  // namespace bookgate::http
