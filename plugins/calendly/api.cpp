#include "api.hpp"

#include <bookgate/json.hpp>
#include <bookgate/operations.hpp>

#include <cstddef>
#include <optional>
#include <utility>

namespace bookgate::calendly {

Lookup Request(std::string id, Method method, std::string path) {
  Lookup lookup;
  lookup.id = std::move(id);
  lookup.method = method;
  lookup.host = "api.calendly.com";
  lookup.path = std::move(path);
  return lookup;
}

Lookup AskWhoIAm() {
  return Request(std::string(kMeLookup), Method::kGet, "/users/me");
}

std::variant<Owner, Reject> ReadOwner(const LookupReply& reply) {
  std::optional<Reject> useless = RejectUseless(reply, kMeLookup, kProvider, kNeedsUsers);
  if (useless) return *std::move(useless);
  const std::optional<json::Document> document = json::Document::Parse(reply.body);
  const json::Value resource = document ? document->root()["resource"] : json::Value();
  Owner owner{resource["uri"].Text().value_or(""),
              resource["current_organization"].Text().value_or("")};
  // A URI that long is none, and would not fit into a request.
  constexpr std::size_t kLongestUri = 512;
  if (owner.user.empty() || owner.organization.empty() || owner.user.size() > kLongestUri ||
      owner.organization.size() > kLongestUri) {
    return RejectAnswer(kMeLookup, "/resource", "missing",
                        "Calendly's answer does not name the token's owner and organization");
  }
  return owner;
}

}  // namespace bookgate::calendly
