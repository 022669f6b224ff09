#include "http/mailbox.hpp"

#include <sys/eventfd.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>
#include <utility>

#include "http/answer_bytes.hpp"
#include "http/problem.hpp"

namespace bookgate::http {
namespace {

/// The mailbox of the reactor that runs on this thread.
thread_local const Mailbox* owned_here = nullptr;

}  // namespace

Mailbox::Mailbox() : event_(eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC)) {
  if (event_ < 0) throw std::system_error(errno, std::generic_category(), "eventfd");
}

Mailbox::~Mailbox() {
  ::close(event_);
}

void Mailbox::Own() {
  owned_here = this;
}

void Mailbox::Post(PostedAnswer answer) {
  if (owned_here == this) {
    own_.push_back(std::move(answer));
    return;
  }
  bool first = false;
  {
    const std::lock_guard lock(mutex_);
    if (closed_) return;
    first = others_.empty();
    others_.push_back(std::move(answer));
  }
  // A batch of answers needs one wake-up.
  if (first) Wake();
}

void Mailbox::Wake() {
  const std::uint64_t one = 1;
  // Fails only if the counter is full, and then the reactor is about to wake up anyway.
  [[maybe_unused]] const ssize_t written = ::write(event_, &one, sizeof one);
}

void Mailbox::TakeOthers(std::vector<PostedAnswer>& into) {
  std::uint64_t count = 0;
  // Emptied before the lock: a post that comes in between wakes the reactor once too often, not
  // once too few.
  [[maybe_unused]] const ssize_t got = ::read(event_, &count, sizeof count);
  const std::lock_guard lock(mutex_);
  into.swap(others_);
}

void Mailbox::TakeOwn(std::vector<PostedAnswer>& into) {
  into.swap(own_);
}

void Mailbox::Close() {
  const std::lock_guard lock(mutex_);
  closed_ = true;
  others_.clear();
}

PendingAnswer::PendingAnswer(std::shared_ptr<Mailbox> mailbox,
                             std::shared_ptr<const ReportFault> report_fault, Origin origin)
    : mailbox_(std::move(mailbox)),
      report_fault_(std::move(report_fault)),
      origin_(std::move(origin)) {}

PendingAnswer::~PendingAnswer() {
  if (!mailbox_) return;
  if (*report_fault_) (*report_fault_)("request " + origin_.request_id + " was left unanswered");
  (*this)(InternalError());
}

void PendingAnswer::operator()(const Answer& answer) {
  const std::shared_ptr<Mailbox> mailbox = std::move(mailbox_);
  if (!mailbox) return;
  const bool keep_alive = origin_.keep_alive && !mailbox->draining;
  const AnswerContext context{std::move(origin_.request_id), keep_alive, origin_.without_body};
  mailbox->Post({origin_.connection, AnswerBytes(answer, context), !keep_alive});
}

}  // namespace bookgate::http
