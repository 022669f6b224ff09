#include "intake/completion.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

#include "intake/observed_translation.hpp"
#include "lookup/back_off.hpp"

namespace bookgate::intake {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

/// The rounds of one delivery. Lives as long as a round is under way; touched by one thread at a
/// time.
class Rounds : public std::enable_shared_from_this<Rounds> {
 public:
  Rounds(lookup::Asker& asker, Observer& observer, Incomplete incomplete, Patience patience,
         CompletionDone done)
      : asker_(asker),
        observer_(observer),
        incomplete_(std::move(incomplete)),
        patience_(patience),
        done_(std::move(done)) {}

  void Ask(const std::vector<translate::Lookup>& lookups) {
    const auto deadline = std::min(patience_.latest, steady_clock::now() + patience_.round);
    asker_.Ask(*incomplete_.plugin, incomplete_.caller, lookups, deadline,
               [self = shared_from_this()](lookup::Round round) { self->Take(std::move(round)); });
  }

 private:
  void Take(lookup::Round round) {
    std::move(round.replies.begin(), round.replies.end(), std::back_inserter(answers_.replies));
    std::move(round.obstacles.begin(), round.obstacles.end(), std::back_inserter(obstacles_));
    ++answers_.rounds;
    incomplete_.delivery.looked_up_at = round.ended_at;
    Translation translation =
        TranslateObserved(*incomplete_.plugin, incomplete_.delivery, observer_, answers_);
    if (!translation.lookups.empty()) return Ask(translation.lookups);
    done_({std::move(incomplete_.delivery), std::move(translation), std::move(obstacles_)});
  }

  lookup::Asker& asker_;
  Observer& observer_;
  Incomplete incomplete_;
  const Patience patience_;
  CompletionDone done_;
  Answers answers_;
  std::vector<lookup::Obstacle> obstacles_;
};

/// The obstacle that a rejection is about, if it is about one.
const lookup::Obstacle* Named(const Completed& completed) {
  for (const model::Problem& problem : completed.translation.problems) {
    for (const lookup::Obstacle& obstacle : completed.obstacles) {
      if (problem.in == "lookup:" + obstacle.lookup_id) return &obstacle;
    }
  }
  return nullptr;
}

std::string Joined(const std::vector<std::string>& sentences) {
  std::string text;
  for (const std::string& sentence : sentences) text += (text.empty() ? "" : " ") + sentence;
  return text;
}

}  // namespace

void Complete(lookup::Asker& asker, Observer& observer, Incomplete incomplete, Patience patience,
              CompletionDone done) {
  const std::vector<translate::Lookup> first = std::move(incomplete.lookups);
  std::make_shared<Rounds>(asker, observer, std::move(incomplete), patience, std::move(done))
      ->Ask(first);
}

const lookup::Obstacle* WorthWaitingFor(const Completed& completed) {
  if (completed.translation.outcome == model::Outcome::kIgnored) return nullptr;
  const lookup::Obstacle* worst = nullptr;
  for (const lookup::Obstacle& obstacle : completed.obstacles) {
    if (!obstacle.may_pass()) continue;
    // Whoever has set no token may not want the details that only the API knows.
    if (obstacle.kind == lookup::Obstacle::Kind::kNotSet && completed.has_bookings()) continue;
    if (worst == nullptr || obstacle.retry_after > worst->retry_after) worst = &obstacle;
  }
  return worst;
}

const lookup::Obstacle* CredentialTrouble(const Completed& completed) {
  const lookup::Obstacle* named = Named(completed);
  const bool about_it = named != nullptr && named->kind == lookup::Obstacle::Kind::kCredential;
  return about_it ? named : nullptr;
}

std::string WhyItWaits(const lookup::Obstacle& obstacle) {
  if (obstacle.kind == lookup::Obstacle::Kind::kNotSet) {
    return obstacle.text + ", and this delivery goes on by itself.";
  }
  return obstacle.text + "; it is asked again.";
}

void ExplainObstacles(Completed& completed) {
  Translation& translation = completed.translation;
  if (completed.has_bookings()) {
    if (!completed.obstacles.empty()) {
      translation.reason = "Stored without some details: " + completed.obstacles.front().text + ".";
    } else {
      translation.reason = Joined(translation.notes);
    }
    return;
  }
  const lookup::Obstacle* named = Named(completed);
  if (named == nullptr) return;
  translation.reason = named->text + ".";
  if (named->kind == lookup::Obstacle::Kind::kCredential ||
      named->kind == lookup::Obstacle::Kind::kNotSet) {
    translation.reason += " Then replay this delivery.";
  }
}

milliseconds NextAttemptIn(const config::LookupsSettings& settings,
                           const lookup::Obstacle& obstacle, unsigned failures,
                           milliseconds waited) {
  const milliseconds pause = lookup::BackOff(settings, failures, waited, lookup::RandomSpread());
  return obstacle.retry_after ? std::max<milliseconds>(pause, *obstacle.retry_after) : pause;
}

}  // namespace bookgate::intake
