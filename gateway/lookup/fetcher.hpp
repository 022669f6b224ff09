/// \file fetcher.hpp
/// Requests to providers' APIs, as an interface, so that what makes them runs in a test without a
/// socket.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "auth/protected_text.hpp"
#include "base/unique_function.hpp"
#include "model/delivery.hpp"
#include "translate/step.hpp"

namespace bookgate::lookup {

/// An answer that is larger ends the request.
inline constexpr std::size_t kMaxAnswerBytes = 1u << 20;

/// One request.
struct FetchRequest {
  /// The provider. Requests of one wait for each other, never for those of another one.
  std::string lane;
  std::string url;
  translate::Method method = translate::Method::kGet;
  /// JSON, sent as application/json; "" for none. It may hold a signing key: never logged, and
  /// wiped once the request is over.
  std::string body;
  std::vector<model::Field> headers;  ///< Without any credential.
  auth::ProtectedText authorization;  ///< Value of the header Authorization; empty: none.
  /// The operator named this address himself (lookup_base_url): it may be a private one, and plain
  /// HTTP.
  bool address_is_ours = false;
  /// When the request has failed at the latest, whether it was sent by then or still waited.
  std::chrono::steady_clock::time_point deadline;
};

enum class FetchEnd : std::uint8_t {
  kAnswered,          ///< An answer came, whole, whatever its status.
  kUnreachable,       ///< There was no connection.
  kForbiddenAddress,  ///< The host's name leads to an address of a private network.
  kUntrusted,         ///< The connection could not be made secure.
  kBroken,            ///< The connection ended before the answer did.
  kLate,              ///< The deadline came first.
  kCrowded,           ///< Too many waited already. Said by whoever wanted to fetch.
  kTooLarge,          ///< More than kMaxAnswerBytes came.
  kStopped,           ///< The gateway stops.
};

struct FetchReply {
  FetchEnd end = FetchEnd::kUnreachable;
  // Of kAnswered only:
  unsigned status = 0;
  std::string content_type;
  std::string body;
  std::optional<std::chrono::seconds> retry_after;  ///< How long the API asks not to be asked.
};

inline FetchReply FailedReply(FetchEnd end) {
  FetchReply reply;
  reply.end = end;
  return reply;
}

/// Called on the fetcher's thread, exactly once; must not block.
using FetchDone = base::UniqueFunction<void(FetchReply)>;

/// Thread-safe.
class Fetcher {
 public:
  virtual ~Fetcher() = default;

  /// False, and nothing is called, if too many requests of that lane wait already or the fetcher
  /// has stopped.
  virtual bool Fetch(FetchRequest request, FetchDone done) = 0;
};

}  // namespace bookgate::lookup
