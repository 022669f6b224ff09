#include "lookups.hpp"

#include <bookgate/text.hpp>

#include <algorithm>
#include <utility>

namespace bookgate::square {
namespace {

/// A round may hold eight; customer, place and host are three of them.
constexpr std::size_t kMaxServices = 5;

Lookup Ask(std::string_view id, std::string_view folder, const std::string& object) {
  return Request(std::string(id), Method::kGet, std::string(folder) + PercentEncode(object));
}

}  // namespace

Lookup Request(std::string id, Method method, std::string path) {
  Lookup lookup;
  lookup.id = std::move(id);
  lookup.method = method;
  lookup.host = "connect.squareup.com";
  lookup.path = std::move(path);
  return lookup;
}

std::vector<std::string> ServicesToAsk(const WebhookBooking& read) {
  std::vector<std::string> distinct;
  for (const std::string& id : read.service_ids) {
    const bool known = std::find(distinct.begin(), distinct.end(), id) != distinct.end();
    if (!known && distinct.size() < kMaxServices) distinct.push_back(id);
  }
  return distinct;
}

std::string ServiceLookup(std::size_t index) {
  return "service-" + std::to_string(index);
}

std::vector<Lookup> FirstRound(const WebhookBooking& read) {
  std::vector<Lookup> lookups;
  if (read.customer_id) {
    lookups.push_back(Ask(kCustomerLookup, "/v2/customers/", *read.customer_id));
    // A new booking has nobody to belong to; what follows one can be stored by its id meanwhile.
    lookups.back().required = read.booking.action == Action::kBooked;
  }
  const std::vector<std::string> services = ServicesToAsk(read);
  for (std::size_t i = 0; i < services.size(); ++i) {
    lookups.push_back(Ask(ServiceLookup(i), "/v2/catalog/object/", services[i]));
    // A variation is often just called "Regular"; the service's name is its item's.
    lookups.back().query = {{"include_related_objects", "true"}};
  }
  if (read.team_member_id) {
    lookups.push_back(
        Ask(kHostLookup, "/v2/bookings/team-member-booking-profiles/", *read.team_member_id));
  }
  if (read.location_id) {
    lookups.push_back(Ask(kLocationLookup, "/v2/locations/", *read.location_id));
  }
  return lookups;
}

Lookup AskForTeamMember(const std::string& id) {
  return Ask(kTeamMemberLookup, "/v2/team-members/", id);
}

}  // namespace bookgate::square
