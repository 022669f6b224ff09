#include "store/batch_writer.hpp"

#include <sodium.h>

#include <algorithm>
#include <exception>
#include <utility>

#include "store/delivery_step.hpp"
#include "store/write_batch.hpp"

namespace bookgate::store {
namespace {

using std::chrono::steady_clock;

constexpr std::size_t kMaxQueuedJobs = 20'000;
constexpr std::size_t kMaxQueuedBytes = 64u << 20;
/// Of bodies in one transaction: escaped, they still fit the servers' default max_allowed_packet.
constexpr std::size_t kMaxBatchBytes = 4u << 20;
/// How often a batch is tried as a whole before its deliveries are tried one by one, which are less
/// in others' way; and how often a single one.
constexpr int kMaxBatchDeadlocks = 4;
constexpr int kMaxDeadlocks = 20;
/// How long one batch may try before its senders are told to come back.
constexpr std::chrono::seconds kPatience{8};
constexpr std::chrono::milliseconds kFirstBackOff{100};
constexpr std::chrono::milliseconds kLongestBackOff{2000};

/// A moment that two writers which stood in each other's way do not choose alike.
void PauseWithJitter(int attempt) {
  // From the sixth attempt on as long as the sixth: shifting further would overflow in the end.
  const auto longest = static_cast<std::uint32_t>(std::min(5 << std::min(attempt, 6), 200));
  std::this_thread::sleep_for(std::chrono::milliseconds(1 + randombytes_uniform(longest)));
}

void Answer(WriteJob& job, base::Result<Written> result, WriterObserver& observer) {
  try {
    job.done(std::move(result));
  } catch (const std::exception& error) {
    observer.OnTrouble(
        {base::Code::kInternal, std::string("answering a delivery failed: ") + error.what(), {}});
  }
}

}  // namespace

/// One thread's work, with its own connection.
class BatchWriter::Writer {
 public:
  explicit Writer(BatchWriter& owner) : owner_(owner), observer_(owner.observer_) {}

  void Run() {
    while (true) {
      std::vector<WriteJob> jobs =
          owner_.queue_.PopBatch(owner_.settings_.max_batch, kMaxBatchBytes);
      if (jobs.empty()) return;
      std::vector<WriteJob*> pointers;
      pointers.reserve(jobs.size());
      for (WriteJob& job : jobs) pointers.push_back(&job);
      WriteAndAnswer(pointers);
    }
  }

 private:
  /// How a try to write a batch ended.
  enum class End { kCommitted, kAgain, kStatementRefused, kCrowded, kFailed };

  struct Try {
    End end = End::kFailed;
    std::vector<Written> results;  ///< Of kCommitted.
    base::Failure failure;         ///< Of all but kCommitted.
  };

  void WriteAndAnswer(const std::vector<WriteJob*>& jobs) {
    Batch batch = MakeBatch(jobs);
    Try last = WriteWithRetries(batch);
    if (last.end == End::kCommitted) {
      for (std::size_t i = 0; i < jobs.size(); ++i) {
        Answer(*jobs[i], std::move(last.results[i]), observer_);
      }
      return;
    }
    const bool one_by_one = last.end == End::kStatementRefused || last.end == End::kCrowded;
    if (one_by_one && jobs.size() > 1) {
      // One of them is at fault, or in others' way: each by itself, so that only that one fails.
      observer_.OnRetry("row_by_row");
      for (WriteJob* job : jobs) WriteAndAnswer({job});
      return;
    }
    observer_.OnTrouble(last.failure);
    for (WriteJob* job : jobs) {
      if (last.end == End::kStatementRefused && !job->events.empty()) {
        BuryAndAnswer(*job, last.failure);
      } else {
        Answer(*job, last.failure, observer_);
      }
    }
  }

  /// The database refuses this booking: its delivery is kept all the same, as a dead letter.
  void BuryAndAnswer(WriteJob& job, const base::Failure& failure) {
    job.events.clear();
    job.outcome = model::Outcome::kDead;
    job.next_attempt_in.reset();
    job.reason = "The booking could not be stored: " + failure.operator_text + ".";
    WriteAndAnswer({&job});
  }

  Try WriteWithRetries(const Batch& batch) {
    const steady_clock::time_point deadline = steady_clock::now() + kPatience;
    int deadlocks = 0;
    while (true) {
      Try last = WriteOnce(batch);
      if (last.end != End::kAgain) return last;
      const int most = batch.jobs.size() > 1 ? kMaxBatchDeadlocks : kMaxDeadlocks;
      if (owner_.give_up_ || steady_clock::now() > deadline) {
        last.end = End::kFailed;
        return last;
      }
      if (++deadlocks > most) {
        last.end = End::kCrowded;
        return last;
      }
      PauseWithJitter(deadlocks);
    }
  }

