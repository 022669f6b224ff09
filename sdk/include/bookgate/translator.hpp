/// \file bookgate/translator.hpp
/// Write a translator in C++20: a type with a manifest and a step function, and one macro.
///
///     struct Acme {
///       static constexpr std::string_view kManifest = bookgate_manifest::kText;
///       static bookgate::Decision Step(const bookgate::StepInput& input);
///     };
///     BKG_TRANSLATOR(Acme)
///
/// A thin layer over translator_abi.h, which is all that the gateway sees: a translator may be
/// built with any compiler and standard library. bookgate_add_translator() in CMake links what
/// else it needs.
///
/// Threads: Step may be called from any thread, and from several at once. Everything here is a
/// value; nothing is kept between calls.
#pragma once

#include <bookgate/translator_abi.h>

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace bookgate {

/// What the provider says happened to a booking.
enum class Action { kBooked, kRescheduled, kCancelled, kNoShow, kUpdated };

/// One question of the booking form with what the customer answered.
struct Answer {
  std::string question;
  std::string answer;
};

/// One normalized booking event: a member a field of schemas/booking-event.json, which has the
/// limits. Leave a member empty where the webhook does not say it; an empty string counts as
/// absent and is not sent on. Text is UTF-8.
struct Booking {
  Action action = Action::kBooked;

  /// The provider's id of the booking, at most 190 bytes. The same booking must have the same id in
  /// every webhook about it: it is what makes a retry harmless.
  std::optional<std::string> external_id;
  /// This booking replaces that one: the appointment keeps its row and takes the new id.
  std::optional<std::string> previous_external_id;
  /// With kCancelled: that one replaces this booking, so this is half of a reschedule.
  std::optional<std::string> next_external_id;
  /// With kCancelled: the provider marks this as half of a reschedule but does not say of which
  /// booking. It does not cancel.
  bool superseded = false;

  /// Of the customer. Required unless there is a phone, or the event is about a known booking.
  std::optional<std::string> customer_email;
  std::optional<std::string> customer_name;
  std::optional<std::string> customer_phone;

  /// RFC 3339. Without an offset it is meant in the shop's own time zone, which only the gateway
  /// knows. ParseTimestamp() in time.hpp makes one out of what providers send.
  std::optional<std::string> start_time;
  std::optional<std::string> end_time;
  /// 0 to 14400; or give end_time, from which the gateway computes it.
  std::optional<std::int64_t> duration_minutes;
  /// IANA name of the customer's zone, such as Europe/Lisbon.
  std::optional<std::string> time_zone;

  std::optional<std::string> appointment_type;
  std::optional<std::string> notes;
  std::optional<std::string> location;
  std::optional<std::string> host_name;
  std::optional<std::string> host_email;
  std::optional<std::string> referred_by;
  std::optional<std::string> cancel_reason;
  /// Only the generic translator leaves this free; the gateway takes the provider's id otherwise.
  std::optional<std::string> source;

  /// RFC 3339: when the provider says that it happened. Orders events of one booking.
  std::optional<std::string> occurred_at;
  /// The provider's version of the booking; orders events better than time where there is one.
  std::optional<std::int64_t> sequence;

  std::vector<Answer> answers;
};

/// What was understood: one or more bookings, in the order of the body.
struct Bookings {
  std::vector<Booking> events;  ///< At least one; list_bookings may find none.
  std::vector<std::string>
      notes{};  ///< For the operator's log, at most 8 of 200 bytes. No personal data.
  std::optional<std::string> next_cursor{};  ///< Of list_bookings: there is more.
};

/// A valid webhook that is no booking event, such as a ping or an event type not subscribed to.
struct Ignore {
  std::string
      reason;  ///< A stable token, [a-z0-9_.]{1,64}, such as "routing_form"; never personal data.
};

/// One thing that is wrong with a webhook, and where.
struct Problem {
  std::string pointer;  ///< RFC 6901 JSON pointer; "" for the whole. For a form, "/name".
  std::string code;     ///< A stable token, [a-z0-9_]{1,64}, such as "missing" or "bad_timestamp".
  std::string message;  ///< For a person. Must not quote values out of the body.
  std::string in =
      "body";  ///< Where the pointer leads: "body", "config", "parameters" or "lookup:<id>".
};

/// A webhook that cannot be translated.
struct Reject {
  std::vector<Problem> problems;  ///< At least one.
};

enum class Method { kGet, kPost, kPut, kPatch, kDelete };

/// Written as a whole JSON value into the body of a request of register_webhook, this becomes a
/// fresh signing key as the gateway sends it. The gateway seals that key once the operation is
/// done; the translator never sees it.
inline constexpr std::string_view kSigningKeyPlaceholder = "${signing_key}";

/// A request that the gateway should make with its own credentials.
///
/// translate and list_bookings may only read: kGet, and kPost to a path that the manifest lists as
/// a search. They may be sent again where no answer came. The other operations may change things;
/// each of their requests that is no kGet is sent once.
struct Lookup {
  std::string id;    ///< The translator's name for it; the reply bears the same one.
  std::string host;  ///< One of the manifest's lookup hosts, exactly.
  std::string path;  ///< Begins with '/'; percent-encoded.
  std::map<std::string, std::string> query{};  ///< Not yet encoded.
  /// Without its answer there is no booking (no email): the whole delivery waits for it.
  bool required = false;
  Method method = Method::kGet;
  /// A JSON object as text, such as JsonObject makes; "" for none. With kPost, kPut and kPatch.
  std::string body{};
  /// For this request, beside those that the manifest gives to every one. Lower case, never a
  /// credential.
  std::map<std::string, std::string> headers{};
};

/// Requests to make before Step is called again with the replies.
struct NeedLookups {
  std::vector<Lookup> lookups;  ///< At least one, none of which has been answered yet.
  /// What the webhook alone says, for the gateway to store at once.
  std::vector<Booking> events_so_far{};
};

/// A webhook subscription at the provider, as it is now.
struct Subscription {
  enum class State {
    kActive,
    kDisabled,  ///< The provider has switched it off, as after too many failures.
    kMissing,   ///< There is none.
  };
  std::string id;  ///< What unregister_webhook and webhook_status get; at most 255 bytes.
  State state = State::kActive;
  std::string url{};
  std::vector<std::string> events{};  ///< The provider's names of what it sends.
};

/// Where the signing key is that the provider made, for the gateway to seal. The translator need
/// not look at it.
struct SigningKeyAt {
  std::string lookup;   ///< The id of the request in whose answer it is.
  std::string pointer;  ///< RFC 6901, to a text.
};

/// The provider signs with a part of the credential: what stands behind the colon of user:password.
struct SigningKeyIsPassword {};

/// An operation that is neither translate nor list_bookings is finished.
struct Done {
  Subscription subscription;
  /// None where the gateway's own key was sent (kSigningKeyPlaceholder), or where nothing was
  /// registered.
  std::variant<std::monostate, SigningKeyAt, SigningKeyIsPassword> signing_key{};
  std::vector<std::string> notes{};  ///< As of Bookings.
};

/// What a step decided.
using Decision = std::variant<Bookings, Ignore, Reject, NeedLookups, Done>;

/// One booking as a decision.
inline Bookings One(Booking booking) {
  Bookings bookings;
  bookings.events.push_back(std::move(booking));
  return bookings;
}

/// One problem as a decision.
inline Reject RejectAt(std::string pointer, std::string code, std::string message) {
  return Reject{{Problem{std::move(pointer), std::move(code), std::move(message)}}};
}

inline std::string_view ToView(bkg_span span) {
  return {span.data, span.size};
}

/// A reply to one lookup. Views into the input: valid until Step returns.
struct LookupReply {
  std::uint32_t outcome = BKG_LOOKUP_FAILED;
  std::uint32_t http_status = 0;
  std::string_view content_type;
  std::string_view body;

  /// An answer of the 200s arrived.
  bool ok() const { return outcome == BKG_LOOKUP_ANSWERED && http_status / 100 == 2; }
};

/// What Step may look at. Every view is valid until Step returns, and no longer.
class StepInput {
 public:
  explicit StepInput(const bkg_step_input& raw) : raw_(raw) {}

  std::string_view body() const { return ToView(raw_.body); }
  std::string_view content_type() const { return ToView(raw_.content_type); }
  /// A JSON object, valid against the manifest's config schema; its defaults are not filled in.
  std::string_view config() const { return ToView(raw_.config); }
  /// "translate", or another operation that the manifest lists:
  ///
  /// | operation          | parameters               | ends with                         |
  /// |--------------------|--------------------------|-----------------------------------|
  /// | translate          | {}                       | Bookings, Ignore, Reject          |
  /// | register_webhook   | url, events (optional)   | Done, Reject                      |
  /// | unregister_webhook | subscription             | Done with kMissing, Reject        |
  /// | webhook_status     | subscription             | Done, Reject                      |
  /// | list_bookings      | since, until (optional), | Bookings, with next_cursor where  |
  /// |                    | cursor (optional)        | there is more; Reject             |
  ///
  /// operations.hpp reads the parameters. All but translate have no body, and eight rounds of
  /// look-ups. Registering twice leaves one subscription of the URL.
  std::string_view operation() const { return ToView(raw_.operation); }
  /// A JSON object; {} for translate.
  std::string_view parameters() const { return ToView(raw_.parameters); }
  /// Unix time in milliseconds, UTC.
  std::int64_t received_at_ms() const { return raw_.received_at_ms; }

  /// The first header of that lower-case name, or nullopt. Only headers that the manifest lists.
  std::optional<std::string_view> Header(std::string_view name) const {
    return Find(std::span(raw_.headers, raw_.header_count), name);
  }

  /// The first query parameter of that name, or nullopt. Only those that the manifest lists.
  std::optional<std::string_view> Query(std::string_view name) const {
    return Find(std::span(raw_.query, raw_.query_count), name);
  }

  /// The reply to the lookup of that id, or nullopt if it has not been asked for yet.
  std::optional<LookupReply> Reply(std::string_view id) const {
    for (const bkg_lookup_reply* reply : std::span(raw_.replies, raw_.reply_count)) {
      if (ToView(reply->id) == id) {
        return LookupReply{reply->outcome, reply->http_status, ToView(reply->content_type),
                           ToView(reply->body)};
      }
    }
    return std::nullopt;
  }

 private:
  static std::optional<std::string_view> Find(std::span<const bkg_field> fields,
                                              std::string_view name) {
    for (const bkg_field& field : fields) {
      if (ToView(field.name) == name) return ToView(field.value);
    }
    return std::nullopt;
  }

  const bkg_step_input& raw_;
};

/// The decision as a document of schemas/step-result.json. Invalid UTF-8 becomes U+FFFD.
std::string ToJson(const Decision& decision);

/// What BKG_TRANSLATOR asks of a type. Static members only: a translator has no state.
template <class T>
concept Translator = requires(const StepInput& input) {
  { T::kManifest } -> std::convertible_to<std::string_view>;
  { T::Step(input) } -> std::same_as<Decision>;
};

namespace internal {

inline void Put(const bkg_result_sink& sink, std::string_view text) noexcept {
  sink.put(sink.context, bkg_span{text.data(), text.size()});
}

/// The one place where C++ meets C: nothing thrown gets past it.
template <Translator T>
std::uint32_t Step(const bkg_step_input* input, const bkg_result_sink* sink) noexcept {
  try {
    const std::string result = ToJson(T::Step(StepInput(*input)));
    Put(*sink, result);
    return BKG_STEP_DECIDED;
  } catch (const std::exception& error) {
    Put(*sink, error.what());
  } catch (...) {
    Put(*sink, "unknown exception");
  }
  return BKG_STEP_FAILED;
}

template <Translator T>
inline constexpr std::string_view kManifest = T::kManifest;

template <Translator T>
inline constexpr bkg_translator_v1 kDescriptor = {
    sizeof(bkg_translator_v1),
    BKG_TARGET_MINOR,
    {kManifest<T>.data(), kManifest<T>.size()},
    &Step<T>,
};

}  // namespace internal
}  // namespace bookgate

/// Exports Type as this library's translator. Once per library, at global scope.
#define BKG_TRANSLATOR(Type)                                                    \
  static_assert(::bookgate::Translator<Type>, #Type                             \
                " needs: static constexpr std::string_view kManifest; "         \
                "static bookgate::Decision Step(const bookgate::StepInput&);"); \
  extern "C" BKG_EXPORT const bkg_translator_v1* bkg_translator_entry_v1() {    \
    return &::bookgate::internal::kDescriptor<Type>;                            \
  }
