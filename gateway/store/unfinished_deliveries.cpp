#include "store/unfinished_deliveries.hpp"

#include <optional>
#include <utility>

#include "store/fit_text.hpp"
#include "store/provider_secret_queries.hpp"

namespace bookgate::store {
namespace {

/// A row that is due.
struct Due {
  DeliveryKey key;
  base::Instant next_attempt_at{};
  unsigned attempts = 0;
  bool replayed = false;
  base::Instant waits_since{};
};

std::vector<Due> FindDue(Connection& connection, const Claim& claim, base::Instant now) {
  std::string sql = "SELECT OrgID, DeliveryID, " + IsoTime("NextAttemptAt") +
                    ", Attempts, Replayed, " + IsoTime("WaitsSince") +
                    " FROM unfinished_deliveries WHERE Provider = ? AND NextAttemptAt <= ?";
  std::vector<Parameter> parameters = {claim.provider, now};
  for (const std::int64_t org : claim.but_not_of) {
    sql += parameters.size() == 2 ? " AND OrgID NOT IN (?" : ", ?";
    parameters.emplace_back(org);
  }
  if (!claim.but_not_of.empty()) sql += ")";
  parameters.emplace_back(static_cast<std::int64_t>(claim.limit));
  std::vector<Due> due;
  for (const Row& row : connection.Query(sql + " ORDER BY NextAttemptAt LIMIT ?", parameters)) {
    due.push_back({{row.Integer(0), row.Id(1)},
                   row.Time(2).value_or(base::Instant{}),
                   static_cast<unsigned>(row.Integer(3)),
                   row.Integer(4) != 0,
                   row.Time(5).value_or(now)});
  }
  return due;
}

/// False if somebody else was quicker.
bool Lease(Connection& connection, const Due& due, base::Instant until) {
  return connection.Execute(
             "UPDATE unfinished_deliveries SET NextAttemptAt = ?, Attempts = Attempts + 1 "
             "WHERE OrgID = ? AND DeliveryID = ? AND NextAttemptAt = ?",
             {until, due.key.org_id, Bytes{due.key.delivery_id.AsBytes()}, due.next_attempt_at}) ==
         1;
}

void Forget(Connection& connection, const DeliveryKey& key) {
  connection.Execute("DELETE FROM unfinished_deliveries WHERE OrgID = ? AND DeliveryID = ?",
                     {key.org_id, Bytes{key.delivery_id.AsBytes()}});
}

std::optional<UnfinishedDelivery> Load(Connection& connection, const Due& due) {
  std::optional<StoredDelivery> stored =
      FindStoredDelivery(connection, due.key.org_id, due.key.delivery_id);
  if (!stored) {
    // Somebody deleted the delivery's row.
    Forget(connection, due.key);
    return std::nullopt;
  }
  UnfinishedDelivery delivery;
  delivery.sealed_credential = ReadSealedSecret(
      connection,
      {due.key.org_id, stored->delivery.provider, auth::ProviderSecretKind::kCredential});
  delivery.stored = *std::move(stored);
  delivery.replayed = due.replayed;
  delivery.attempts = due.attempts + 1;
  delivery.waits_since = due.waits_since;
  return delivery;
}

}  // namespace

void MakeDue(Connection& connection, std::int64_t org_id, const std::string& provider) {
  const base::Instant now = base::SystemNow();
  connection.Execute(
      "UPDATE unfinished_deliveries SET NextAttemptAt = ? "
      "WHERE OrgID = ? AND Provider = ? AND NextAttemptAt > ?",
      {now, org_id, provider, now});
}

base::Result<std::vector<std::string>> UnfinishedDeliveriesTable::DueProviders() {
  return pool_.Run([](Connection& connection) {
    // The smallest entry of each provider in the index Due: as many reads as there are providers.
    std::vector<std::string> providers;
    const base::Instant now = base::SystemNow();
    for (const Row& row :
         connection.Query("SELECT Provider, MIN(NextAttemptAt) AS Earliest "
                          "FROM unfinished_deliveries GROUP BY Provider HAVING Earliest <= ?",
                          {now})) {
      providers.push_back(row.Text(0));
    }
    return providers;
  });
}

base::Result<std::vector<UnfinishedDelivery>> UnfinishedDeliveriesTable::Take(const Claim& claim) {
  return pool_.Run([&](Connection& connection) {
    const base::Instant now = base::SystemNow();
    std::vector<UnfinishedDelivery> taken;
    for (const Due& due : FindDue(connection, claim, now)) {
      if (!Lease(connection, due, now + claim.lease)) continue;
      if (std::optional<UnfinishedDelivery> delivery = Load(connection, due)) {
        taken.push_back(*std::move(delivery));
      }
    }
    return taken;
  });
}

base::Status UnfinishedDeliveriesTable::Postpone(const std::vector<Postponed>& deliveries) {
  return pool_.Run([&](Connection& connection) {
    const base::Instant now = base::SystemNow();
    for (const Postponed& postponed : deliveries) {
      const Bytes id{postponed.key.delivery_id.AsBytes()};
      connection.Execute(
          "UPDATE deliveries SET Reason = IF(Outcome = 'held', ?, Reason), "
          "Attempts = Attempts + 1, UpdatedAt = ? WHERE OrgID = ? AND DeliveryID = ?",
          {FitText(postponed.reason, kReasonBytes), now, postponed.key.org_id, id});
      connection.Execute(
          "UPDATE unfinished_deliveries SET NextAttemptAt = ? WHERE OrgID = ? AND DeliveryID = ?",
          {now + postponed.next_attempt_in, postponed.key.org_id, id});
    }
    return base::Done{};
  });
}

base::Status UnfinishedDeliveriesTable::Close(const DeliveryKey& key, const std::string& reason) {
  return pool_.Run([&](Connection& connection) {
    if (!reason.empty()) {
      connection.Execute(
          "UPDATE deliveries SET Reason = ?, Attempts = Attempts + 1, UpdatedAt = ? "
          "WHERE OrgID = ? AND DeliveryID = ?",
          {FitText(reason, kReasonBytes), base::SystemNow(), key.org_id,
           Bytes{key.delivery_id.AsBytes()}});
    }
    Forget(connection, key);
    return base::Done{};
  });
}

base::Status UnfinishedDeliveriesTable::Release(const std::vector<DeliveryKey>& keys) {
  return pool_.Run([&](Connection& connection) {
    const base::Instant now = base::SystemNow();
    for (const DeliveryKey& key : keys) {
      connection.Execute(
          "UPDATE unfinished_deliveries SET NextAttemptAt = ?, Attempts = Attempts - 1 "
          "WHERE OrgID = ? AND DeliveryID = ? AND Attempts > 0",
          {now, key.org_id, Bytes{key.delivery_id.AsBytes()}});
    }
    return base::Done{};
  });
}

}  // namespace bookgate::store
