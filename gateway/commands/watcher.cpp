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

}  // namespace

Watcher::Watcher(const config::DatabaseSettings& settings, std::chrono::hours keep_bodies,
                 const auth::Sealer& sealer, auth::Directory& directory, observe::Log& log,
                 observe::Metrics& metrics)
    : settings_(settings),
      keep_bodies_(keep_bodies),
      sealer_(sealer),
      directory_(directory),
      log_(log),
      metrics_(metrics),
      pool_(settings) {}

Watcher::~Watcher() {
  Stop();
}

base::Status Watcher::BringUp() {
  if (!schema_checked_) {
    base::Result<std::unique_ptr<store::Connection>> connection =
        store::Connection::Open(settings_);
    if (!connection.ok()) return connection.failure();
    const base::Result<store::MigrationReport> report =
        store::Migrate(**connection, !settings_.auto_migrate);
    if (!report.ok()) return report.failure();
    if (!settings_.auto_migrate && !report->applied.empty()) {
      return base::Failure{base::Code::kConflict,
                           "the schema is not up to date: run bookgate migrate",
                           "Bookgate cannot serve right now."};
    }
    for (const std::string& name : report->applied) {
      log_.Info("migrated", "applied a migration", {{"migration", name}});
    }
    schema_checked_ = true;
  }
  base::Status status = Refresh();
  database_up_ = status.ok();
  return status;
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
  NoteState(BringUp());
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
  if (!changed.ok()) return changed.failure();
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
  const base::Instant cutoff = base::SystemNow() - keep_bodies_;
  for (int chunk = 0; chunk < kChunksOfBodies; ++chunk) {
    const base::Result<std::size_t> dropped = pool_.Run(
        [&](store::Connection& connection) { return store::DropOldBodies(connection, cutoff); });
    if (!dropped.ok() || *dropped == 0) return;
    log_.Info("bodies_dropped", "bodies of old deliveries are no longer kept",
              {{"deliveries", static_cast<std::int64_t>(*dropped)}});
  }
}

/// Says once that the database went away or came back, not twice a second.
void Watcher::NoteState(const base::Status& status) {
  const bool up = status.ok();
  if (up == database_up_.exchange(up) && ticks_ != 0) return;
  if (up) return;
  log_.Warn("database_down", status.failure().operator_text, {});
}

}  // namespace bookgate::commands
