/// \file finisher.hpp
/// Finishes in the background what could not be finished while its sender waited.
#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "intake/completion.hpp"
#include "intake/pauses.hpp"
#include "store/booking_writer.hpp"
#include "store/unfinished_deliveries.hpp"

namespace bookgate::intake {

/// What the finisher works with. Everything outlives it, and the asker's fetcher has stopped before
/// it goes.
struct FinisherParts {
  store::UnfinishedDeliveries& unfinished;
  lookup::Asker& asker;
  store::BookingSink& sink;
  Observer& observer;
  std::function<std::shared_ptr<const translate::Registry>()> registry;
  config::LookupsSettings settings;
  base::Clock clock = base::SystemNow;
};

/// Takes deliveries that are due, a few at a time, has their look-ups made, and hands them to the
/// store; or lets them wait with back-off, until they are given up. They are in the database all
/// the while: a gateway that dies loses none. Several gateways share the work, since each delivery
/// is leased to one of them.
class Finisher {
 public:
  explicit Finisher(FinisherParts parts);
  ~Finisher();

  void Start();
  /// Something may be due. Thread-safe.
  void Wake();
  /// Takes no more and lets go of what is under way, which others may take at once.
  void Stop();

  /// One turn of the thread: writes down what was postponed, and takes what is due. For tests,
  /// which do not Start.
  void Turn();

 private:
  /// What is kept in mind of a delivery that is under way.
  struct Task;
  using TaskPointer = std::shared_ptr<const Task>;

  void Run();
  void WriteDown();
  void TakeDue();
  std::size_t RoomFor(const std::string& provider);
  std::chrono::milliseconds LeaseFor(const translate::Plugin* plugin) const;
  void Begin(store::UnfinishedDelivery taken,
             const std::shared_ptr<const translate::Registry>& registry);
  void Settle(const TaskPointer& task, Completed completed);
  void NoteHealth(const Task& task, const Completed& completed);
  void SettleForNow(const TaskPointer& task, Completed completed, const lookup::Obstacle& obstacle);
  void SettleForGood(const TaskPointer& task, Completed completed);
  void Postpone(const Task& task, std::string reason, std::string token,
                std::chrono::milliseconds next_attempt_in);
  void Close(const Task& task, std::string reason);
  void Submit(const TaskPointer& task, store::WriteJob job, std::string token);
  void Leave(const Task& task, std::string outcome, std::string token);
  std::chrono::milliseconds Waited(const Task& task) const;
  bool IsGivenUp(const Task& task) const;

  struct Closed {
    store::DeliveryKey key;
    std::string reason;
  };

  const FinisherParts parts_;
  bool database_answers_ = true;  ///< When it was last asked; of the thread alone.

  std::mutex mutex_;
  std::condition_variable wake_;
  bool woken_ = false;
  bool stopping_ = false;
  Pauses pauses_;
  std::map<base::Uuid, TaskPointer> under_way_;
  std::vector<store::Postponed> postponed_;  ///< To be written down, as is `closed_`.
  std::vector<Closed> closed_;

  std::thread thread_;
};

}  // namespace bookgate::intake
