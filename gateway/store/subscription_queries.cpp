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
                                                   const OrgAtProvider& key) {
  const std::vector<Row> rows =
      connection.Query("SELECT SubscriptionID, Url, State, Events, " + IsoTime("RegisteredAt") +
                           ", " + IsoTime("CheckedAt") + ", " + IsoTime("MissedSince") +
                           " FROM webhook_subscriptions WHERE OrgID = ? AND Provider = ?",
                       {key.org_id, key.provider});
  if (rows.empty()) return std::nullopt;
  const Row& row = rows.front();
  return StoredSubscription{row.Text(0),
                            row.Text(1),
                            row.Text(2),
                            NamesOf(row.Text(3)),
                            row.Time(4).value_or(base::Instant{}),
                            row.Time(5).value_or(base::Instant{}),
                            row.Time(6)};
}

void SaveSubscription(Connection& connection, const OrgAtProvider& key,
                      const StoredSubscription& subscription,
                      const NewProviderSecret* signing_key) {
  const base::Instant now = base::SystemNow();
  const std::string events = NamesAsJson(subscription.events);
  const std::string hint = signing_key == nullptr ? std::string() : signing_key->hint;
  connection.Execute(
      "INSERT INTO webhook_subscriptions (OrgID, Provider, SubscriptionID, Url, State, Events, "
      "RegisteredAt, CheckedAt, LastActiveAt, KeyHint) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) "
      "ON DUPLICATE KEY UPDATE SubscriptionID = ?, Url = ?, State = ?, Events = ?, "
      "RegisteredAt = ?, CheckedAt = ?, LastActiveAt = ?, KeyHint = ?",
      {key.org_id, key.provider, subscription.id, subscription.url, subscription.state, events, now,
       now, now, hint, subscription.id, subscription.url, subscription.state, events, now, now, now,
       hint});
  if (signing_key != nullptr) {
    SetProviderSecret(connection, {key.org_id, key.provider, ProviderSecretKind::kSigningKey},
                      *signing_key);
  } else {
    MarkChanged(connection, key.org_id);
  }
}

void NoteSubscriptionState(Connection& connection, const OrgAtProvider& key,
                           std::string_view state) {
  const base::Instant now = base::SystemNow();
  if (state == "active") {
    connection.Execute(
        "UPDATE webhook_subscriptions SET State = 'active', CheckedAt = ?, LastActiveAt = ? WHERE "
        "OrgID = ? AND Provider = ?",
        {now, now, key.org_id, key.provider});
    return;
  }
  connection.Execute(
      "UPDATE webhook_subscriptions SET State = ?, CheckedAt = ?, "
      "MissedSince = COALESCE(MissedSince, LastActiveAt) WHERE OrgID = ? AND Provider = ?",
      {std::string(state), now, key.org_id, key.provider});
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

void NoteFetched(Connection& connection, const OrgAtProvider& key, base::Instant since,
                 base::Instant until) {
  connection.Execute(
      "UPDATE webhook_subscriptions SET "
      "MissedSince = CASE WHEN State = 'active' AND RegisteredAt <= ? THEN NULL ELSE ? END WHERE "
      "OrgID = ? AND Provider = ? AND MissedSince >= ? AND MissedSince <= ?",
      {until, until, key.org_id, key.provider, since, until});
}

bool RemoveSubscription(Connection& connection, const OrgAtProvider& key) {
  const ProviderSecretKey signing_key{key.org_id, key.provider, ProviderSecretKind::kSigningKey};
  const std::vector<Row> registered = connection.Query(
      "SELECT KeyHint FROM webhook_subscriptions WHERE OrgID = ? AND Provider = ? FOR UPDATE",
      {key.org_id, key.provider});
  if (registered.empty()) return false;
  connection.Execute("DELETE FROM webhook_subscriptions WHERE OrgID = ? AND Provider = ?",
                     {key.org_id, key.provider});
  // One that the owner has set is the owner's.
  const std::optional<ProviderSecret> current = ShowProviderSecret(connection, signing_key);
  if (current && current->hint == registered.front().Text(0)) {
    ClearProviderSecret(connection, signing_key);
  } else {
    MarkChanged(connection, key.org_id);
  }
  return true;
}

}  // namespace bookgate::store
