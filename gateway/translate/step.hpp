/// \file step.hpp
/// One step of a translator as plain data: what goes in, what was decided. The same for a plugin in
/// this process and for one in a sandboxed child.
#pragma once

#include <bookgate/json.hpp>

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "model/delivery.hpp"

namespace bookgate::translate {

/// The reply to a look-up, as a translator gets to see it.
struct LookupReply {
  std::uint32_t outcome = 0;  ///< BKG_LOOKUP_...
  std::string id;
  std::string content_type;
  std::string body;
  std::uint32_t http_status = 0;
};

/// Views into what the caller owns; valid while the step runs.
struct StepInput {
  std::int64_t received_at_ms = 0;
  std::string_view body;
  std::string_view content_type;
  const std::vector<model::Field>* headers =
      nullptr;  ///< All that may be shown; the runner filters.
  const std::vector<model::Field>* query = nullptr;
  std::string_view operation = "translate";
  std::string_view parameters = "{}";
  std::string_view config;  ///< Instead of the plugin's own, if not empty; valid by its schema.
  const std::vector<LookupReply>* replies = nullptr;  ///< nullptr: none yet.
  unsigned lookup_rounds = 0;  ///< How often look-ups were made for this delivery already.
};

/// Events as objects of schemas/booking-event.json, not yet checked: booking/event_reader.hpp does
/// that. They point into StepOutcome::document.
struct Bookings {
  std::vector<json::Value> events;
  std::string next_cursor;
};

struct Ignore {
  std::string reason;
};

struct Reject {
  std::vector<model::Problem> problems;
};

enum class Method : std::uint8_t { kGet, kPost, kPut, kPatch, kDelete };

/// A request that the translator asks for.
struct Lookup {
  std::string id;
  std::string host;
  std::string path;
  std::map<std::string, std::string> query;
  bool required = false;
  Method method = Method::kGet;
  /// JSON as text, to be sent as application/json; "" for none. May hold the place of a signing key
  /// (signing_key.hpp).
  std::string body{};
  std::vector<model::Field> headers{};  ///< Of this request, beside the manifest's. No credential.
};

struct NeedLookups {
  std::vector<Lookup> lookups;
  std::vector<json::Value> events_so_far;  ///< As Bookings::events.
};

/// A webhook subscription at the provider.
struct Subscription {
  enum class State : std::uint8_t {
    kActive,
    kDisabled,  ///< The provider has switched it off.
    kMissing,
  };
  std::string id;
  State state = State::kActive;
  std::string url;  ///< "" where the provider does not tell.
  std::vector<std::string> events;
};

/// As translators, tables and the API have it.
inline std::string_view StateName(Subscription::State state) {
  if (state == Subscription::State::kActive) return "active";
  return state == Subscription::State::kDisabled ? "disabled" : "missing";
}

/// Where the signing key stands that the gateway has to seal.
struct SigningKeyAt {
  std::string lookup;  ///< The id of the reply that it is in; "": it is the credential's password.
  std::string pointer;
};

/// An operation that is neither translate nor list_bookings is finished.
struct Done {
  Subscription subscription;
  std::optional<SigningKeyAt> signing_key_at;
};

/// The translator is at fault: it failed, broke the contract, or passed a limit.
struct Failed {
  std::string reason;  ///< A stable token for metrics, such as "puts_not_json".
  std::string detail;  ///< For the operator's log.
};

using StepResult = std::variant<Bookings, Ignore, Reject, NeedLookups, Done, Failed>;

/// A step's result, with the document that it was read from and points into.
struct StepOutcome {
  StepResult result;
  std::shared_ptr<const json::Document> document;  ///< nullptr if the translator put no JSON.
  std::vector<std::string> notes;                  ///< For the log; bounded.
};

/// Runs the steps of one translator. Thread-safe.
class Runner {
 public:
  virtual ~Runner() = default;
  virtual StepOutcome Step(const StepInput& input) = 0;
};

}  // namespace bookgate::translate
