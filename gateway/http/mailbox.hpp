/// \file mailbox.hpp
/// How answers reach the thread that owns their connections.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "http/message.hpp"

namespace bookgate::http {

/// Names one connection for as long as the process runs. The socket alone would not: the kernel
/// gives its number to the next client as soon as it is closed, while answers to this one are on
/// their way.
struct ConnectionId {
  int socket = -1;
  std::uint64_t serial = 0;

  friend bool operator==(const ConnectionId&, const ConnectionId&) = default;
};

struct PostedAnswer {
  ConnectionId connection;
  std::string bytes;
  bool close = false;
};

/// One a reactor, shared with every Responder that it gave out, which may outlive it. Post and Wake
/// may be called on any thread; the rest belongs to the reactor's.
class Mailbox {
 public:
  /// Throws std::system_error.
  Mailbox();
  ~Mailbox();
  Mailbox(const Mailbox&) = delete;
  Mailbox& operator=(const Mailbox&) = delete;

  /// Dropped without a word once the mailbox is closed.
  void Post(PostedAnswer answer);
  /// Makes event() readable.
  void Wake();

  /// Says that the calling thread is the reactor's: what it posts is kept without a lock or a
  /// wake-up, and taken with TakeOwn.
  void Own();
  int event() const { return event_; }
  /// Makes event() unreadable until the next post from another thread.
  void TakeOthers(std::vector<PostedAnswer>& into);
  void TakeOwn(std::vector<PostedAnswer>& into);
  void Close();

  /// Connections are to be closed after their answer. Set by the Endpoint, read by all.
  std::atomic<bool> draining{false};
  /// Connections are to be closed at once.
  std::atomic<bool> stopping{false};

 private:
  int event_;
  std::vector<PostedAnswer> own_;  ///< Only of the reactor's thread.
  std::mutex mutex_;
  std::vector<PostedAnswer> others_;  ///< Guarded by mutex_.
  bool closed_ = false;               ///< Guarded by mutex_.
};

/// What a Responder holds: the right to answer one request, once. Any thread; not by two at a time.
class PendingAnswer {
 public:
  struct Origin {
    ConnectionId connection;
    std::string request_id;
    bool keep_alive = false;
    bool without_body = false;
  };
  using ReportFault = std::function<void(const std::string&)>;

  /// `report_fault` outlives it only through the shared pointer.
  PendingAnswer(std::shared_ptr<Mailbox> mailbox, std::shared_ptr<const ReportFault> report_fault,
                Origin origin);
  /// Answers 500 if nobody has answered.
  ~PendingAnswer();
  PendingAnswer(PendingAnswer&&) = default;
  PendingAnswer& operator=(PendingAnswer&&) = delete;

  void operator()(const Answer& answer);

 private:
  std::shared_ptr<Mailbox> mailbox_;  ///< Empty once answered or moved from.
  std::shared_ptr<const ReportFault> report_fault_;
  Origin origin_;
};

}  // namespace bookgate::http
