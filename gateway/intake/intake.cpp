#include "intake/intake.hpp"

#include <chrono>
#include <mutex>
#include <utility>

#include "intake/answers.hpp"
#include "intake/choose_plugin.hpp"
#include "intake/make_delivery.hpp"
#include "intake/observed_translation.hpp"
#include "intake/translation.hpp"

namespace bookgate::intake {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

/// How long a sender waits for an API's answer. The most impatient of those whose webhooks need one
/// gives up after ten seconds (Square), and each has to wait for the commit as well.
constexpr milliseconds kSendersPatience{2000};

double SecondsSince(base::Instant start, base::Instant now) {
  return std::chrono::duration<double>(now - start).count();
}

/// What is needed of a delivery to answer it once its rows are committed; the delivery itself has
/// moved on to the store by then.
struct Reply {
  http::Responder respond;
  AnswerPlan plan;
  base::Uuid delivery_id;
  base::Instant received_at;
  DeliveryReport report;
};

Reply MakeReply(http::Responder respond, std::string request_id, const model::Delivery& delivery,
                Translation& translation) {
  Reply reply{std::move(respond), PlanAnswer(translation), delivery.id, delivery.received_at, {}};
  reply.report.delivery_id = delivery.id.ToString();
  reply.report.org = delivery.org.public_id;
  reply.report.provider = delivery.provider;
  reply.report.reason = translation.reason_token;
  reply.report.request_id = std::move(request_id);
  reply.report.events = translation.events.size();
  reply.report.body_bytes = delivery.body.size();
  reply.report.notes = std::move(translation.notes);
  return reply;
}

void Finish(Reply& reply, const base::Result<store::Written>& written, Observer& observer,
            const base::Clock& clock) {
  http::Answer answer =
      written.ok() ? AnswerOf(reply.plan, *written, reply.delivery_id) : AnswerUnavailable();
  reply.report.outcome = written.ok() ? model::OutcomeName(written->outcome) : "unavailable";
  reply.report.status = answer.status;
  reply.respond(std::move(answer));
  reply.report.seconds = SecondsSince(reply.received_at, clock());
  observer.OnDelivery(reply.report);
}

/// What can be stored now that the sender waits no longer, and when to go on.
Translation SettleInTime(Completed& completed, const config::LookupsSettings& settings) {
  if (const lookup::Obstacle* obstacle = WorthWaitingFor(completed)) {
    // What came too late for the sender may be there already, and so may a token that was set a
    // moment ago: the database knows.
    const bool at_once = obstacle->token == "late" || obstacle->token == "stopped" ||
                         obstacle->kind == lookup::Obstacle::Kind::kNotSet;
    const milliseconds next =
        at_once ? milliseconds(0) : NextAttemptIn(settings, *obstacle, 1, milliseconds(0));
    if (!completed.has_bookings()) return WaitForLookups(WhyItWaits(*obstacle), next);
    completed.translation.reason = "Stored without some details: " + WhyItWaits(*obstacle);
    completed.translation.next_attempt_in = next;
    return std::move(completed.translation);
  }
  if (const lookup::Obstacle* obstacle = CredentialTrouble(completed)) {
    // Another one may have been set a moment ago. The database knows.
    return WaitForLookups(obstacle->text + ".", milliseconds(0));
  }
  ExplainObstacles(completed);
  return std::move(completed.translation);
}

}  // namespace

Intake::Intake(Stages stages, std::shared_ptr<const translate::Registry> registry)
    : stages_(std::move(stages)), registry_(std::move(registry)) {}

