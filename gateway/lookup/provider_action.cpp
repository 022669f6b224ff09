#include "lookup/provider_action.hpp"

#include <sodium.h>

#include <algorithm>
#include <future>
#include <memory>
#include <optional>
#include <thread>
#include <utility>

#include "auth/secret.hpp"
#include "base/time.hpp"
#include "translate/field_mapping.hpp"
#include "translate/lookup_check.hpp"
#include "translate/signing_key.hpp"

namespace bookgate::lookup {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;
using translate::Lookup;

constexpr int kMostSends = 3;
constexpr milliseconds kFirstPause{500};
constexpr std::string_view kRegister = "register_webhook";

void Wipe(std::string& text) {
  sodium_memzero(text.data(), text.size());
  text.clear();
}

auth::ProtectedText TakeText(std::string text) {
  auth::ProtectedText kept{std::string_view(text)};
  Wipe(text);
  return kept;
}

const Obstacle* ObstacleOf(const Round& round, const std::string& lookup_id) {
  const auto found =
      std::find_if(round.obstacles.begin(), round.obstacles.end(),
                   [&](const Obstacle& obstacle) { return obstacle.lookup_id == lookup_id; });
  return found == round.obstacles.end() ? nullptr : &*found;
}

/// Puts the replies of those that were asked again in the place of the first ones.
void TakeOver(Round& round, Round again) {
  for (translate::LookupReply& reply : again.replies) {
    std::erase_if(round.obstacles, [&](const Obstacle& old) { return old.lookup_id == reply.id; });
    const auto old = std::find_if(round.replies.begin(), round.replies.end(),
                                  [&](const auto& taken) { return taken.id == reply.id; });
    if (old != round.replies.end()) *old = std::move(reply);
  }
  for (Obstacle& obstacle : again.obstacles) round.obstacles.push_back(std::move(obstacle));
}

}  // namespace

void SleepFor(milliseconds pause) {
  std::this_thread::sleep_for(pause);
}

/// One run, from its first step to its end.
class ActionRunner::Operation {
 public:
  Operation(const ActionRunner& runner, const translate::Plugin& plugin, const Caller& caller,
            const Action& action, steady_clock::time_point deadline)
      : runner_(runner),
        plugin_(plugin),
        caller_(caller),
        action_(action),
        deadline_(deadline),
        config_(translate::ConfigWithMapping(plugin, action.field_mapping)) {}
  ~Operation() {
    for (translate::LookupReply& reply : replies_) Wipe(reply.body);
  }
  Operation(const Operation&) = delete;
  Operation& operator=(const Operation&) = delete;

  ActionEnd Run() {
    translate::StepInput input;
    // One moment for the whole operation: translators count from it.
    input.received_at_ms = base::UnixMilliseconds(base::SystemNow());
    input.operation = action_.operation;
    input.parameters = action_.parameters;
    input.config = config_;
    ActionEnd end;
    for (;; ++input.lookup_rounds) {
      input.replies = &replies_;
      end.outcome = plugin_.runner->Step(input);
      auto* need = std::get_if<translate::NeedLookups>(&end.outcome.result);
      if (need == nullptr) break;
      Round round = AskRound(std::move(need->lookups));
      for (translate::LookupReply& reply : round.replies) replies_.push_back(std::move(reply));
      for (Obstacle& obstacle : round.obstacles) end.obstacles.push_back(std::move(obstacle));
    }
    const auto* done = std::get_if<translate::Done>(&end.outcome.result);
    if (done != nullptr && action_.operation == kRegister) end.signing_key = KeyOf(*done);
    return end;
  }

 private:
  /// Puts the one key of this operation where the translator wants one.
  void FillIn(Lookup& lookup) {
    if (action_.operation != kRegister || !translate::WantsSigningKey(lookup)) return;
    if (sent_key_.empty()) sent_key_ = TakeText(auth::GenerateSigningKey());
    lookup.body = translate::BodyWithSigningKey(lookup, sent_key_.view());
  }

  Round AskRound(std::vector<Lookup> lookups) {
    for (Lookup& lookup : lookups) FillIn(lookup);
    Round round = AskOnce(lookups);
    milliseconds pause = kFirstPause;
    for (int sends = 1; sends < kMostSends; ++sends, pause *= 2) {
      milliseconds wait = pause;
      std::vector<Lookup> again = ToSendAgain(lookups, round, wait);
      if (again.empty() || steady_clock::now() + wait >= deadline_) break;
      runner_.pause_(wait);
      TakeOver(round, AskOnce(again));
    }
    for (Lookup& lookup : lookups) Wipe(lookup.body);
    return round;
  }

  Round AskOnce(const std::vector<Lookup>& lookups) const {
    const auto promise = std::make_shared<std::promise<Round>>();
    std::future<Round> round = promise->get_future();
    const auto by = std::min(deadline_, steady_clock::now() + runner_.request_timeout_);
    runner_.asker_.Ask(plugin_, caller_, lookups, by,
                       [promise](Round done) { promise->set_value(std::move(done)); });
    return round.get();
  }

  /// Those that were not answered and change nothing. Makes `wait` as long as an API asks for.
  std::vector<Lookup> ToSendAgain(const std::vector<Lookup>& lookups, const Round& round,
                                  milliseconds& wait) const {
    std::vector<Lookup> again;
    for (const Lookup& lookup : lookups) {
      const Obstacle* const obstacle = ObstacleOf(round, lookup.id);
      if (obstacle == nullptr || (obstacle->kind != Obstacle::Kind::kProvider &&
                                  obstacle->kind != Obstacle::Kind::kLimit)) {
        continue;
      }
      if (!translate::MaySendAgain(lookup, plugin_.manifest.lookup_searches)) continue;
      if (obstacle->retry_after) wait = std::max<milliseconds>(wait, *obstacle->retry_after);
      again.push_back(lookup);
    }
    return again;
  }

  auth::ProtectedText KeyOf(const translate::Done& done) {
    if (!done.signing_key_at) return std::move(sent_key_);
    if (done.signing_key_at->lookup.empty()) return PasswordOfCredential();
    std::optional<std::string> key = translate::SigningKeyIn(*done.signing_key_at, replies_);
    return key ? TakeText(*std::move(key)) : auth::ProtectedText();
  }

  /// What stands behind the colon. Acuity signs with the API key, which is that; a token of OAuth
  /// has none.
  auth::ProtectedText PasswordOfCredential() const {
    const std::optional<auth::ProtectedText> credential = runner_.sealer_.Open(
        caller_.sealed_credential,
        {caller_.org_public_id, plugin_.manifest.provider, auth::ProviderSecretKind::kCredential});
    if (!credential) return {};
    const std::size_t colon = credential->view().find(':');
    if (colon == std::string_view::npos) return {};
    return auth::ProtectedText(credential->view().substr(colon + 1));
  }

  const ActionRunner& runner_;
  const translate::Plugin& plugin_;
  const Caller& caller_;
  const Action& action_;
  const steady_clock::time_point deadline_;
  const std::string config_;
  std::vector<translate::LookupReply> replies_;  ///< Of all rounds.
  auth::ProtectedText sent_key_;
};

ActionEnd ActionRunner::Run(const translate::Plugin& plugin, const Caller& caller,
                            const Action& action, steady_clock::time_point deadline) const {
  return Operation(*this, plugin, caller, action, deadline).Run();
}

}  // namespace bookgate::lookup
