/// \file limits.hpp
/// How much one org may send, and how often one address may fail to prove who it is.
#pragma once

#include <chrono>
#include <cstddef>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

namespace bookgate::auth {

/// Token buckets by key. Memory is bounded: keys whose bucket is full again are forgotten, and
/// where even that does not help, new keys share one bucket. Thread-safe.
class RateLimiter {
 public:
  using Time = std::chrono::steady_clock::time_point;

  /// `per_second` tokens flow into each bucket, which holds `burst` of them.
  RateLimiter(double per_second, double burst, std::size_t max_keys = 16'384);

  /// Takes a token and gives nullopt, or says how long it takes until there is one.
  std::optional<std::chrono::seconds> Spend(std::string_view key, Time now);

  /// Gives a token back, for what turned out not to count.
  void Refund(std::string_view key);

  /// Other limits from now on; what is in the buckets stays, up to the new burst.
  void SetRate(double per_second, double burst);

 private:
  struct Bucket {
    double tokens = 0;
    Time filled_at{};
  };
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const {
      return std::hash<std::string_view>()(text);
    }
  };

  void Fill(Bucket& bucket, Time now) const;
  Bucket& BucketOf(std::string_view key, Time now);
  void ForgetFullOnes(Time now);

  const std::size_t max_keys_;
  std::mutex mutex_;
  double per_second_;
  double burst_;
  std::unordered_map<std::string, Bucket, Hash, std::equal_to<>> buckets_;
};

}  // namespace bookgate::auth
