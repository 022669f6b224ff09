#include "commands/watcher.hpp"

#include <chrono>
#include <map>
#include <utility>

#include "store/delivery_queries.hpp"
#include "store/endpoint_queries.hpp"
#include "store/migrations.hpp"
#include "store/org_queries.hpp"
#include "store/provider_secret_queries.hpp"
#include "store/retention.hpp"

namespace bookgate::commands {
namespace {

/// Half of the second within which a change made elsewhere must work here.
constexpr std::chrono::milliseconds kPeriod{500};
constexpr std::size_t kTicksBetweenHeldCounts = 20;
constexpr std::size_t kTicksBetweenHousekeepings = 120;
/// In one go: more waits for the next one, so that changes of secrets do not.
constexpr int kChunksOfBodies = 20;

base::Result<store::MigrationReport> Migrate(const config::DatabaseSettings& settings,
                                             store::Patience patience, bool dry_run) {
  base::Result<std::unique_ptr<store::Connection>> connection =
      store::Connection::Open(settings, patience);
  if (!connection.ok()) return connection.failure();
  return store::Migrate(**connection, dry_run);
}

}  // namespace

Watcher::Watcher(const config::Settings& settings, const auth::Sealer& sealer,
                 auth::Directory& directory, observe::Log& log, observe::Metrics& metrics)
    : settings_(settings),
      sealer_(sealer),
      directory_(directory),
      log_(log),
      metrics_(metrics),
      pool_(settings.database) {}

Watcher::~Watcher() {
  Stop();
}

base::Status Watcher::BringUp() {
  base::Status status = CheckSchema();
  if (status.ok()) status = Refresh();
  database_up_ = status.ok();
  trouble_ = status.ok() ? std::nullopt : std::optional(status.failure().code);
  return status;
}

/// Once: the schema of a database that went away and came back is the same.
base::Status Watcher::CheckSchema() {
  if (schema_checked_) return base::Done{};
  const base::Result<store::MigrationReport> pending =
      Migrate(settings_.database, store::Patience::kShort, /*dry_run=*/true);
  if (!pending.ok()) return pending.failure();
  if (!settings_.database.auto_migrate && !pending->applied.empty()) {
    return base::Failure{base::Code::kConflict,
                         "the schema is not up to date: run bookgate migrate",
                         "Bookgate cannot serve right now."};
  }
  if (!pending->applied.empty()) {
    const base::Result<store::MigrationReport> report =
        Migrate(settings_.database, store::Patience::kMigration, /*dry_run=*/false);
    if (!report.ok()) return report.failure();
    for (const std::string& name : report->applied) {
      log_.Info("migrated", "applied a migration", {{"migration", name}});
    }
  }
  schema_checked_ = true;
  return base::Done{};
}

void Watcher::Start() {
  thread_ = std::thread([this] { Run(); });
}

void Watcher::Stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  stop_asked_.notify_all();
  if (thread_.joinable()) thread_.join();
}

void Watcher::Run() {
  std::unique_lock lock(mutex_);
  while (!stopping_) {
    stop_asked_.wait_for(lock, kPeriod, [&] { return stopping_; });
    lock.unlock();
    Tick();
    lock.lock();
  }
}

void Watcher::Tick() {
  const std::optional<base::Code> before = trouble_;
  const base::Status status = BringUp();
  if (trouble_ != before) LogChange(status);
  if (!database_up_) return;
  if (ticks_ % kTicksBetweenHeldCounts == 0) ReportHeld();
  if (ticks_ % kTicksBetweenHousekeepings == 0) DropOldBodies();
  ++ticks_;
}

/// Takes over what changed since the last look, and hands in what was used since.
base::Status Watcher::Refresh() {
  const std::map<std::int64_t, auth::SecretUse> uses = directory_.TakeUses();
  auto changed = pool_.Run([&](store::Connection& connection) {
    if (!uses.empty()) store::RecordUses(connection, uses);
    std::vector<auth::OrgEntry> orgs;
    const bool first = !directory_.loaded();
    if (first || store::CurrentVersion(connection) > directory_.version()) {
      orgs = store::LoadEntriesChangedSince(connection, sealer_, directory_.version());
    }
    return std::pair(first || !orgs.empty(), std::move(orgs));
  });
  if (!changed.ok()) {
    directory_.GiveBackUses(uses);
    return changed.failure();
  }
  WarnOfClosedKeys(changed->second);
  if (changed->first) directory_.Update(std::move(changed->second));
  return base::Done{};
}

/// The rest of the gateway goes on, but nothing that such a provider signs is let in.
void Watcher::WarnOfClosedKeys(const std::vector<auth::OrgEntry>& entries) {
  for (const auth::OrgEntry& entry : entries) {
    for (const auto& [provider, keys] : entry.signing_keys) {
      if (!keys->current.empty()) continue;
      log_.Warn("signing_key_unusable",
                "the master key does not open this signing key: set the key again",
                {{"org", entry.public_id}, {"provider", provider}});
    }
  }
}

void Watcher::ReportHeld() {
  const base::Result<std::int64_t> held = pool_.Run(&store::CountHeldDeliveries);
  if (held.ok()) metrics_.SetHeldDeliveries({{"lookup_pending", static_cast<std::size_t>(*held)}});
}

void Watcher::DropOldBodies() {
  const base::Instant cutoff = base::SystemNow() - settings_.deliveries.keep_bodies;
  for (int chunk = 0; chunk < kChunksOfBodies; ++chunk) {
    const base::Result<std::size_t> dropped = pool_.Run(
        [&](store::Connection& connection) { return store::DropOldBodies(connection, cutoff); });
    if (!dropped.ok() || *dropped == 0) return;
    log_.Info("bodies_dropped", "bodies of old deliveries are no longer kept",
              {{"deliveries", static_cast<std::int64_t>(*dropped)}});
  }
}

/// Once that the database went away, and why, and once that it came back: not twice a second.
void Watcher::LogChange(const base::Status& status) {
  if (status.ok()) {
    log_.Info("database_up", "the database answers again", {});
  } else {
    log_.Warn("database_down", status.failure().operator_text, {});
  }
}

}  // namespace bookgate::commands