  /// One transaction. The batch stays as it is: a second try begins from scratch.
  Try WriteOnce(const Batch& batch) {
    if (!Connect()) return {End::kFailed, {}, last_connect_failure_};
    bool committing = false;
    try {
      const steady_clock::time_point start = steady_clock::now();
      std::vector<Written> results = WriteBatch(*connection_, batch);
      committing = true;
      connection_->Commit();
      const std::chrono::duration<double> passed = steady_clock::now() - start;
      observer_.OnCommit(batch.jobs.size(), passed.count());
      return {End::kCommitted, std::move(results), {}};
    } catch (const DatabaseError& error) {
      return AfterError(batch, error, committing);
    } catch (const std::exception& error) {
      connection_->Rollback();
      return {End::kStatementRefused,
              {},
              {base::Code::kInternal, std::string("a fault of Bookgate: ") + error.what(),
               "Bookgate could not store this."}};
    }
  }

  Try AfterError(const Batch& batch, const DatabaseError& error, bool committing) {
    switch (error.kind()) {
      case DatabaseErrorKind::kDeadlock:
        connection_->Rollback();
        observer_.OnRetry("deadlock");
        return {End::kAgain, {}, error.ToFailure()};
      case DatabaseErrorKind::kStatement:
        connection_->Rollback();
        return {End::kStatementRefused, {}, error.ToFailure()};
      case DatabaseErrorKind::kLost:
        break;
    }
    connection_.reset();
    observer_.OnRetry(committing ? "commit_unknown" : "connection_lost");
    if (committing) return FindOut(batch, error.ToFailure());
    return {End::kAgain, {}, error.ToFailure()};
  }

  /// The connection broke while COMMIT ran: nobody knows whether it happened until the tables are
  /// asked. Answering "not stored" for something stored would be a lie to an owner, but no harm:
  /// the sender's retry finds the row. So asking is given up with the writer's patience.
  Try FindOut(const Batch& batch, base::Failure failure) {
    const steady_clock::time_point deadline = steady_clock::now() + kPatience;
    for (int attempt = 1; !owner_.give_up_ && steady_clock::now() < deadline; ++attempt) {
      try {
        if (Connect()) {
          std::optional<std::vector<Written>> results = ReadCommitted(*connection_, batch);
          connection_->Rollback();
          if (results) return {End::kCommitted, *std::move(results), {}};
          return {End::kAgain, {}, std::move(failure)};
        }
      } catch (const DatabaseError&) {
        connection_.reset();
      }
      PauseWithJitter(attempt);
    }
    return {End::kFailed, {}, std::move(failure)};
  }

  /// There is a connection; false while the database is away. Does not try more often than the
  /// back-off allows, so that jobs meanwhile are answered at once.
  bool Connect() {
    if (connection_ != nullptr) return true;
    if (steady_clock::now() < next_connect_) return false;
    base::Result<std::unique_ptr<Connection>> opened = Connection::Open(owner_.settings_);
    if (opened.ok()) {
      connection_ = std::move(opened).value();
      back_off_ = kFirstBackOff;
      return true;
    }
    last_connect_failure_ = opened.failure();
    next_connect_ = steady_clock::now() + back_off_;
    back_off_ = std::min(back_off_ * 2, kLongestBackOff);
    return false;
  }

  BatchWriter& owner_;
  WriterObserver& observer_;
  std::unique_ptr<Connection> connection_;
  base::Failure last_connect_failure_ = base::Unavailable("the database was not reached yet");
  steady_clock::time_point next_connect_{};
  std::chrono::milliseconds back_off_ = kFirstBackOff;
};

BatchWriter::BatchWriter(config::DatabaseSettings settings, WriterObserver& observer)
    : settings_(std::move(settings)),
      observer_(observer),
      queue_(kMaxQueuedJobs, kMaxQueuedBytes),
      running_(settings_.writers) {
  for (unsigned i = 0; i < settings_.writers; ++i) {
    threads_.emplace_back([this] {
      Writer(*this).Run();
      --running_;
    });
  }
}

BatchWriter::~BatchWriter() {
  Stop(steady_clock::now());
}

bool BatchWriter::Submit(WriteJob& job) {
  return queue_.Push(job);
}

void BatchWriter::Stop(steady_clock::time_point deadline) {
  queue_.Close();
  while (running_ > 0 && steady_clock::now() < deadline) {
    std::this_thread::sleep_for(std::chrono::milliseconds(2));
  }
  give_up_ = true;
  for (WriteJob& job : queue_.TakeAll()) {
    Answer(job, base::Unavailable("the gateway stops"), observer_);
  }
  for (std::thread& thread : threads_) thread.join();
  threads_.clear();
}

}  // namespace bookgate::store
