#include "load.hpp"

#include <sys/epoll.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <stdexcept>

namespace bookgate::bench {
namespace {

constexpr std::uint64_t kTimerTag = ~std::uint64_t{0};

std::string RequestTemplate(const LoadOptions& options, BodyKind kind) {
  const std::string body = BodyTemplate(kind);
  return "POST " + options.path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: keep-alive\r\n" +
         "Authorization: Bearer " + options.secret +
         "\r\nContent-Type: application/json\r\nContent-Length: " + std::to_string(body.size()) +
         "\r\n\r\n" + body;
}

/// The value of a member of a flat JSON object, without quotes; "" if there is none.
std::string Member(std::string_view body, std::string_view name) {
  const std::size_t at = body.find(name);
  if (at == std::string_view::npos) return {};
  std::string_view value = body.substr(at + name.size());
  value.remove_prefix(std::min(value.find_first_not_of("\": "), value.size()));
  return std::string(value.substr(0, value.find_first_of("\",}")));
}

}  // namespace

Load::Load(LoadOptions options)
    : options_(std::move(options)),
      epoll_(epoll_create1(EPOLL_CLOEXEC)),
      normalized_(RequestTemplate(options_, BodyKind::kNormalized)),
      calendly_(RequestTemplate(options_, BodyKind::kCalendly)),
      slots_(options_.connections),
      next_booking_(options_.first_booking) {
  result_.latencies.reserve(options_.requests);
  result_.acknowledgements.reserve(options_.requests);
  for (std::size_t slot = 0; slot < slots_.size(); ++slot) {
    Connect(slot);
    idle_.push_back(slot);
  }
}

Load::~Load() {
  close(epoll_);
}

void Load::Connect(std::size_t slot) {
  slots_[slot].connection = std::make_unique<ClientConnection>(options_.port);
  Watch(slots_[slot].connection->descriptor(), slot);
}

void Load::Watch(int descriptor, std::uint64_t tag) const {
  epoll_event event{};
  event.events = EPOLLIN | EPOLLOUT | EPOLLET;
  event.data.u64 = tag;
  if (epoll_ctl(epoll_, EPOLL_CTL_ADD, descriptor, &event) != 0) {
    throw std::runtime_error("cannot watch a connection");
  }
}

LoadResult Load::Run() {
  const SteadyTime start = std::chrono::steady_clock::now();
  if (options_.rate > 0) {
    timer_ = std::make_unique<OpenLoopTimer>(options_.rate);
    Watch(timer_->descriptor(), kTimerTag);
  }
  while (finished_ < options_.requests) {
    SendWhereIdle();
    WaitForEvents();
  }
  result_.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  std::sort(result_.latencies.begin(), result_.latencies.end());
  return std::move(result_);
}

void Load::WaitForEvents() {
  constexpr int kPatienceMs = 60'000;
  std::array<epoll_event, 128> events;
  const int count = epoll_wait(epoll_, events.data(), static_cast<int>(events.size()), kPatienceMs);
  if (count == 0) throw std::runtime_error("no answer for a minute");
  for (int i = 0; i < count; ++i) {
    const std::uint64_t tag = events[static_cast<std::size_t>(i)].data.u64;
    if (tag == kTimerTag) {
      TakeDueRequests();
    } else if (slots_[tag].busy) {
      if (std::optional<Reply> reply = slots_[tag].connection->Continue()) Answered(tag, *reply);
    }
  }
}

void Load::TakeDueRequests() {
  for (std::uint64_t due = timer_->TakeDue(); due > 0 && scheduled_ < options_.requests; --due) {
    due_.push_back(timer_->DueTime(scheduled_++));
  }
}

void Load::SendWhereIdle() {
  while (!idle_.empty() && sent_ < options_.requests && (!timer_ || !due_.empty())) {
    const std::size_t slot = idle_.back();
    idle_.pop_back();
    if (timer_) {
      Send(slot, due_.front());
      due_.pop_front();
    } else {
      Send(slot, std::chrono::steady_clock::now());
    }
  }
}

void Load::Send(std::size_t slot, SteadyTime since) {
  const std::uint64_t booking = NextBooking();
  slots_[slot].booking = booking;
  slots_[slot].since = since;
  slots_[slot].busy = true;
  ++sent_;
  slots_[slot].connection->Send(RequestFor(booking));
}

std::uint64_t Load::NextBooking() {
  const std::vector<Acknowledgement>& known = result_.acknowledgements;
  const bool repeat = options_.repeat_every != 0 && !known.empty() &&
                      sent_ % options_.repeat_every == options_.repeat_every - 1;
  return repeat ? known[random_() % known.size()].booking : next_booking_++;
}

std::string_view Load::RequestFor(std::uint64_t booking) {
  return KindOf(booking) == BodyKind::kNormalized ? normalized_.With(booking)
                                                  : calendly_.With(booking);
}

void Load::Answered(std::size_t slot, const Reply& reply) {
  ++finished_;
  slots_[slot].busy = false;
  idle_.push_back(slot);
  if (reply.status == 200) {
    ++result_.ok;
    result_.latencies.push_back(std::chrono::steady_clock::now() - slots_[slot].since);
    Acknowledgement acknowledgement{slots_[slot].booking, Member(reply.body, "\"appointment_id\""),
                                    Member(reply.body, "\"contact_id\""),
                                    Member(reply.body, "\"delivery_id\"")};
    if (!acknowledgement.appointment_id.empty()) {
      result_.acknowledgements.push_back(std::move(acknowledgement));
    }
    return;
  }
  ++(reply.status == 0 ? result_.broken : result_.other);
  if (reply.status == 0) Connect(slot);
}

}  // namespace bookgate::bench
