#include "intake/finisher.hpp"

#include <algorithm>
#include <utility>

#include "config/duration.hpp"
#include "intake/observed_translation.hpp"
#include "lookup/back_off.hpp"

namespace bookgate::intake {
namespace {

using model::Outcome;
using std::chrono::milliseconds;
using std::chrono::seconds;
using std::chrono::steady_clock;

/// How long the thread waits for a word that something is due before it looks by itself: commands
/// and other gateways make deliveries due without telling it.
constexpr milliseconds kPeriod = seconds(1);
/// Deliveries of one provider that are under way at once. Their requests take only a part of the
/// provider's lane, so that there is always room for a delivery whose sender waits.
constexpr std::size_t kMostAtOnce = 8;
/// What a lease lasts beyond the longest time that look-ups can take.
constexpr milliseconds kLeaseReserve = seconds(15);

Translation DeadLetter(std::string token, std::string why) {
  Translation translation;
  translation.outcome = Outcome::kDead;
  translation.reason_token = std::move(token);
  translation.reason = std::move(why);
  return translation;
}

bool IsStored(Outcome outcome) {
  return outcome == Outcome::kStored || outcome == Outcome::kDuplicate;
}

}  // namespace

struct Finisher::Task {
  store::DeliveryKey key;
  std::string org;  ///< Public id.
  std::string provider;
  Outcome before = Outcome::kHeld;
  bool replayed = false;
  unsigned attempts = 0;
  base::Instant waits_since{};
  base::Instant received_at{};
};

Finisher::Finisher(FinisherParts parts)
    : parts_(std::move(parts)), pauses_(parts_.settings, kMostAtOnce) {}

Finisher::~Finisher() {
  Stop();
}

void Finisher::Start() {
  thread_ = std::thread([this] { Run(); });
}

void Finisher::Wake() {
  {
    const std::lock_guard lock(mutex_);
    woken_ = true;
  }
  wake_.notify_one();
}

void Finisher::Run() {
  std::unique_lock lock(mutex_);
  while (!stopping_) {
    wake_.wait_for(lock, kPeriod, [&] { return woken_ || stopping_; });
    woken_ = false;
    if (stopping_) return;
    lock.unlock();
    Turn();
    lock.lock();
  }
}

void Finisher::Stop() {
  std::vector<store::DeliveryKey> abandoned;
  {
    const std::lock_guard lock(mutex_);
    if (std::exchange(stopping_, true)) return;
    for (const auto& [id, task] : under_way_) abandoned.push_back(task->key);
  }
  wake_.notify_one();
  if (thread_.joinable()) thread_.join();
  // Without a database that answers, their leases end by themselves.
  if (!database_answers_) return;
  WriteDown();
  if (!abandoned.empty()) database_answers_ = parts_.unfinished.Release(abandoned).ok();
}

void Finisher::Turn() {
  WriteDown();
  TakeDue();
}

/// What cannot be written down is tried again when its lease ends, with the same result.
void Finisher::WriteDown() {
  std::vector<store::Postponed> postponed;
  std::vector<Closed> closed;
  {
    const std::lock_guard lock(mutex_);
    postponed.swap(postponed_);
    closed.swap(closed_);
  }
  if (!postponed.empty()) database_answers_ = parts_.unfinished.Postpone(postponed).ok();
  for (const Closed& one : closed) {
    database_answers_ = parts_.unfinished.Close(one.key, one.reason).ok();
  }
}

void Finisher::TakeDue() {
  const base::Result<std::vector<std::string>> providers = parts_.unfinished.DueProviders();
  database_answers_ = providers.ok();
  if (!providers.ok()) return;
  const std::shared_ptr<const translate::Registry> registry = parts_.registry();
  for (const std::string& provider : *providers) {
    store::Claim claim;
    claim.provider = provider;
    claim.limit = RoomFor(provider);
    if (claim.limit == 0) continue;
    {
      const std::lock_guard lock(mutex_);
      claim.but_not_of = pauses_.LimitedOrgs(provider, steady_clock::now());
    }
    claim.lease = LeaseFor(registry->Find(provider));
    base::Result<std::vector<store::UnfinishedDelivery>> taken = parts_.unfinished.Take(claim);
    database_answers_ = taken.ok();
    if (!taken.ok()) return;
    for (store::UnfinishedDelivery& delivery : taken.value()) Begin(std::move(delivery), registry);
  }
}

std::size_t Finisher::RoomFor(const std::string& provider) {
  const std::lock_guard lock(mutex_);
  if (stopping_) return 0;
  const std::size_t most = pauses_.MostAtOnce(provider, steady_clock::now());
  const auto under_way = static_cast<std::size_t>(
      std::count_if(under_way_.begin(), under_way_.end(),
                    [&](const auto& entry) { return entry.second->provider == provider; }));
  return under_way < most ? most - under_way : 0;
}

milliseconds Finisher::LeaseFor(const translate::Plugin* plugin) const {
  const unsigned rounds = plugin == nullptr ? 1 : plugin->manifest.lookup_rounds;
  return parts_.settings.timeout * rounds + kLeaseReserve;
}

void Finisher::Begin(store::UnfinishedDelivery taken,
                     const std::shared_ptr<const translate::Registry>& registry) {
  model::Delivery& delivery = taken.stored.delivery;
  const auto task = std::make_shared<const Task>(Task{{delivery.org.id, delivery.id},
                                                      delivery.org.public_id,
                                                      delivery.provider,
                                                      taken.stored.outcome,
                                                      taken.replayed,
                                                      taken.attempts,
                                                      taken.waits_since,
                                                      delivery.received_at});
  {
    const std::lock_guard lock(mutex_);
    under_way_[delivery.id] = task;
  }
  const translate::Plugin* plugin = registry->Find(delivery.provider);
  if (plugin == nullptr) {
    const std::string why = "The plugin " + delivery.provider + " is not enabled.";
    if (IsGivenUp(*task)) {
      return SettleForGood(task, {std::move(delivery), DeadLetter("plugin_missing", why), {}});
    }
    return Postpone(
        *task, why, "plugin_missing",
        lookup::BackOff(parts_.settings, task->attempts, Waited(*task), lookup::RandomSpread()));
  }
  if (!taken.stored.has_body) {
    return SettleForGood(
        task, {std::move(delivery),
               DeadLetter("body_missing", "The body of this delivery is no longer kept."),
               {}});
  }
  Translation first = TranslateObserved(*plugin, delivery, parts_.observer);
  if (first.lookups.empty())
    return SettleForGood(task, {std::move(delivery), std::move(first), {}});
  lookup::Caller caller{delivery.org.public_id, std::move(taken.sealed_credential)};
  Complete(parts_.asker, parts_.observer,
           {registry, plugin, std::move(delivery), std::move(first.lookups), std::move(caller)},
           {parts_.settings.timeout},
           [this, task](Completed completed) { Settle(task, std::move(completed)); });
}

void Finisher::Settle(const TaskPointer& task, Completed completed) {
  {
    const std::lock_guard lock(mutex_);
    // It was let go of, and may be somebody else's by now.
    if (stopping_) return;
    NoteHealth(*task, completed);
  }
  const lookup::Obstacle* const obstacle = WorthWaitingFor(completed);
  if (obstacle != nullptr && !IsGivenUp(*task)) {
    const lookup::Obstacle copy = *obstacle;
    return SettleForNow(task, std::move(completed), copy);
  }
  ExplainObstacles(completed);
  if (obstacle != nullptr && !completed.has_bookings()) {
    completed.translation.reason = "Given up after " +
                                   config::DurationText(parts_.settings.give_up_after) + ": " +
                                   completed.translation.reason;
  }
  SettleForGood(task, std::move(completed));
}

/// With the mutex locked.
void Finisher::NoteHealth(const Task& task, const Completed& completed) {
  using Kind = lookup::Obstacle::Kind;
  bool answered = true;
  for (const lookup::Obstacle& obstacle : completed.obstacles) {
    if (obstacle.kind == Kind::kProvider || obstacle.token == "denied") answered = false;
  }
  if (answered) pauses_.Answered(task.provider);
  const steady_clock::time_point now = steady_clock::now();
  for (const Kind kind : {Kind::kProvider, Kind::kLimit}) {
    const auto found =
        std::find_if(completed.obstacles.begin(), completed.obstacles.end(),
                     [&](const lookup::Obstacle& obstacle) { return obstacle.kind == kind; });
    if (found != completed.obstacles.end()) {
      pauses_.Failed(task.provider, task.key.org_id, *found, now);
    }
  }
}

/// The API may answer later. What it told by now is stored, unless what is there already may be
/// more.
void Finisher::SettleForNow(const TaskPointer& task, Completed completed,
                            const lookup::Obstacle& obstacle) {
  const milliseconds left = parts_.settings.give_up_after - Waited(*task);
  const milliseconds next =
      std::min(NextAttemptIn(parts_.settings, obstacle, task->attempts, Waited(*task)),
               std::max(left, milliseconds(0)));
  if (!completed.has_bookings() || task->replayed) {
    return Postpone(*task, WhyItWaits(obstacle), obstacle.token, next);
  }
  store::WriteJob job = MakeJob(std::move(completed.delivery), std::move(completed.translation));
  job.reason = "Stored without some details: " + WhyItWaits(obstacle);
  job.next_attempt_in = next;
  Submit(task, std::move(job), obstacle.token);
}

void Finisher::SettleForGood(const TaskPointer& task, Completed completed) {
  const bool is_complete = completed.has_bookings() && completed.obstacles.empty();
  if (task->replayed && !is_complete) return Close(*task, {});
  if (IsStored(task->before) && !completed.has_bookings()) {
    return Close(*task, "Stored from the webhook alone. " + completed.translation.reason);
  }
  std::string token = completed.translation.reason_token;
  store::WriteJob job = MakeJob(std::move(completed.delivery), std::move(completed.translation));
  job.next_attempt_in.reset();
  Submit(task, std::move(job), std::move(token));
}

void Finisher::Postpone(const Task& task, std::string reason, std::string token,
                        milliseconds next_attempt_in) {
  {
    const std::lock_guard lock(mutex_);
    postponed_.push_back({task.key, next_attempt_in, std::move(reason)});
  }
  Leave(task, "postponed", std::move(token));
}

void Finisher::Close(const Task& task, std::string reason) {
  {
    const std::lock_guard lock(mutex_);
    closed_.push_back({task.key, std::move(reason)});
  }
  Leave(task, std::string(model::OutcomeName(task.before)), "incomplete");
}

/// What cannot be stored now is tried again when its lease ends.
void Finisher::Submit(const TaskPointer& task, store::WriteJob job, std::string token) {
  job.before = task->before;
  job.done = [this, task, token = std::move(token)](base::Result<store::Written> written) {
    Leave(*task, written.ok() ? std::string(model::OutcomeName(written->outcome)) : "unavailable",
          token);
  };
  if (!parts_.sink.Submit(job)) job.done(base::Unavailable("the queue of the store is full"));
}

void Finisher::Leave(const Task& task, std::string outcome, std::string token) {
  FinishReport report;
  report.delivery_id = task.key.delivery_id.ToString();
  report.org = task.org;
  report.provider = task.provider;
  report.outcome = std::move(outcome);
  report.reason = std::move(token);
  report.attempts = task.attempts;
  report.seconds = std::chrono::duration<double>(parts_.clock() - task.received_at).count();
  {
    const std::lock_guard lock(mutex_);
    under_way_.erase(task.key.delivery_id);
  }
  parts_.observer.OnFinished(report);
  // Where the store takes nothing, the next ones may as well come later.
  if (report.outcome != "unavailable") Wake();
}

milliseconds Finisher::Waited(const Task& task) const {
  return std::chrono::duration_cast<milliseconds>(parts_.clock() - task.waits_since);
}

bool Finisher::IsGivenUp(const Task& task) const {
  return Waited(task) >= parts_.settings.give_up_after;
}

}  // namespace bookgate::intake
