#include "lookup/asker.hpp"

#include <memory>
#include <mutex>
#include <optional>
#include <utility>

#include "lookup/authorization.hpp"
#include "lookup/judge.hpp"
#include "lookup/lookup_url.hpp"

namespace bookgate::lookup {

using std::chrono::steady_clock;

/// What look-ups are sent with, or why they are not sent.
struct Asker::Credential {
  auth::ProtectedText authorization;                  ///< Empty: the provider's API needs none.
  std::string denial;                                 ///< Empty: they are sent.
  Obstacle::Kind kind = Obstacle::Kind::kCredential;  ///< Of the denial.
};

/// Gathers the replies of one round, which come in any order. Thread-safe.
class Asker::Gathering {
 public:
  Gathering(const Asker& asker, const translate::Manifest& manifest, std::size_t count,
            RoundDone done)
      : asker_(asker),
        provider_(manifest.provider),
        provider_name_(manifest.lookup_name),
        missing_(count),
        done_(std::move(done)) {
    round_.replies.resize(count);
  }

  void Take(std::size_t index, const std::string& lookup_id, translate::Method method,
            FetchReply reply) {
    Take(index, Judge(provider_name_, lookup_id, std::move(reply), method));
  }

  void Take(std::size_t index, Judgement judgement) {
    const std::chrono::duration<double> passed = steady_clock::now() - start_;
    asker_.observer_.OnLookup(provider_, judgement.outcome, passed.count());
    {
      const std::lock_guard lock(mutex_);
      round_.replies[index] = std::move(judgement.reply);
      if (judgement.obstacle) round_.obstacles.push_back(*std::move(judgement.obstacle));
      if (--missing_ > 0) return;
    }
    round_.ended_at = asker_.clock_();
    done_(std::move(round_));
  }

 private:
  const Asker& asker_;
  const std::string provider_;
  const std::string provider_name_;
  const steady_clock::time_point start_ = steady_clock::now();
  std::mutex mutex_;
  std::size_t missing_;
  Round round_;
  RoundDone done_;
};

Asker::Credential Asker::OpenCredential(const translate::Plugin& plugin,
                                        const Caller& caller) const {
  const translate::Manifest& manifest = plugin.manifest;
  if (manifest.lookup_credential.empty()) return {};
  if (caller.sealed_credential.empty()) {
    return {
        {}, "No token for " + manifest.lookup_name + " is set; set one", Obstacle::Kind::kNotSet};
  }
  const std::optional<auth::ProtectedText> opened = sealer_.Open(
      caller.sealed_credential,
      {caller.org_public_id, manifest.provider, auth::ProviderSecretKind::kCredential});
  if (!opened) {
    return {{},
            "The master key of this gateway does not open the token for " + manifest.lookup_name +
                "; set it again",
            Obstacle::Kind::kCredential};
  }
  return {AuthorizationOf(manifest.lookup_attach, opened->view()), {}};
}

void Asker::Ask(const translate::Plugin& plugin, const Caller& caller,
                const std::vector<translate::Lookup>& lookups, steady_clock::time_point deadline,
                RoundDone done) {
  const auto gathering =
      std::make_shared<Gathering>(*this, plugin.manifest, lookups.size(), std::move(done));
  const Credential credential = OpenCredential(plugin, caller);
  for (std::size_t i = 0; i < lookups.size(); ++i) {
    const std::string id = lookups[i].id;
    const translate::Method method = lookups[i].method;
    if (!credential.denial.empty()) {
      gathering->Take(i, Deny(id, credential.kind, credential.denial));
      continue;
    }
    FetchRequest request;
    request.lane = plugin.manifest.provider;
    request.url = LookupUrl(lookups[i], plugin.lookup_base_url);
    request.method = lookups[i].method;
    request.body = lookups[i].body;
    request.headers = plugin.manifest.lookup_headers;
    request.headers.insert(request.headers.end(), lookups[i].headers.begin(),
                           lookups[i].headers.end());
    request.authorization = auth::ProtectedText(credential.authorization.view());
    request.address_is_ours = !plugin.lookup_base_url.empty();
    request.deadline = deadline;
    const bool taken =
        fetcher_.Fetch(std::move(request), [gathering, i, id, method](FetchReply reply) {
          gathering->Take(i, id, method, std::move(reply));
        });
    if (!taken) gathering->Take(i, id, method, FailedReply(FetchEnd::kCrowded));
  }
}

}  // namespace bookgate::lookup
