#include "http/reactor.hpp"

#include <pistache/peer.h>
#include <sys/timerfd.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <exception>
#include <system_error>
#include <utility>

namespace bookgate::http {
namespace {

using Pistache::Polling::NotifyOn;
using Pistache::Polling::Tag;
using std::chrono::milliseconds;

constexpr std::size_t kReadBufferBytes = 64 * 1024;
/// Deadlines are met that much late at most, if they are not shorter themselves.
constexpr milliseconds kLongestTick{1'000};
constexpr milliseconds kShortestTick{10};
constexpr milliseconds kDrainTick{50};

milliseconds TickFor(const ConnectionRules& rules) {
  const milliseconds shortest = std::min(rules.request_timeout, rules.idle_timeout);
  return std::clamp(shortest / 4, kShortestTick, kLongestTick);
}

int SocketOf(Tag tag) {
  return static_cast<int>(tag.value());
}

}  // namespace

/// Tells the reactor of new peers; Pistache has no other way to.
class Reactor::PeerHandler final : public Pistache::Tcp::Handler {
 public:
  PROTOTYPE_OF(Pistache::Tcp::Handler, PeerHandler)

  void onConnection(const std::shared_ptr<Pistache::Tcp::Peer>& peer) override {
    static_cast<Reactor*>(transport())->Adopt(peer);
  }
  void onInput(const char*, std::size_t, const std::shared_ptr<Pistache::Tcp::Peer>&) override {
    // The reactor reads the sockets itself.
  }
};

Reactor::Reactor(std::shared_ptr<ReactorSettings> settings)
    : Pistache::Tcp::Transport(std::make_shared<PeerHandler>()),
      settings_(std::move(settings)),
      mailbox_(std::make_shared<Mailbox>()),
      read_buffer_(kReadBufferBytes) {}

Reactor::~Reactor() {
  mailbox_->Close();
  for (const auto& [socket, entry] : connections_) {
    ::close(socket);
    settings_->connections.Remove();
  }
  if (timer_ >= 0) ::close(timer_);
}

std::shared_ptr<Pistache::Aio::Handler> Reactor::clone() const {
  return std::make_shared<Reactor>(settings_);
}

void Reactor::registerPoller(Pistache::Polling::Epoll& poller) {
  Transport::registerPoller(poller);
  timer_ = timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK | TFD_CLOEXEC);
  if (timer_ < 0) throw std::system_error(errno, std::generic_category(), "timerfd_create");
  SetTick(TickFor(settings_->rules));
  const Pistache::Flags<NotifyOn> read(NotifyOn::Read);
  poller.addFd(timer_, read, Tag(static_cast<std::uint64_t>(timer_)));
  poller.addFd(mailbox_->event(), read, Tag(static_cast<std::uint64_t>(mailbox_->event())));
}

void Reactor::SetTick(milliseconds interval) {
  const auto seconds = std::chrono::floor<std::chrono::seconds>(interval);
  timespec each{};
  each.tv_sec = seconds.count();
  each.tv_nsec = std::chrono::nanoseconds(interval - seconds).count();
  const itimerspec timing{each, each};
  timerfd_settime(timer_, 0, &timing, nullptr);
}

void Reactor::onReady(const Pistache::Aio::FdSet& events) {
  mailbox_->Own();
  for (const auto& event : events) {
    // Whatever is thrown must not reach Pistache, which would end the process.
    try {
      HandleEvent(event);
      DeliverOwn();
    } catch (const std::exception& error) {
      Report(std::string("an event of a connection failed: ") + error.what());
      Remove(SocketOf(event.getTag()));
    }
  }
}

void Reactor::HandleEvent(const Pistache::Aio::FdSet::Entry& event) {
  const int descriptor = SocketOf(event.getTag());
  if (descriptor == mailbox_->event()) return HandleMail();
  if (descriptor == timer_) return HandleTick();
  const auto found = connections_.find(descriptor);
  if (found != connections_.end()) return HandleConnection(*found->second.connection, event);
  // Either one of Pistache's own, or of a connection that ended earlier in this batch of events:
  // Pistache ignores those if they are readable, and throws if they are writable.
  if (event.isReadable()) HandleNewPeers(event.getTag());
}

void Reactor::HandleConnection(Connection& connection, const Pistache::Aio::FdSet::Entry& event) {
  connection.OnEvent(event.isReadable(), event.isHangup());
  Settle(connection);
}

void Reactor::HandleNewPeers(Tag tag) {
  Pistache::Polling::Event event(tag);
  event.flags.setFlag(NotifyOn::Read);
  Transport::onReady(Pistache::Aio::FdSet({event}));
  if (mailbox_->stopping) CloseAll();
}

void Reactor::Adopt(const std::shared_ptr<Pistache::Tcp::Peer>& peer) {
  const int socket = peer->fd();
  const auto address = ClientAddress::Parse(peer->address().host());
  auto stream = settings_->tls ? settings_->tls->MakeStream(socket) : MakePlainStream(socket);
  const ConnectionId id{socket, ++last_serial_};
  ConnectionHost& host = *this;
  connections_[socket] = {
      std::make_unique<Connection>(id, std::move(stream), address.value_or(ClientAddress()),
                                   settings_->rules, host),
      /*watches_write=*/false};
}

void Reactor::HandleMail() {
  mailbox_->TakeOthers(other_answers_);
  Deliver(other_answers_);
  if (mailbox_->stopping) return CloseAll();
  if (mailbox_->draining && !std::exchange(drain_started_, true)) StartDraining();
  for (const ConnectionId& id : std::exchange(resume_, {})) {
    Connection* connection = Find(id);
    if (connection == nullptr) continue;
    connection->OnEvent(/*readable=*/true, /*hung_up=*/false);
    Settle(*connection);
  }
}

void Reactor::HandleTick() {
  std::uint64_t ticks = 0;
  [[maybe_unused]] const ssize_t got = ::read(timer_, &ticks, sizeof ticks);
  const auto now = std::chrono::steady_clock::now();
  std::vector<Connection*> to_settle;
  for (auto& [socket, entry] : connections_) {
    entry.connection->OnTick(now);
    const Connection& connection = *entry.connection;
    if (connection.closed() || connection.wants_write()) to_settle.push_back(&*entry.connection);
  }
  // Afterwards: settling may remove them.
  for (Connection* connection : to_settle) Settle(*connection);
}

void Reactor::DeliverOwn() {
  // Answering one request may lead to the next one of its connection, which may be answered at
  // once.
  for (;;) {
    mailbox_->TakeOwn(own_answers_);
    if (own_answers_.empty()) return;
    Deliver(own_answers_);
  }
}

void Reactor::Deliver(std::vector<PostedAnswer>& answers) {
  for (PostedAnswer& answer : answers) {
    Connection* connection = Find(answer.connection);
    if (connection == nullptr) continue;
    connection->OnAnswer(std::move(answer.bytes), answer.close);
    Settle(*connection);
  }
  answers.clear();
}

void Reactor::StartDraining() {
  SetTick(kDrainTick);
  for (auto& [socket, entry] : connections_) entry.connection->OnDraining();
}

/// What was posted before the stop was asked for may have come in after the mail was last taken.
void Reactor::CloseAll() {
  mailbox_->TakeOthers(other_answers_);
  Deliver(other_answers_);
  while (!connections_.empty()) Remove(connections_.begin()->first);
}

void Reactor::Settle(Connection& connection) {
  const int socket = connection.id().socket;
  if (connection.closed()) return Remove(socket);
  if (!connection.wants_write()) return;
  Entry& entry = connections_.at(socket);
  if (std::exchange(entry.watches_write, true)) return;
  // Once told, for good: on an edge-triggered socket that costs nothing while there is room.
  reactor()->modifyFd(key(), socket, NotifyOn::Read | NotifyOn::Write | NotifyOn::Shutdown,
                      Pistache::Polling::Mode::Edge);
}

void Reactor::Remove(int socket) {
  if (connections_.erase(socket) == 0) return;
  settings_->connections.Remove();
  const auto found = peers.find(socket);
  if (found == peers.end()) return;
  // A copy: removePeer erases the one that it would be given a reference to. It closes the socket.
  const std::shared_ptr<Pistache::Tcp::Peer> peer = found->second;
  try {
    removePeer(peer);
  } catch (const std::exception&) {
    // The kernel never took the socket for polling; removePeer leaves it open then.
    ::close(socket);
  }
}

Connection* Reactor::Find(const ConnectionId& id) {
  const auto found = connections_.find(id.socket);
  if (found == connections_.end() || found->second.connection->id() != id) return nullptr;
  return found->second.connection.get();
}

void Reactor::Serve(const Connection& connection, FramedRequest framed) {
  Request& request = framed.request;
  request.id = ids_.Choose(request.Header("x-request-id"));
  request.remote_address =
      connection.peer().InAny(settings_->trusted_proxies)
          ? ClientOf(request, connection.peer(), settings_->trusted_proxies).ToString()
          : connection.peer_text();
  PendingAnswer answer(mailbox_, settings_->report_fault,
                       {connection.id(), request.id, framed.keep_alive, request.method == "HEAD"});
  try {
    settings_->handler(std::move(request), std::move(answer));
  } catch (const std::exception& error) {
    // The Responder has answered 500 while the handler's stack was unwound.
    Report(std::string("a request handler threw: ") + error.what());
  }
}

void Reactor::ResumeLater(const Connection& connection) {
  resume_.push_back(connection.id());
  mailbox_->Wake();
}

void Reactor::Report(const std::string& what) const {
  if (*settings_->report_fault) (*settings_->report_fault)(what);
}

}  // namespace bookgate::http
