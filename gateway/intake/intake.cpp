#include "intake/intake.hpp"

#include <chrono>
#include <mutex>
#include <utility>

#include "intake/answers.hpp"
#include "intake/choose_plugin.hpp"
#include "intake/make_delivery.hpp"
#include "intake/translation.hpp"

namespace bookgate::intake {
namespace {

using std::chrono::steady_clock;

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

Translation TranslateTimed(const Choice& choice, const model::Delivery& delivery,
                           Observer& observer) {
  if (choice.plugin == nullptr) return AmbiguousProvider(choice.ambiguous);
  const steady_clock::time_point start = steady_clock::now();
  Translation translation = Translate(*choice.plugin, delivery);
  const std::chrono::duration<double> passed = steady_clock::now() - start;
  observer.OnTranslated(delivery.provider, passed.count(), translation.plugin_failure);
  return translation;
}

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

}  // namespace

Intake::Intake(Stages stages, std::shared_ptr<const translate::Registry> registry)
    : stages_(std::move(stages)), registry_(std::move(registry)) {}

void Intake::Receive(http::Request request, const WebhookPath& path, http::Responder respond) {
  // 1. Whom is it for, and does it show the right secret? Bodies of strangers are not looked at.
  const base::Instant now = stages_.clock();
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

  // 4. What does it mean?
  Translation translation = TranslateTimed(choice, delivery, stages_.observer);

  // 5. Store it, and 6. answer once it is committed.
  Reply reply = MakeReply(std::move(respond), std::move(request_id), delivery, translation);
  store::WriteJob job = MakeJob(std::move(delivery), std::move(translation));
  job.done = [reply = std::move(reply), &observer = stages_.observer,
              clock = stages_.clock](base::Result<store::Written> written) mutable {
    Finish(reply, written, observer, clock);
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