void Intake::Receive(http::Request request, const WebhookPath& path, http::Responder respond) {
  // 1. Whom is it for, and does it show the right secret? Bodies of strangers are not looked at.
  const base::Instant now = stages_.clock();
  const steady_clock::time_point deadline = steady_clock::now() + kSendersPatience;
  const std::shared_ptr<const translate::Registry> plugins = registry();
  const auth::Verdict by_secret =
      auth::CheckSecret(stages_.directory, stages_.hasher, path.org, request, now);
  if (!DependsOnProvider(by_secret, *plugins, path, request)) {
    respond(TurnAway(by_secret, request));
    return;
  }

  // 2. Who understands it? Manifests say; no plugin has run by now.
  const Choice choice = ChoosePlugin(*plugins, path.provider, request);

  // 3. Who sends it? Each provider signs in a way of its own, so this could not be asked before.
  const auth::Verdict verdict = auth::WeighSignature(
      by_secret, CheckProviderSignature(*by_secret.org, choice, request, stages_.public_url, now));
  if (verdict.decision != auth::Decision::kAccepted) {
    respond(TurnAway(verdict, request));
    return;
  }
  if (verdict.by_secret) {
    stages_.directory.MarkUsed(verdict.org->id, verdict.by_previous_secret, now);
  }
  if (const auto wait = stages_.org_limit.Spend(path.org, steady_clock::now())) {
    stages_.observer.OnAuthFailure("org_rate_limited");
    respond(AnswerTooMany(*wait, "This org sends too many requests."));
    return;
  }
  if (choice.plugin == nullptr && choice.ambiguous.empty()) {
    respond(AnswerRefused(auth::Decision::kUnknownOrg));
    return;
  }
  const translate::Manifest* manifest = choice.plugin ? &choice.plugin->manifest : nullptr;
  const std::string provider =
      manifest ? manifest->provider : path.provider.value_or(std::string(kUnknownProvider));
  std::string request_id = request.id;
  model::Delivery delivery =
      MakeDelivery(std::move(request), *verdict.org, provider, manifest, base::Uuid::Version7(now));

  Sender sender{std::move(respond), std::move(request_id)};

  // 4. What does it mean?
  Translation translation = choice.plugin != nullptr
                                ? TranslateObserved(*choice.plugin, delivery, stages_.observer)
                                : AmbiguousProvider(choice.ambiguous);

  // 5. Ask the provider's API, where the webhook does not say who comes …
  if (translation.outcome == model::Outcome::kHeld) {
    lookup::Caller caller{path.org, verdict.org->SealedCredentialOf(provider)};
    AskFirst({plugins, choice.plugin, std::move(delivery), std::move(translation.lookups),
              std::move(caller)},
             deadline, std::move(sender));
    return;
  }

  // … else 6. store it, and 7. answer once it is committed.
  Store(std::move(delivery), std::move(translation), std::move(sender));
}

/// The sender waits meanwhile, but no thread does. What the API does not tell in time is asked for
/// in the background.
void Intake::AskFirst(Incomplete incomplete, steady_clock::time_point deadline, Sender sender) {
  Complete(stages_.asker, stages_.observer, std::move(incomplete),
           {stages_.lookups.timeout, deadline},
           [this, sender = std::move(sender)](Completed completed) mutable {
             Translation translation = SettleInTime(completed, stages_.lookups);
             Store(std::move(completed.delivery), std::move(translation), std::move(sender));
           });
}

void Intake::Store(model::Delivery delivery, Translation translation, Sender sender) {
  Reply reply =
      MakeReply(std::move(sender.respond), std::move(sender.request_id), delivery, translation);
  const bool is_finished = !translation.next_attempt_in;
  store::WriteJob job = MakeJob(std::move(delivery), std::move(translation));
  job.done = [this, is_finished,
              reply = std::move(reply)](const base::Result<store::Written>& written) mutable {
    Finish(reply, written, stages_.observer, stages_.clock);
    if (!is_finished) stages_.wake_finisher();
  };
  if (!stages_.sink.Submit(job)) job.done(base::Unavailable("the queue of the store is full"));
}

void Intake::SetRegistry(std::shared_ptr<const translate::Registry> registry) {
  const std::unique_lock lock(registry_mutex_);
  registry_ = std::move(registry);
}

std::shared_ptr<const translate::Registry> Intake::registry() const {
  const std::shared_lock lock(registry_mutex_);
  return registry_;
}

/// Failures are counted against the address, and only failures are slowed down: somebody else
/// behind the same address, as with every no-code tool, still gets through with the right secret.
http::Answer Intake::TurnAway(const auth::Verdict& verdict, const http::Request& request) {
  if (auth::IsUnproven(verdict.decision)) {
    const auto wait = stages_.auth_failure_limit.Spend(request.remote_address, steady_clock::now());
    if (wait) {
      stages_.observer.OnAuthFailure("rate_limited");
      return AnswerTooMany(*wait, "Too many failed attempts from this address.");
    }
  }
  stages_.observer.OnAuthFailure(verdict.reason);
  return AnswerRefused(verdict.decision);
}

}  // namespace bookgate::intake
