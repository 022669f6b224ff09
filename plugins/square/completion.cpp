#include "completion.hpp"

#include <bookgate/json.hpp>

#include <algorithm>
#include <utility>

#include "location.hpp"
#include "lookups.hpp"
#include "person.hpp"
#include "service.hpp"

namespace bookgate::square {
namespace {

/// Why a reply is of no use, as the end of a sentence; nullopt for one that is.
std::optional<std::string> WhyUseless(const LookupReply& reply) {
  if (reply.ok()) return std::nullopt;
  if (reply.outcome == BKG_LOOKUP_DENIED) {
    return "look-ups to Square are not allowed, or no access token is set";
  }
  if (reply.outcome != BKG_LOOKUP_ANSWERED) return "Square's API could not be reached";
  return "Square's API answered with status " + std::to_string(reply.http_status);
}

bool IsCredentialRefused(const LookupReply& reply) {
  return reply.outcome == BKG_LOOKUP_ANSWERED &&
         (reply.http_status == 401 || reply.http_status == 403);
}

Reject RejectCustomer(std::string pointer, std::string code, std::string message) {
  return Reject{{Problem{std::move(pointer), std::move(code), std::move(message),
                         "lookup:" + std::string(kCustomerLookup)}}};
}

std::optional<Reject> CompleteCustomer(const LookupReply& reply, Booking& booking,
                                       std::vector<std::string>& notes) {
  if (IsCredentialRefused(reply)) {
    return RejectCustomer("", "credential_refused",
                          "Square refused the access token with status " +
                              std::to_string(reply.http_status) +
                              ": it is not valid any more, or lacks the scope CUSTOMERS_READ");
  }
  const std::optional<std::string> why = WhyUseless(reply);
  if (why) {
    return RejectCustomer("", "customer_unavailable", "the customer is not known: " + *why);
  }
  const std::optional<json::Document> document = json::Document::Parse(reply.body);
  const json::Value customer = document ? document->root()["customer"] : json::Value();
  if (!customer.is_object()) {
    return RejectCustomer("/customer", "customer_unavailable",
                          "the answer of Square's API holds no customer");
  }
  ReadCustomer(customer, booking, notes);
  if (booking.customer_email || booking.customer_phone) return std::nullopt;
  return RejectCustomer("/customer/email_address", "missing",
                        "the customer has neither an email address nor a phone number at Square");
}

/// The text that `read` finds in an optional reply; a note if it is of no use.
template <class Read>
std::optional<std::string> Optional(const LookupReply& reply, std::string_view what,
                                    std::vector<std::string>& notes, Read read) {
  std::optional<std::string> why = WhyUseless(reply);
  if (!why) {
    const std::optional<json::Document> document = json::Document::Parse(reply.body);
    std::optional<std::string> text = document ? read(document->root()) : std::nullopt;
    if (text) return text;
    why = "the answer of Square's API does not hold it";
  }
  std::string note = std::string(what).append(" is missing: ").append(*why) + ".";
  if (std::find(notes.begin(), notes.end(), note) == notes.end()) notes.push_back(std::move(note));
  return std::nullopt;
}

void CompleteServices(const StepInput& input, WebhookBooking& read,
                      std::vector<std::string>& notes) {
  const std::vector<std::string> asked = ServicesToAsk(read);
  std::vector<std::optional<std::string>> names(asked.size());
  for (std::size_t i = 0; i < asked.size(); ++i) {
    const std::optional<LookupReply> reply = input.Reply(ServiceLookup(i));
    if (reply)
      names[i] = Optional(*reply, "A service's name", notes,
                          [](json::Value answer) { return ServiceName(answer); });
  }
  std::optional<std::string>& type = read.booking.appointment_type;
  for (const std::string& id : read.service_ids) {
    const auto found = std::find(asked.begin(), asked.end(), id);
    if (found == asked.end()) {
      notes.push_back("The booking has more services than are looked up.");
      return;
    }
    const auto& name = names[static_cast<std::size_t>(found - asked.begin())];
    if (name) type = type ? *type + " + " + *name : *name;
  }
}

std::optional<std::string> ProfileName(json::Value answer) {
  return answer["team_member_booking_profile"]["display_name"].Text();
}

void CompleteHost(const StepInput& input, Booking& booking, std::vector<std::string>& notes) {
  const std::optional<LookupReply> record = input.Reply(kTeamMemberLookup);
  const std::optional<LookupReply> profile = input.Reply(kHostLookup);
  if (record) {
    booking.host_name = Optional(*record, "The host's name", notes, [&](json::Value answer) {
      const json::Value member = answer["team_member"];
      booking.host_email = member["email_address"].Text();
      return FullName(member);
    });
  } else if (profile) {
    booking.host_name = Optional(*profile, "The host's name", notes, ProfileName);
  }
}

}  // namespace

std::optional<Reject> Complete(const StepInput& input, WebhookBooking& read,
                               std::vector<std::string>& notes) {
  const std::optional<LookupReply> customer = input.Reply(kCustomerLookup);
  if (customer) {
    std::optional<Reject> reject = CompleteCustomer(*customer, read.booking, notes);
    if (reject && !read.ended()) return reject;
    if (reject)
      notes.push_back("Stored by its id alone: " + reject->problems.front().message + ".");
  }
  CompleteServices(input, read, notes);
  CompleteHost(input, read.booking, notes);
  const std::optional<LookupReply> location = input.Reply(kLocationLookup);
  if (location) {
    read.booking.location = Optional(*location, "The place", notes, [](json::Value answer) {
      return LocationText(answer["location"]);
    });
  }
  return std::nullopt;
}

bool ShouldAskForTeamMember(const StepInput& input, const WebhookBooking& read) {
  const std::optional<LookupReply> profile = input.Reply(kHostLookup);
  return read.team_member_id && profile && profile->outcome == BKG_LOOKUP_ANSWERED &&
         (profile->http_status == 403 || profile->http_status == 404) &&
         !input.Reply(kTeamMemberLookup);
}

}  // namespace bookgate::square
