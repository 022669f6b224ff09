/// \file at_once.hpp
/// Does the same thing many times at the same moment.
#pragma once

#include <barrier>
#include <cstddef>
#include <thread>
#include <type_traits>
#include <vector>

namespace bookgate::tests {

/// Calls `work(0)` to `work(count - 1)`, each on a thread of its own, all set going together; gives
/// the results in that order. `work` must not throw.
template <class Work>
auto AtOnce(std::size_t count, Work&& work) {
  std::vector<std::invoke_result_t<Work&, std::size_t>> results(count);
  std::barrier start(static_cast<std::ptrdiff_t>(count));
  std::vector<std::jthread> threads;
  for (std::size_t i = 0; i < count; ++i) {
    threads.emplace_back([&, i] {
      start.arrive_and_wait();
      results[i] = work(i);
    });
  }
  threads.clear();  // Joins.
  return results;
}

}  // namespace bookgate::tests
