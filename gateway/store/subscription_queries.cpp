#include "store/subscription_queries.hpp"

#include <bookgate/json.hpp>

#include "base/json_writer.hpp"
#include "store/org_queries.hpp"

namespace bookgate::store {
namespace {

using auth::ProviderSecretKind;

std::string NamesAsJson(const std::vector<std::string>& names) {
  base::JsonWriter json;
  json.Array();
  for (const std::string& name : names) json.Value(name);
  return json.EndArray().Text();
}

std::vector<std::string> NamesOf(const std::string& json) {
  std::vector<std::string> names;
  const std::optional<json::Document> document = json::Document::Parse(json);
  const json::Value list = document ? document->root() : json::Value();
  for (std::size_t i = 0; i < list.size(); ++i) {
    names.push_back(list[i].Text().value_or(""));
  }
  return names;
}

}  // namespace

std::optional<StoredSubscription> FindSubscription(Connection& connection,
                                                   const SubscriptionKey& key) {
  const std::vector<Row> rows = connection.Query(
      "SELECT SubscriptionID, Url, State, Events, " + IsoTime("RegisteredAt") + ", " +
          IsoTime("CheckedAt") + " FROM webhook_subscriptions WHERE OrgID = ? AND Provider = ?",
      {key.org_id, key.provider});
  if (rows.empty()) return std::nullopt;
  const Row& row = rows.front();
  return StoredSubscription{row.Text(0),
                            row.Text(1),
                            row.Text(2),
                            NamesOf(row.Text(3)),
                            row.Time(4).value_or(base::Instant{}),
                            row.Time(5).value_or(base::Instant{})};
}

void SaveSubscription(Connection& connection, const SubscriptionKey& key,
                      const StoredSubscription& subscription,
                      const NewProviderSecret* signing_key) {
  const base::Instant now = base::SystemNow();
  const std::string events = NamesAsJson(subscription.events);
  connection.Execute(
      "INSERT INTO webhook_subscriptions (OrgID, Provider, SubscriptionID, Url, State, Events, "
      "RegisteredAt, CheckedAt) VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON DUPLICATE KEY UPDATE "
      "SubscriptionID = ?, Url = ?, State = ?, Events = ?, RegisteredAt = ?, CheckedAt = ?",
      {key.org_id, key.provider, subscription.id, subscription.url, subscription.state, events, now,
       now, subscription.id, subscription.url, subscription.state, events, now, now});
  if (signing_key != nullptr) {
    SetProviderSecret(connection, {key.org_id, key.provider, ProviderSecretKind::kSigningKey},
                      *signing_key);
  } else {
    MarkChanged(connection, key.org_id);
  }
}

void NoteSubscriptionState(Connection& connection, const SubscriptionKey& key,
                           std::string_view state) {
  connection.Execute(
      "UPDATE webhook_subscriptions SET State = ?, CheckedAt = ? WHERE OrgID = ? AND Provider = ?",
      {std::string(state), base::SystemNow(), key.org_id, key.provider});
}

std::optional<DueSubscription> TakeDueSubscription(Connection& connection, base::Instant before) {
  const std::vector<Row> rows = connection.Query(
      "SELECT s.OrgID, s.Provider, o.PublicID, s.SubscriptionID, s.State FROM "
      "webhook_subscriptions s JOIN orgs o ON o.OrgID = s.OrgID WHERE s.CheckedAt < ? "
      "ORDER BY s.CheckedAt LIMIT 1",
      {before});
  if (rows.empty()) return std::nullopt;
  const Row& row = rows.front();
  DueSubscription due{{row.Integer(0), row.Text(1)}, row.Text(2), row.Text(3), row.Text(4), {}};
  const std::uint64_t taken = connection.Execute(
      "UPDATE webhook_subscriptions SET CheckedAt = ? WHERE OrgID = ? AND Provider = ? AND "
      "CheckedAt < ?",
      {base::SystemNow(), due.key.org_id, due.key.provider, before});
  if (taken == 0) return std::nullopt;  // Another gateway was quicker.
  due.sealed_credential = ReadSealedSecret(
      connection, {due.key.org_id, due.key.provider, ProviderSecretKind::kCredential});
  return due;
}

std::map<std::pair<std::string, std::string>, std::size_t> CountSubscriptions(
    Connection& connection) {
  std::map<std::pair<std::string, std::string>, std::size_t> counts;
  for (const Row& row : connection.Query("SELECT Provider, State, COUNT(*) FROM "
                                         "webhook_subscriptions GROUP BY Provider, State")) {
    counts[{row.Text(0), row.Text(1)}] = static_cast<std::size_t>(row.Integer(2));
  }
  return counts;
}

bool RemoveSubscription(Connection& connection, const SubscriptionKey& key) {
  const std::uint64_t removed =
      connection.Execute("DELETE FROM webhook_subscriptions WHERE OrgID = ? AND Provider = ?",
                         {key.org_id, key.provider});
  if (removed == 0) return false;
  // The mark of the change is set by this, or has to be set here.
  if (!ClearProviderSecret(connection,
                           {key.org_id, key.provider, ProviderSecretKind::kSigningKey})) {
    MarkChanged(connection, key.org_id);
  }
  return true;
}

}  // namespace bookgate::store
