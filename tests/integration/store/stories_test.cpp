// Every order of arrival ends in the same rows, through the real store: the stories of 500 seeds,
// each event twice and in random order, written by two racing writers in one process, and in two
// processes, and compared row by row with what is true by the story. A seed that fails is printed.
#include <doctest/doctest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <map>
#include <random>
#include <sstream>
#include <thread>

#include "integration/store/store_fixture.hpp"
#include "store/batch_writer.hpp"
#include "support/booking_story.hpp"

namespace {

using namespace bookgate;
using model::BookingEvent;
using tests::Story;
using tests::StoryEnd;

constexpr std::uint64_t kSeeds = 500;

/// Two writers, with small batches: those meet each other more often.
config::DatabaseSettings CrowdedSettings(const tests::TestDatabase& database) {
  config::DatabaseSettings settings = tests::SettingsOf(database);
  settings.writers = 2;
  settings.max_batch = 8;
  return settings;
}

class Observer final : public store::WriterObserver {
 public:
  void OnCommit(std::size_t, double) override {}
  void OnRetry(std::string_view reason) override {
    if (reason == "deadlock") ++deadlocks;
  }
  void OnTrouble(const base::Failure& failure) override { MESSAGE(failure.operator_text); }

  std::atomic<int> deadlocks{0};
};

/// Gives the events to a writer. True if each one was stored. A sender who is told to come back
/// comes back.
bool WriteAll(const config::DatabaseSettings& settings, const std::vector<BookingEvent>& events) {
  Observer observer;
  store::BatchWriter writer(settings, observer);
  std::vector<BookingEvent> left = events;
  for (int round = 0; round < 20 && !left.empty(); ++round) {
    std::atomic<std::size_t> answered{0};
    std::vector<std::atomic<bool>> stored(left.size());
    for (std::size_t i = 0; i < left.size(); ++i) {
      store::WriteJob job = tests::JobOf(left[i]);
      job.done = [&, i](base::Result<store::Written> written) {
        stored[i] = written.ok() && written->outcome != model::Outcome::kDead;
        ++answered;
      };
      while (!writer.Submit(job)) std::this_thread::yield();
    }
    while (answered < left.size()) std::this_thread::sleep_for(std::chrono::milliseconds(1));
    std::vector<BookingEvent> again;
    for (std::size_t i = 0; i < left.size(); ++i) {
      if (!stored[i]) again.push_back(left[i]);
    }
    left = std::move(again);
  }
  MESSAGE("transactions that were in each other's way: " << observer.deadlocks.load());
  return left.empty();
}

std::vector<Story> DrawStories() {
  std::vector<Story> stories;
  for (std::uint64_t seed = 1; seed <= kSeeds; ++seed) {
    stories.push_back(tests::DrawStory(seed, "s"));
  }
  return stories;
}

/// The events of all stories, each twice, and each story's close together, so that writers meet.
std::vector<BookingEvent> Shuffled(const std::vector<Story>& stories, std::uint64_t seed) {
  std::mt19937_64 random(seed);
  std::vector<BookingEvent> all;
  constexpr std::size_t kTogether = 4;
  for (std::size_t first = 0; first < stories.size(); first += kTogether) {
    std::vector<BookingEvent> group;
    for (std::size_t i = first; i < std::min(first + kTogether, stories.size()); ++i) {
      for (int twice = 0; twice < 2; ++twice) {
        group.insert(group.end(), stories[i].events.begin(), stories[i].events.end());
      }
    }
    std::shuffle(group.begin(), group.end(), random);
    all.insert(all.end(), group.begin(), group.end());
  }
  return all;
}

/// Rows by the external id that they have now, as the server's own client shows them.
struct Tables {
  std::map<std::string, std::vector<std::string>> appointments;
  std::map<std::string, std::vector<std::string>> aliases;  ///< Of an AppointmentID.
};

Tables Read(const tests::TestDatabase& database) {
  Tables tables;
  for (std::vector<std::string>& row :
       database.Rows("SELECT ExternalID, Status, COALESCE(CAST(ROUND(UNIX_TIMESTAMP(StartTime)) AS "
                     "CHAR), ''),"
                     " AppointmentID FROM appointments")) {
    tables.appointments[row[0]] = row;
  }
  for (const std::vector<std::string>& row :
       database.Rows("SELECT AppointmentID, ExternalID FROM appointment_ids "
                     "UNION SELECT AppointmentID, ExternalID FROM appointments ORDER BY 1, 2")) {
    tables.aliases[row[0]].push_back(row[1]);
  }
  return tables;
}

bool EndsAsTold(const Tables& tables, const StoryEnd& end) {
  const auto found = tables.appointments.find(end.external_id);
  if (found == tables.appointments.end()) return false;
  const std::vector<std::string>& row = found->second;
  const auto seconds =
      std::chrono::floor<std::chrono::seconds>(*end.start_time).time_since_epoch().count();
  std::vector<std::string> ids = tables.aliases.at(row[3]);
  std::sort(ids.begin(), ids.end());
  return row[1] == model::StatusName(end.status) && row[2] == std::to_string(seconds) &&
         ids == end.all_ids;
}

void CheckEnds(const tests::TestDatabase& database, const std::vector<Story>& stories) {
  const Tables tables = Read(database);
  std::size_t bookings = 0;
  for (const Story& story : stories) {
    bookings += story.ends.size();
    for (const StoryEnd& end : story.ends) {
      CHECK_MESSAGE(EndsAsTold(tables, end), story.Describe());
    }
  }
  CHECK(tables.appointments.size() == bookings);
  CHECK(database.Number("SELECT COUNT(*) FROM pending_bookings") == 0);
  CHECK(database.Number("SELECT COUNT(*) FROM appointment_ids WHERE AppointmentID IS NULL") == 0);
  CHECK(database.Number("SELECT COUNT(*) FROM appointment_ids i LEFT JOIN appointments a USING "
                        "(OrgID, AppointmentID) WHERE a.OrgID IS NULL") == 0);
  CHECK(database.Number("SELECT COUNT(*) FROM deliveries d LEFT JOIN appointments a USING "
                        "(OrgID, AppointmentID) WHERE d.AppointmentID IS NOT NULL AND "
                        "a.OrgID IS NULL") == 0);
}

}  // namespace

TEST_CASE("two writers in one process end in the rows of the story") {
  const tests::TestDatabase database;
  const config::DatabaseSettings settings = CrowdedSettings(database);
  tests::Migrate(settings);
  const std::vector<Story> stories = DrawStories();
  CHECK(WriteAll(settings, Shuffled(stories, 1)));
  CheckEnds(database, stories);
}

TEST_CASE("two processes with two writers each end in the rows of the story") {
  const tests::TestDatabase database;
  const config::DatabaseSettings settings = CrowdedSettings(database);
  tests::Migrate(settings);
  const std::vector<Story> stories = DrawStories();
  // Before any thread is there: the child begins with a clean copy of this process.
  const pid_t child = fork();
  REQUIRE(child >= 0);
  if (child == 0) _exit(WriteAll(settings, Shuffled(stories, 2)) ? 0 : 1);
  CHECK(WriteAll(settings, Shuffled(stories, 3)));
  int status = 0;
  REQUIRE(waitpid(child, &status, 0) == child);
  CHECK(WIFEXITED(status));
  CHECK(WEXITSTATUS(status) == 0);
  CheckEnds(database, stories);
}
