/// \file reactor.hpp
/// The guard between Pistache and the rest. The one header that includes Pistache: keep it out of
/// other headers.
///
/// Pistache 0.0.5 runs the threads, polls the sockets and keeps the peers. Its HTTP layer is not
/// used: it drops pipelined requests, takes lengths that are none, leaves sockets open that it said
/// it would close, and answers odd headers with the text of an exception. Nor is its write queue,
/// which knows connections by the number of their socket only and so may send an answer to whoever
/// has got that number since.
#pragma once

#include <pistache/transport.h>

#include <functional>
#include <memory>
#include <unordered_map>
#include <vector>

#include "http/connection.hpp"
#include "http/connection_count.hpp"
#include "http/mailbox.hpp"
#include "http/message.hpp"
#include "http/request_id.hpp"

namespace bookgate::http {

/// What the reactors of an endpoint share.
struct ReactorSettings {
  ConnectionRules rules;
  std::vector<config::AddressRange> trusted_proxies;
  std::shared_ptr<const TlsContext> tls;  ///< May be empty.
  RequestHandler handler;
  std::shared_ptr<const PendingAnswer::ReportFault> report_fault;
  ConnectionCount connections;
};

/// One a thread. Everything runs on that thread but the constructor, clone, mailbox() and what
/// Pistache's acceptor side calls.
class Reactor final : public Pistache::Tcp::Transport, private ConnectionHost {
 public:
  explicit Reactor(std::shared_ptr<ReactorSettings> settings);
  /// After its thread has ended.
  ~Reactor() override;

  /// Pistache makes one for each thread of a first one, which itself never runs.
  std::shared_ptr<Pistache::Aio::Handler> clone() const override;
  void registerPoller(Pistache::Polling::Epoll& poller) override;
  void onReady(const Pistache::Aio::FdSet& events) override;

  Mailbox& mailbox() { return *mailbox_; }

 private:
  class PeerHandler;

  void Adopt(const std::shared_ptr<Pistache::Tcp::Peer>& peer);
  void HandleEvent(const Pistache::Aio::FdSet::Entry& event);
  void HandleConnection(Connection& connection, const Pistache::Aio::FdSet::Entry& event);
  void HandleNewPeers(Pistache::Polling::Tag tag);
  void HandleMail();
  void HandleTick();
  void DeliverOwn();
  void Deliver(std::vector<PostedAnswer>& answers);
  void StartDraining();
  void CloseAll();
  void SetTick(std::chrono::milliseconds interval);
  /// To be called whenever a connection was told something: it may have ended, or wait to write.
  void Settle(Connection& connection);
  void Remove(int socket);
  Connection* Find(const ConnectionId& id);
  void Report(const std::string& what) const;

  void Serve(const Connection& connection, FramedRequest framed) override;
  std::string NewRequestId() override { return ids_.Choose(std::nullopt); }
  void ResumeLater(const Connection& connection) override;
  bool draining() const override { return mailbox_->draining; }
  std::span<char> read_buffer() override { return read_buffer_; }

  struct Entry {
    std::unique_ptr<Connection> connection;
    bool watches_write = false;
  };

  std::shared_ptr<ReactorSettings> settings_;
  std::shared_ptr<Mailbox> mailbox_;
  int timer_ = -1;
  bool drain_started_ = false;
  std::uint64_t last_serial_ = 0;
  RequestIds ids_;
  std::vector<char> read_buffer_;
  std::unordered_map<int, Entry> connections_;  ///< By socket.
  std::vector<ConnectionId> resume_;
  std::vector<PostedAnswer> own_answers_;
  std::vector<PostedAnswer> other_answers_;
};

}  // namespace bookgate::http
