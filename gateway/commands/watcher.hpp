/// \file watcher.hpp
/// Keeps what is in memory in step with the database.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <mutex>
#include <thread>
#include <vector>

#include "auth/directory.hpp"
#include "auth/sealing.hpp"
#include "base/result.hpp"
#include "config/settings.hpp"
#include "observe/log.hpp"
#include "observe/metrics.hpp"
#include "store/pool.hpp"

namespace bookgate::commands {

/// Brings the database up (schema, orgs, signing keys), then asks twice a second for changes that
/// other gateways and commands made, writes down when secrets were used, and drops what is no
/// longer to be kept. One thread of its own. What it is given outlives it.
class Watcher {
 public:
  Watcher(const config::DatabaseSettings& settings, std::chrono::hours keep_bodies,
          const auth::Sealer& sealer, auth::Directory& directory, observe::Log& log,
          observe::Metrics& metrics);
  ~Watcher();

  /// Tries once to bring the database up. kConflict means that this program must not serve it;
  /// kUnavailable that the thread will go on trying.
  base::Status BringUp();

  void Start();
  /// Writes down the last uses and ends the thread.
  void Stop();

  /// The orgs are loaded, and the database answered when it was last asked.
  bool database_up() const { return database_up_; }

 private:
  void Run();
  void Tick();
  base::Status Refresh();
  void WarnOfClosedKeys(const std::vector<auth::OrgEntry>& entries);
  void ReportHeld();
  void DropOldBodies();
  void NoteState(const base::Status& status);

  const config::DatabaseSettings& settings_;
  const std::chrono::hours keep_bodies_;
  const auth::Sealer& sealer_;
  auth::Directory& directory_;
  observe::Log& log_;
  observe::Metrics& metrics_;
  store::Pool pool_;
  bool schema_checked_ = false;
  std::atomic<bool> database_up_{false};
  std::size_t ticks_ = 0;

  std::mutex mutex_;
  std::condition_variable stop_asked_;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace bookgate::commands
