#include <bookgate/text.hpp>

#include <algorithm>
#include <array>

#include "admin/api.hpp"
#include "admin/input.hpp"
#include "base/rfc3339.hpp"
#include "http/problem.hpp"
#include "store/delivery_queries.hpp"

namespace bookgate::admin {
namespace {

constexpr std::int64_t kUsualLimit = 50;
constexpr std::int64_t kHighestLimit = 100;
constexpr std::array<std::string_view, 6> kOutcomes = {"stored", "duplicate", "ignored",
                                                       "held",   "dead",      "refused"};

void WriteLine(base::JsonWriter& json, const store::DeliveryLine& line) {
  json.Member("delivery_id", line.id.ToString()).Member("provider", line.provider);
  json.TextOrNull("received_at", base::Rfc3339(line.received_at)).Member("outcome", line.outcome);
  json.TextOrNull("reason", line.reason).Member("appointment_id", line.appointment_id);
  json.Member("attempts", line.attempts);
}

/// What the query asks for.
struct Wanted {
  std::string outcome;
  std::optional<base::Uuid> before;
  std::int64_t limit = kUsualLimit;
};

base::Result<Wanted> ReadQuery(const http::Request& request) {
  const auto wrong = [](const std::string& text) {
    return base::Failure{base::Code::kInvalid, text, text};
  };
  Wanted wanted;
  wanted.outcome = request.Query("outcome").value_or("");
  const auto known = std::find(kOutcomes.begin(), kOutcomes.end(), wanted.outcome);
  if (!wanted.outcome.empty() && known == kOutcomes.end()) {
    return wrong("outcome must be stored, duplicate, ignored, held, dead or refused.");
  }
  const std::string_view before = request.Query("before").value_or("");
  wanted.before = base::Uuid::Parse(before);
  if (!before.empty() && !wanted.before) return wrong("before must be a delivery_id.");
  const auto limit = QueryInteger(request, "limit", 1, kHighestLimit, kUsualLimit);
  if (!limit) return wrong("limit must be a whole number from 1 to 100.");
  wanted.limit = *limit;
  return wanted;
}

struct Page {
  std::vector<store::DeliveryLine> lines;
  store::UnfinishedCount unfinished;
  bool more = false;
};

base::Result<http::Answer> ListDeliveries(Services& services, const Call& call) {
  const base::Result<Wanted> wanted = ReadQuery(call.request);
  if (!wanted.ok()) return http::BadRequest(wanted.failure().sender_text);
  const auto limit = static_cast<std::size_t>(wanted->limit);
  const base::Result<Page> page = services.pool.Run([&](store::Connection& connection) {
    Page read;
    read.lines = store::ListDeliveries(connection, call.org.id, wanted->outcome, wanted->limit + 1,
                                       wanted->before);
    read.unfinished = store::CountUnfinished(connection, call.org.id);
    read.more = read.lines.size() > limit;
    if (read.more) read.lines.resize(limit);
    return read;
  });
  if (!page.ok()) return page.failure();
  base::JsonWriter json;
  json.Object().Key("deliveries").Array();
  for (const store::DeliveryLine& line : page->lines) {
    json.Object();
    WriteLine(json, line);
    json.EndObject();
  }
  json.EndArray();
  json.TextOrNull("next_before", page->more ? page->lines.back().id.ToString() : std::string());
  json.Key("counts").Object().Member("dead", page->unfinished.dead);
  json.Member("held", page->unfinished.held).EndObject().EndObject();
  return JsonAnswer(json);
}

void WriteHistory(base::JsonWriter& json, const store::DeliveryDetails& details,
                  const std::vector<store::AuditLine>& entries) {
  json.Array().Object().TextOrNull("at", base::Rfc3339(details.received_at));
  json.Member("action", "received").Key("actor").Null().EndObject();
  for (const store::AuditLine& entry : entries) {
    json.Object().TextOrNull("at", base::Rfc3339(entry.at)).Member("action", entry.action);
    json.Member("actor", entry.actor).EndObject();
  }
  json.EndArray();
}

http::Answer DetailsAnswer(const store::DeliveryDetails& details,
                           const std::vector<store::AuditLine>& entries) {
  const auto list = [](const std::string& json) { return json.empty() ? "[]" : json; };
  base::JsonWriter json;
  json.Object();
  WriteLine(json, details);
  json.TextOrNull("updated_at", base::Rfc3339(details.updated_at));
  json.TextOrNull("content_type", details.content_type);
  json.Key("headers").Raw(list(details.headers));
  json.Key("query").Raw(list(details.query));
  json.Key("problems").Raw(list(details.problems)).Key("body");
  if (details.body) {
    json.Value(ToValidUtf8(*details.body));
  } else {
    json.Null();
  }
  json.Key("history");
  WriteHistory(json, details, entries);
  json.EndObject();
  return JsonAnswer(json);
}

base::Result<http::Answer> ShowDelivery(Services& services, const Call& call) {
  const std::optional<base::Uuid> id = base::Uuid::Parse(call.path.Get("id"));
  if (!id) return http::NotFound();
  std::vector<store::AuditLine> entries;
  const auto details = services.pool.Run([&](store::Connection& connection) {
    entries = store::AuditEntriesOf(connection, call.org.id, id->ToString());
    return store::FindDelivery(connection, call.org.id, *id);
  });
  if (!details.ok()) return details.failure();
  if (!*details) return http::NotFound();
  return DetailsAnswer(**details, entries);
}

}  // namespace

void AddDeliveryRoutes(ApiRoutes& routes, Services& services) {
  routes.push_back({"GET", "/orgs/{org}/deliveries", Access::kOrg,
                    [&services](const Call& call) { return ListDeliveries(services, call); }});
  routes.push_back({"GET", "/orgs/{org}/deliveries/{id}", Access::kOrg,
                    [&services](const Call& call) { return ShowDelivery(services, call); }});
}

}  // namespace bookgate::admin
