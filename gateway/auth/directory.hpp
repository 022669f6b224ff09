/// \file directory.hpp
/// All orgs with their endpoints in memory, so that a wrong token costs no database query.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <shared_mutex>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "model/org.hpp"

namespace bookgate::auth {

/// When the secrets of an org were last used; nullopt: not since the last report.
struct SecretUse {
  std::optional<base::Instant> current;
  std::optional<base::Instant> previous;
};

/// Thread-safe. What Find gives stays as it is, even if the org changes meanwhile.
class Directory {
 public:
  /// nullptr if there is no such org.
  std::shared_ptr<const model::Org> Find(std::string_view public_id) const;

  /// Takes over new and changed orgs; an entry older than the one that is here is passed over, so
  /// that reports may come in any order.
  void Update(std::vector<model::Org> changed);

  /// The highest version seen: what to ask the database for changes since. 0: never loaded.
  std::uint64_t version() const;
  /// The orgs were loaded at least once. Until then nobody can say that an org does not exist.
  bool loaded() const;

  /// Remembers that an org's secret was used, for TakeUses.
  void MarkUsed(std::int64_t org_id, bool previous_secret, base::Instant when);
  /// What was used since the last call, by OrgID.
  std::map<std::int64_t, SecretUse> TakeUses();

 private:
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const {
      return std::hash<std::string_view>()(text);
    }
  };

  mutable std::shared_mutex mutex_;
  std::unordered_map<std::string, std::shared_ptr<const model::Org>, Hash, std::equal_to<>> orgs_;
  std::uint64_t version_ = 0;
  bool loaded_ = false;

  std::mutex uses_mutex_;
  std::map<std::int64_t, SecretUse> uses_;
};

}  // namespace bookgate::auth
