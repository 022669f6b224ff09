#include "auth/directory.hpp"

#include <algorithm>
#include <utility>

namespace bookgate::auth {

std::shared_ptr<const OrgEntry> Directory::Find(std::string_view public_id) const {
  const std::shared_lock lock(mutex_);
  const auto found = orgs_.find(public_id);
  return found == orgs_.end() ? nullptr : found->second;
}

void Directory::Update(std::vector<OrgEntry> changed) {
  const std::unique_lock lock(mutex_);
  for (OrgEntry& org : changed) {
    version_ = std::max(version_, org.version);
    std::shared_ptr<const OrgEntry>& entry = orgs_[org.public_id];
    if (entry != nullptr && entry->version > org.version) continue;
    entry = std::make_shared<const OrgEntry>(std::move(org));
  }
  loaded_ = true;
}

std::uint64_t Directory::version() const {
  const std::shared_lock lock(mutex_);
  return version_;
}

bool Directory::loaded() const {
  const std::shared_lock lock(mutex_);
  return loaded_;
}

void Directory::MarkUsed(std::int64_t org_id, bool previous_secret, base::Instant when) {
  const std::lock_guard lock(uses_mutex_);
  SecretUse& use = uses_[org_id];
  (previous_secret ? use.previous : use.current) = when;
}

void Directory::GiveBackUses(const std::map<std::int64_t, SecretUse>& uses) {
  const std::lock_guard lock(uses_mutex_);
  for (const auto& [org_id, use] : uses) {
    SecretUse& later = uses_[org_id];
    if (!later.current) later.current = use.current;
    if (!later.previous) later.previous = use.previous;
  }
}

std::map<std::int64_t, SecretUse> Directory::TakeUses() {
  const std::lock_guard lock(uses_mutex_);
  return std::exchange(uses_, {});
}

}  // namespace bookgate::auth
