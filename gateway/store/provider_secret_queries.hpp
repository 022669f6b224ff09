/// \file provider_secret_queries.hpp
/// The table `provider_secrets`: credentials and signing keys of orgs' providers, sealed. Each
/// change marks the org as changed, so that every gateway takes it over.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "auth/directory.hpp"
#include "auth/sealing.hpp"
#include "model/org.hpp"
#include "store/connection.hpp"

namespace bookgate::store {

/// What fits the table once it is sealed; longer than any provider's token.
inline constexpr std::size_t kLongestProviderSecret = 4096;

/// Which secret of which org.
struct ProviderSecretKey {
  std::int64_t org_id = 0;
  std::string provider;
  auth::ProviderSecretKind kind = auth::ProviderSecretKind::kCredential;
};

/// What the audit log calls it if such a secret was "set" or "cleared".
std::string AuditAction(auth::ProviderSecretKind kind, std::string_view what);

/// A secret as its owner sees it. The last two are of signing keys only.
struct ProviderSecret {
  std::string hint;
  base::Instant set_at{};
  std::optional<base::Instant> previous_expires_at;  ///< nullopt: none is valid any more.
  bool required = false;
};

/// nullopt if none is set.
std::optional<ProviderSecret> ShowProviderSecret(Connection& connection,
                                                 const ProviderSecretKey& key);

/// As it is stored; "" if none is set.
std::string ReadSealedSecret(Connection& connection, const ProviderSecretKey& key);

/// A secret on its way into the table.
struct NewProviderSecret {
  std::string sealed;
  std::string hint;
  /// How long a signing key that is replaced stays valid; 0: not at all.
  std::chrono::seconds grace{};
  /// Signatures are required from now on. false leaves that as it is.
  bool require = false;
};

/// Sets it, or puts it in the place of the one that is set. Deliveries that wait for a credential
/// go on at once.
void SetProviderSecret(Connection& connection, const ProviderSecretKey& key,
                       const NewProviderSecret& secret);

/// Removes it, with the previous one and the requirement. False, and nothing changed, if none is
/// set.
bool ClearProviderSecret(Connection& connection, const ProviderSecretKey& key);

/// Lets the provider's webhooks in only if they are signed, or also without. False, and nothing
/// changed, if no signing key is set: nobody could sign then.
bool RequireSignatures(Connection& connection, std::int64_t org_id, const std::string& provider,
                       bool required);

/// The orgs that changed after `version` (all of them for 0), with their signing keys opened and
/// their credentials as they are.
std::vector<auth::OrgEntry> LoadEntriesChangedSince(Connection& connection,
                                                    const auth::Sealer& sealer,
                                                    std::uint64_t version);

}  // namespace bookgate::store
