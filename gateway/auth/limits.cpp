#include "auth/limits.hpp"

#include <algorithm>
#include <cmath>

namespace bookgate::auth {

RateLimiter::RateLimiter(double per_second, double burst, std::size_t max_keys)
    : max_keys_(max_keys), per_second_(per_second), burst_(std::max(1.0, burst)) {}

std::optional<std::chrono::seconds> RateLimiter::Spend(std::string_view key, Time now) {
  const std::lock_guard lock(mutex_);
  Bucket& bucket = BucketOf(key, now);
  Fill(bucket, now);
  if (bucket.tokens >= 1.0) {
    bucket.tokens -= 1.0;
    return std::nullopt;
  }
  const double wait = std::ceil((1.0 - bucket.tokens) / per_second_);
  return std::chrono::seconds(std::max<std::int64_t>(1, std::llround(std::min(wait, 3600.0))));
}

void RateLimiter::Refund(std::string_view key) {
  const std::lock_guard lock(mutex_);
  const auto found = buckets_.find(key);
  if (found == buckets_.end()) return;
  found->second.tokens = std::min(burst_, found->second.tokens + 1.0);
}

void RateLimiter::SetRate(double per_second, double burst) {
  const std::lock_guard lock(mutex_);
  per_second_ = per_second;
  burst_ = std::max(1.0, burst);
}

void RateLimiter::Fill(Bucket& bucket, Time now) const {
  const std::chrono::duration<double> passed = now - bucket.filled_at;
  bucket.tokens = std::min(burst_, bucket.tokens + std::max(0.0, passed.count()) * per_second_);
  bucket.filled_at = std::max(bucket.filled_at, now);
}

RateLimiter::Bucket& RateLimiter::BucketOf(std::string_view key, Time now) {
  if (const auto found = buckets_.find(key); found != buckets_.end()) return found->second;
  if (buckets_.size() >= max_keys_) ForgetFullOnes(now);
  // "" is the key of the bucket that all share for whom there is no room.
  const std::string_view own = buckets_.size() >= max_keys_ ? std::string_view() : key;
  return buckets_.try_emplace(std::string(own), Bucket{burst_, now}).first->second;
}

void RateLimiter::ForgetFullOnes(Time now) {
  std::erase_if(buckets_, [&](const auto& entry) {
    Bucket bucket = entry.second;
    Fill(bucket, now);
    return bucket.tokens >= burst_;
  });
}

}  // namespace bookgate::auth
