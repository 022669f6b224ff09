/// \file bookgate/operations.hpp
/// What the operations besides translate have in common, whichever the provider: their parameters,
/// what is wrong with an answer, and pages that have to fit into results.
#pragma once

#include <bookgate/json.hpp>
#include <bookgate/time.hpp>
#include <bookgate/translator.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace bookgate {

/// Of register_webhook.
struct RegisterParameters {
  std::string url;  ///< Where the provider shall send its webhooks: HTTPS.
  std::vector<std::string>
      events;  ///< In the provider's names; empty: as the translator thinks fit.
};
std::variant<RegisterParameters, Reject> ReadRegisterParameters(std::string_view parameters);

/// Of unregister_webhook and webhook_status: the id that register_webhook gave.
std::variant<std::string, Reject> ReadSubscriptionParameter(std::string_view parameters);

/// Of list_bookings: what was made or changed from `since` on and existed by `until`. What was made
/// later is told by webhooks again.
struct ListParameters {
  Timestamp since;
  Timestamp until;     ///< When the step began, where the parameter is absent.
  std::string cursor;  ///< The next_cursor of the call before; "" for the first.

  /// Unknown times count as inside: better once too often than not at all.
  bool Covers(const std::optional<Timestamp>& made,
              const std::optional<Timestamp>& last_changed) const;
};
std::variant<ListParameters, Reject> ReadListParameters(const StepInput& input);

/// The cursor is none that this translator gave.
Reject RejectCursor();

/// Why the reply to that request is of no use; nullopt if it is an answer of the 200s. `needs` is
/// what a credential lacks where the provider answers 403, such as "the scope webhooks:write"; ""
/// where there are no scopes. The codes are credential_refused (401, 403), lookup_denied,
/// provider_unavailable (no answer, 429, 500s: later it may work) and provider_refused.
std::optional<Reject> RejectUseless(const LookupReply& reply, std::string_view lookup_id,
                                    std::string_view provider, std::string_view needs);

/// The reply is an answer of that status.
bool HasStatus(const LookupReply& reply, std::uint32_t status);

/// A problem with the answer to that request.
Reject RejectAnswer(std::string_view lookup_id, std::string pointer, std::string code,
                    std::string message);

/// The subscription as the provider's answer describes it. A URL or name that is none, or too long
/// for a result, is left out.
Subscription DescribeSubscription(std::string id, Subscription::State state, json::Value url,
                                  json::Value events);

/// There is no subscription of that id, or none any more.
Done DoneMissing(std::string id);

/// Makes those requests, of the method kDelete, a round's worth after the other, of at most 24.
/// What is not found is gone already. nullopt once all are answered; a Reject for one that is
/// refused.
std::optional<Decision> RemoveEach(const StepInput& input, const std::vector<Lookup>& removals,
                                   std::string_view provider, std::string_view needs);

/// How an API has subscriptions: one resource for each, whose representation is one member of the
/// answer to GET.
struct SubscriptionResource {
  std::string_view provider;        ///< For people: "Square".
  std::string_view needs_to_read;   ///< As RejectUseless has it.
  std::string_view needs_to_write;  ///< Likewise.
  std::string_view member;          ///< Of the answer: "subscription".
  std::string_view state_member;    ///< Of that: "enabled".
  /// The request of that id and method to that subscription.
  Lookup (*request)(std::string lookup_id, Method method, const std::string& subscription);
  /// nullopt if the representation does not tell the state.
  std::optional<Subscription> (*read)(json::Value representation, std::string id);
};

/// A whole unregister_webhook: DELETE, as the request "delete". What is gone already is done.
Decision RemoveSubscription(const StepInput& input, const SubscriptionResource& resource);
/// A whole webhook_status: GET, as the request "subscription".
Decision AskForSubscription(const StepInput& input, const SubscriptionResource& resource);

/// As many of a page's events as one result may hold.
struct PagePart {
  std::vector<Booking> events;
  std::size_t next = 0;  ///< The first that did not fit; the page's size if all did.
};
/// From the event of that index on. A single event that is too large loses its answers.
PagePart TakePart(std::vector<Booking> page, std::size_t from);

}  // namespace bookgate
