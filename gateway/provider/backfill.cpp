#include "provider/backfill.hpp"

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <set>
#include <utility>
#include <variant>

#include "base/json_writer.hpp"
#include "base/rfc3339.hpp"
#include "store/subscription_queries.hpp"
#include "store/write_batch.hpp"

namespace bookgate::provider {
namespace {

using base::Code;
using base::Failure;

constexpr std::string_view kOperation = "list_bookings";
constexpr unsigned kMostTries = 3;
constexpr std::chrono::seconds kFirstPause{1};

std::string SpanDetails(const intake::BackfillSpan& span) {
  base::JsonWriter json;
  json.Object().Member("since", base::Rfc3339(span.since));
  return json.Member("until", base::Rfc3339(span.until)).EndObject().Text();
}

}  // namespace

void Pause(std::chrono::milliseconds pause, const std::stop_token& stop) {
  std::mutex mutex;
  std::condition_variable_any stopped;
  std::unique_lock lock(mutex);
  stopped.wait_for(lock, stop, pause, [] { return false; });
}

Backfill::Backfill(const Account& account, const intake::BackfillSpan& span, std::stop_token stop)
    : account_(account), span_(span), stop_(std::move(stop)) {
  state_.since = span.since;
  state_.until = span.until;
}

base::Status Backfill::Begin(const store::Actor& actor) {
  if (base::Status offered = account_.Require(kOperation); !offered.ok()) return offered;
  // As exact as the table has it.
  state_.started_at = std::chrono::floor<std::chrono::milliseconds>(base::SystemNow());
  const std::string& provider = account_.plugin().manifest.provider;
  const auto begun = account_.pool().Run([&](store::Connection& connection) {
    if (!store::BeginBackfill(connection, account_.key(), state_)) return false;
    store::AddAuditEntry(connection, {account_.org().id, actor.name, "backfilled", provider,
                                      SpanDetails(span_), actor.address});
    return true;
  });
  if (begun.ok() && *begun) return base::Done{};
  state_.started_at = {};
  if (!begun.ok()) return begun.failure();
  return Failure{
      Code::kConflict,
      "bookings of " + provider +
          " are being fetched for this org already; one that was killed counts as given up "
          "after 15 minutes",
      "Bookings are being fetched already. Wait until that is done."};
}

base::Status Backfill::Run() {
  base::Status ended = GoThroughPages();
  state_.state = ended.ok() ? "done" : "failed";
  if (!ended.ok()) {
    state_.reason = ended.failure().sender_text.empty() ? "A fault of Bookgate: its log says more."
                                                        : ended.failure().sender_text;
  }
  const base::Status noted = account_.pool().Run([&](store::Connection& connection) {
    store::NoteBackfill(connection, account_.key(), state_);
    if (ended.ok()) store::NoteFetched(connection, account_.key(), span_.since, span_.until);
    return base::Done{};
  });
  return ended.ok() ? noted : ended;
}

/// Should that not be written down, it counts as interrupted after a while.
void Backfill::Abandon(const std::string& reason) {
  if (state_.started_at == base::Instant{}) return;
  state_.state = "failed";
  state_.reason = reason;
  (void)NoteState();
}

base::Status Backfill::GoThroughPages() {
  std::string cursor;
  do {
    const lookup::ActionEnd end = Ask(cursor);
    if (stop_.stop_requested()) {
      return Failure{Code::kUnavailable, "it was stopped",
                     "It was stopped meanwhile: fetch again."};
    }
    const auto* page = std::get_if<translate::Bookings>(&end.outcome.result);
    if (page == nullptr) return account_.FailureOf(end);
    if (!page->next_cursor.empty() && page->next_cursor == cursor) {
      return Failure{
          Code::kInternal, "the plugin does not get on: it gives the same cursor again", {}};
    }
    ++state_.pages;
    if (base::Status stored = Store(*page); !stored.ok()) return stored;
    if (base::Status noted = NoteState(); !noted.ok()) return noted;
    cursor = page->next_cursor;
  } while (!cursor.empty());
  return base::Done{};
}

lookup::ActionEnd Backfill::Ask(const std::string& cursor) const {
  std::chrono::milliseconds pause = kFirstPause;
  for (unsigned tries = 1;; ++tries, pause *= 2) {
    lookup::ActionEnd end = account_.Ask(kOperation, Parameters(cursor));
    if (tries == kMostTries || stop_.stop_requested() || !IsUnavailable(end)) return end;
    Pause(pause, stop_);
  }
}

std::string Backfill::Parameters(const std::string& cursor) const {
  base::JsonWriter json;
  json.Object().Member("since", base::Rfc3339(span_.since));
  json.Member("until", base::Rfc3339(span_.until));
  if (!cursor.empty()) json.Member("cursor", cursor);
  return json.EndObject().Text();
}

/// An empty page is none that anybody needs to see.
base::Status Backfill::Store(const translate::Bookings& page) {
  if (page.events.empty()) return base::Done{};
  const translate::Plugin& plugin = account_.plugin();
  store::WriteJob job = intake::BackfillJob(
      plugin,
      intake::BackfillDelivery(plugin, account_.org(), span_, static_cast<unsigned>(state_.pages),
                               base::SystemNow()),
      page);
  const auto written = account_.pool().Run([&](store::Connection& connection) {
    return store::WriteBatch(connection, store::MakeBatch({&job}));
  });
  if (!written.ok()) return written.failure();
  state_.unusable += static_cast<std::int64_t>(page.events.size() - job.events.size());
  const store::Written& result = written->front();
  if (result.changes_something) ++state_.changed;
  // A booking may be told in several events.
  std::set<std::int64_t> told;
  std::set<std::int64_t> created;
  for (const store::WrittenAppointment& appointment : result.appointments) {
    told.insert(appointment.appointment_id);
    if (appointment.created) created.insert(appointment.appointment_id);
  }
  state_.bookings += static_cast<std::int64_t>(told.size());
  state_.created += static_cast<std::int64_t>(created.size());
  return base::Done{};
}

base::Status Backfill::NoteState() {
  return account_.pool().Run([&](store::Connection& connection) {
    store::NoteBackfill(connection, account_.key(), state_);
    return base::Done{};
  });
}

}  // namespace bookgate::provider
