#include "store/write_queue.hpp"

#include <utility>

namespace bookgate::store {

WriteQueue::WriteQueue(std::size_t max_jobs, std::size_t max_bytes)
    : max_jobs_(max_jobs), max_bytes_(max_bytes) {}

bool WriteQueue::Push(WriteJob& job) {
  {
    const std::lock_guard lock(mutex_);
    const std::size_t size = job.delivery.body.size();
    if (closed_ || jobs_.size() >= max_jobs_ || bytes_ + size > max_bytes_) return false;
    bytes_ += size;
    jobs_.push_back(std::move(job));
  }
  not_empty_.notify_one();
  return true;
}

std::vector<WriteJob> WriteQueue::PopBatch(std::size_t max_jobs, std::size_t max_bytes) {
  std::unique_lock lock(mutex_);
  not_empty_.wait(lock, [&] { return closed_ || !jobs_.empty(); });
  std::vector<WriteJob> batch;
  std::size_t bytes = 0;
  while (!jobs_.empty() && batch.size() < max_jobs) {
    const std::size_t size = jobs_.front().delivery.body.size();
    if (!batch.empty() && bytes + size > max_bytes) break;
    bytes += size;
    batch.push_back(std::move(jobs_.front()));
    jobs_.pop_front();
  }
  bytes_ -= bytes;
  return batch;
}

void WriteQueue::Close() {
  {
    const std::lock_guard lock(mutex_);
    closed_ = true;
  }
  not_empty_.notify_all();
}

std::vector<WriteJob> WriteQueue::TakeAll() {
  const std::lock_guard lock(mutex_);
  std::vector<WriteJob> rest(std::make_move_iterator(jobs_.begin()),
                             std::make_move_iterator(jobs_.end()));
  jobs_.clear();
  bytes_ = 0;
  return rest;
}

std::size_t WriteQueue::size() const {
  const std::lock_guard lock(mutex_);
  return jobs_.size();
}

}  // namespace bookgate::store
