#include "names.hpp"

#include <bookgate/json.hpp>
#include <bookgate/json_object.hpp>
#include <bookgate/limits.hpp>
#include <bookgate/operations.hpp>

#include <algorithm>
#include <cstddef>
#include <map>
#include <string_view>
#include <utility>

#include "location.hpp"
#include "lookups.hpp"
#include "person.hpp"
#include "service.hpp"

namespace bookgate::square {
namespace {

constexpr std::string_view kCustomersLookup = "customers";
constexpr std::string_view kServicesLookup = "services";
constexpr std::string_view kHostsLookup = "hosts";
constexpr std::string_view kTeamLookup = "team-members";
constexpr std::string_view kLocationsLookup = "locations";
/// As many as one of Square's bulk requests takes.
constexpr std::size_t kMostIds = 100;
constexpr std::size_t kMostNotes = 8;

void AddNew(std::vector<std::string>& ids, const std::string& id) {
  const bool known = std::find(ids.begin(), ids.end(), id) != ids.end();
  if (!known && ids.size() < kMostIds) ids.push_back(id);
}

/// The ids of a page, each once.
struct Ids {
  explicit Ids(const std::vector<WebhookBooking>& page) {
    for (const WebhookBooking& read : page) {
      if (read.customer_id) AddNew(customers, *read.customer_id);
      for (const std::string& id : read.service_ids) AddNew(services, id);
      if (read.team_member_id) AddNew(hosts, *read.team_member_id);
      some_place = some_place || read.location_id.has_value();
    }
  }
  std::vector<std::string> customers;
  std::vector<std::string> services;
  std::vector<std::string> hosts;
  bool some_place = false;
};

Lookup Search(std::string_view id, std::string path, const JsonObject& body) {
  Lookup lookup = Request(std::string(id), Method::kPost, std::move(path));
  lookup.body = body.ToText();
  return lookup;
}

NeedLookups AskForAll(const Ids& ids) {
  NeedLookups ask;
  if (!ids.customers.empty()) {
    ask.lookups.push_back(Search(kCustomersLookup, "/v2/customers/bulk-retrieve",
                                 JsonObject().Texts("customer_ids", ids.customers)));
  }
  if (!ids.services.empty()) {
    ask.lookups.push_back(Search(
        kServicesLookup, "/v2/catalog/batch-retrieve",
        JsonObject().Texts("object_ids", ids.services).Flag("include_related_objects", true)));
  }
  if (!ids.hosts.empty()) {
    ask.lookups.push_back(Search(kHostsLookup,
                                 "/v2/bookings/team-member-booking-profiles/bulk-retrieve",
                                 JsonObject().Texts("team_member_ids", ids.hosts)));
  }
  if (ids.some_place) {
    ask.lookups.push_back(Request(std::string(kLocationsLookup), Method::kGet, "/v2/locations"));
  }
  return ask;
}

/// The parsed body of a good reply.
std::optional<json::Document> AnswerTo(const StepInput& input, std::string_view lookup) {
  const std::optional<LookupReply> reply = input.Reply(lookup);
  return reply && reply->ok() ? json::Document::Parse(reply->body) : std::nullopt;
}

json::Value RootOf(const std::optional<json::Document>& document) {
  return document ? document->root() : json::Value();
}

std::optional<std::string> ProfileName(json::Value answer, const std::string& id) {
  return answer["team_member_booking_profiles"][id]["team_member_booking_profile"]["display_name"]
      .Text();
}

/// The token may read no profiles, or somebody has none.
bool LacksProfiles(const StepInput& input, const Ids& ids) {
  const std::optional<LookupReply> reply = input.Reply(kHostsLookup);
  if (!reply) return false;
  if (HasStatus(*reply, 403)) return true;
  const std::optional<json::Document> answer = AnswerTo(input, kHostsLookup);
  return answer && std::any_of(ids.hosts.begin(), ids.hosts.end(), [&](const std::string& id) {
           return !ProfileName(answer->root(), id);
         });
}

/// Looks names up in the replies. Points into documents that it owns.
class Names {
 public:
  explicit Names(const StepInput& input)
      : customers_(AnswerTo(input, kCustomersLookup)),
        services_(AnswerTo(input, kServicesLookup)),
        hosts_(AnswerTo(input, kHostsLookup)),
        team_(AnswerTo(input, kTeamLookup)),
        locations_(AnswerTo(input, kLocationsLookup)) {}

