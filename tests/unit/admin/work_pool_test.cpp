#include "admin/work_pool.hpp"

#include <doctest/doctest.h>

#include <atomic>
#include <future>
#include <memory>

namespace bookgate::admin {

TEST_CASE("work runs on another thread") {
  WorkPool pool(1, 4);
  std::promise<std::thread::id> ran_on;
  WorkPool::Work work = [&] { ran_on.set_value(std::this_thread::get_id()); };
  CHECK(pool.Submit(work));
  CHECK(ran_on.get_future().get() != std::this_thread::get_id());
}

TEST_CASE("a full queue takes no more, and leaves what it does not take") {
  WorkPool pool(1, 2);
  std::promise<void> running;
  std::promise<void> go_on;
  WorkPool::Work first = [&] {
    running.set_value();
    go_on.get_future().wait();
  };
  REQUIRE(pool.Submit(first));
  running.get_future().wait();
  std::atomic<int> done = 0;
  for (int i = 0; i < 2; ++i) {
    WorkPool::Work more = [&] { ++done; };
    CHECK(pool.Submit(more));
  }
  WorkPool::Work too_much = [&] { done += 100; };
  CHECK_FALSE(pool.Submit(too_much));
  CHECK(static_cast<bool>(too_much));
  std::promise<void> last;
  go_on.set_value();
  // Until there is room again.
  WorkPool::Work end = [&] { last.set_value(); };
  while (!pool.Submit(end)) std::this_thread::yield();
  last.get_future().wait();
  CHECK(done == 2);
}

TEST_CASE("stopping finishes what runs and drops the rest, with all that it holds") {
  auto held = std::make_shared<int>(1);
  const std::weak_ptr<int> watched = held;
  WorkPool pool(1, 8);
  std::promise<void> running;
  std::promise<void> go_on;
  std::atomic<bool> finished = false;
  WorkPool::Work first = [&] {
    running.set_value();
    go_on.get_future().wait();
    finished = true;
  };
  REQUIRE(pool.Submit(first));
  running.get_future().wait();
  WorkPool::Work queued = [held = std::move(held)] {};
  REQUIRE(pool.Submit(queued));
  std::thread stopper([&] { pool.Stop(); });
  while (!watched.expired()) std::this_thread::yield();
  go_on.set_value();
  stopper.join();
  CHECK(finished);
  WorkPool::Work late = [] {};
  CHECK_FALSE(pool.Submit(late));
}

}  // namespace bookgate::admin
