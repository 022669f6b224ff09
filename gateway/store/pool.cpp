#include "store/pool.hpp"

namespace bookgate::store {

Pool::Pool(config::DatabaseSettings settings) : settings_(std::move(settings)) {}

base::Result<Pool::Lease> Pool::Take() {
  {
    const std::lock_guard lock(mutex_);
    if (!kept_.empty()) {
      Lease lease{std::move(kept_.back()), true};
      kept_.pop_back();
      return lease;
    }
  }
  base::Result<std::unique_ptr<Connection>> opened = Connection::Open(settings_);
  if (!opened.ok()) return opened.failure();
  return Lease{std::move(opened).value(), false};
}

void Pool::Give(std::unique_ptr<Connection> connection) {
  const std::lock_guard lock(mutex_);
  if (kept_.size() < kMaxKept) kept_.push_back(std::move(connection));
}

}  // namespace bookgate::store