  json::Value Customer(const std::string& id) const {
    return RootOf(customers_)["responses"][id]["customer"];
  }

  std::optional<std::string> Service(const std::string& id) const {
    const json::Value root = RootOf(services_);
    const json::Value object = ById(root["objects"], id);
    return object.exists() ? ServiceName(object, root["related_objects"]) : std::nullopt;
  }

  /// Of the record where there is no profile: then an address comes with the name.
  void FillInHost(const std::string& id, Booking& booking) const {
    booking.host_name = ProfileName(RootOf(hosts_), id);
    if (booking.host_name) return;
    const json::Value member = ById(RootOf(team_)["team_members"], id);
    booking.host_name = FullName(member);
    booking.host_email = member["email_address"].Text();
  }

  std::optional<std::string> Location(const std::string& id) const {
    return LocationText(ById(RootOf(locations_)["locations"], id));
  }

 private:
  static json::Value ById(json::Value list, const std::string& id) {
    for (std::size_t i = 0; i < list.size(); ++i) {
      if (list[i]["id"].Text() == id) return list[i];
    }
    return {};
  }

  const std::optional<json::Document> customers_;
  const std::optional<json::Document> services_;
  const std::optional<json::Document> hosts_;
  const std::optional<json::Document> team_;
  const std::optional<json::Document> locations_;
};

void Note(std::vector<std::string>& notes, std::string note) {
  const bool known = std::find(notes.begin(), notes.end(), note) != notes.end();
  if (!known && notes.size() < kMostNotes) notes.push_back(std::move(note));
}

/// False if the booking stands and is nobody's.
bool FillInCustomer(const Names& names, WebhookBooking& read, std::vector<std::string>& notes) {
  std::vector<std::string> said;
  if (read.customer_id) ReadCustomer(names.Customer(*read.customer_id), read.booking, said);
  for (std::string& note : said) Note(notes, std::move(note));
  return read.booking.customer_email || read.booking.customer_phone || read.ended();
}

void FillInDetails(const Names& names, WebhookBooking& read, std::vector<std::string>& notes) {
  std::optional<std::string>& type = read.booking.appointment_type;
  for (const std::string& id : read.service_ids) {
    const std::optional<std::string> name = names.Service(id);
    if (name) type = type ? *type + " + " + *name : *name;
    if (!name) Note(notes, "A service's name is missing: Square's API did not give it.");
  }
  if (read.team_member_id) {
    names.FillInHost(*read.team_member_id, read.booking);
    if (!read.booking.host_name) {
      Note(notes, "A host's name is missing: Square's API did not give it.");
    }
  }
  if (read.location_id) {
    read.booking.location = names.Location(*read.location_id);
    if (!read.booking.location) Note(notes, "A place is missing: Square's API did not give it.");
  }
}

}  // namespace

std::optional<Decision> AskForNames(const StepInput& input,
                                    const std::vector<WebhookBooking>& page) {
  const Ids ids(page);
  NeedLookups ask = AskForAll(ids);
  std::erase_if(ask.lookups,
                [&](const Lookup& lookup) { return input.Reply(lookup.id).has_value(); });
  if (!ask.lookups.empty()) return ask;
  if (const std::optional<LookupReply> customers = input.Reply(kCustomersLookup)) {
    std::optional<Reject> useless =
        RejectUseless(*customers, kCustomersLookup, kProvider, "the scope CUSTOMERS_READ");
    if (useless) return *std::move(useless);
  }
  if (LacksProfiles(input, ids) && !input.Reply(kTeamLookup)) {
    return NeedLookups{
        {Search(kTeamLookup, "/v2/team-members/search", JsonObject().Number("limit", 200))}};
  }
  return std::nullopt;
}

std::vector<Booking> FillInNames(const StepInput& input, std::vector<WebhookBooking> page,
                                 std::vector<std::string>& notes) {
  const Names names(input);
  std::vector<Booking> bookings;
  for (WebhookBooking& read : page) {
    if (!FillInCustomer(names, read, notes)) {
      Note(notes,
           "A booking was left out: its customer has neither an email address nor a phone "
           "number at Square.");
      continue;
    }
    FillInDetails(names, read, notes);
    FitToLimits(read.booking);
    bookings.push_back(std::move(read.booking));
  }
  return bookings;
}

}  // namespace bookgate::square
