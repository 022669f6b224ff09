/// \file directory.hpp
/// All orgs in memory, with their endpoints and providers' secrets, so that a wrong secret or
/// signature costs no database query.
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
#include <utility>
#include <vector>

#include "auth/signing_keys.hpp"
#include "model/org.hpp"

namespace bookgate::auth {

/// An org with what its providers sign with.
struct OrgEntry : model::Org {
  OrgEntry() = default;
  OrgEntry(model::Org org) : model::Org(std::move(org)) {}  // NOLINT(google-explicit-constructor)

  /// nullptr if the org has set no signing key of that provider.
  const SigningKeys* KeysOf(std::string_view provider) const {
    const auto found = signing_keys.find(provider);
    return found == signing_keys.end() ? nullptr : found->second.get();
  }

  /// The credential for that provider's API, sealed; "" if none is set.
  std::string SealedCredentialOf(std::string_view provider) const {
    const auto found = sealed_credentials.find(provider);
    return found == sealed_credentials.end() ? std::string() : found->second;
  }

  /// By provider. Shared, because keys are not copied; never null.
  std::map<std::string, std::shared_ptr<const SigningKeys>, std::less<>> signing_keys;
  /// By provider. They stay sealed until the moment in which they are sent.
  std::map<std::string, std::string, std::less<>> sealed_credentials;
};

/// When the secrets of an org were last used; nullopt: not since the last report.
struct SecretUse {
  std::optional<base::Instant> current;
  std::optional<base::Instant> previous;
};

/// Thread-safe. What Find gives stays as it is, even if the org changes meanwhile.
class Directory {
 public:
  /// nullptr if there is no such org.
  std::shared_ptr<const OrgEntry> Find(std::string_view public_id) const;

  /// Takes over new and changed orgs; an entry older than the one that is here is passed over, so
  /// that reports may come in any order. Keys that are replaced are wiped as soon as no request
  /// works with them any more.
  void Update(std::vector<OrgEntry> changed);

  /// The highest version seen: what to ask the database for changes since. 0: never loaded.
  std::uint64_t version() const;
  /// The orgs were loaded at least once. Until then nobody can say that an org does not exist.
  bool loaded() const;

  /// Remembers that an org's secret was used, for TakeUses.
  void MarkUsed(std::int64_t org_id, bool previous_secret, base::Instant when);
  /// What was used since the last call, by OrgID.
  std::map<std::int64_t, SecretUse> TakeUses();
  /// They could not be written down: for the next TakeUses.
  void GiveBackUses(const std::map<std::int64_t, SecretUse>& uses);

 private:
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const {
      return std::hash<std::string_view>()(text);
    }
  };

  mutable std::shared_mutex mutex_;
  std::unordered_map<std::string, std::shared_ptr<const OrgEntry>, Hash, std::equal_to<>> orgs_;
  std::uint64_t version_ = 0;
  bool loaded_ = false;

  std::mutex uses_mutex_;
  std::map<std::int64_t, SecretUse> uses_;
};

}  // namespace bookgate::auth
