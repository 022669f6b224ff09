#include "http/endpoint.hpp"

#include <pistache/net.h>
#include <pistache/peer.h>
#include <pistache/reactor.h>
#include <signal.h>

#include <algorithm>
#include <exception>
#include <utility>

#include "http/acceptor.hpp"
#include "http/reactor.hpp"

namespace bookgate::http {
namespace {

/// How long a client that has begun to connect may take to complete that when the server stops: a
/// round trip to anywhere.
constexpr std::chrono::milliseconds kLastHandshakes{250};
/// How long Stop waits for the reactors to close their connections: they only have to get to it.
constexpr std::chrono::seconds kStopTime{2};

/// While it lives, threads that are started take no signals: those are for the thread that asked
/// for them, and SIGPIPE, which OpenSSL's writes may raise, is for nobody.
class SignalsBlocked {
 public:
  SignalsBlocked() {
    sigset_t all;
    sigfillset(&all);
    // Of the thread's own faults; blocked, they would end the process without a word.
    for (const int fault : {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT}) sigdelset(&all, fault);
    pthread_sigmask(SIG_SETMASK, &all, &before_);
  }
  ~SignalsBlocked() { pthread_sigmask(SIG_SETMASK, &before_, nullptr); }
  SignalsBlocked(const SignalsBlocked&) = delete;
  SignalsBlocked& operator=(const SignalsBlocked&) = delete;

 private:
  sigset_t before_;
};

std::shared_ptr<ReactorSettings> MakeSettings(const EndpointOptions& options,
                                              RequestHandler handler) {
  auto settings = std::make_shared<ReactorSettings>();
  settings->rules.framing.max_body_bytes = options.max_body_bytes;
  settings->rules.request_timeout = options.request_timeout;
  settings->rules.idle_timeout = options.idle_timeout;
  settings->trusted_proxies = options.trusted_proxies;
  settings->handler = std::move(handler);
  settings->report_fault = std::make_shared<const PendingAnswer::ReportFault>(options.report_fault);
  return settings;
}

}  // namespace

class Endpoint::Impl {
 public:
  Impl(EndpointOptions options, RequestHandler handler)
      : options_(std::move(options)), settings_(MakeSettings(options_, std::move(handler))) {}

  base::Status Start();
  std::uint16_t port() const { return acceptor_ ? acceptor_->port() : std::uint16_t{0}; }
  void StopAccepting();
  bool Drain(std::chrono::steady_clock::time_point deadline);
  void Stop();

 private:
  void StartReactors();
  void Take(OwnedDescriptor socket, const sockaddr_storage& peer);

  EndpointOptions options_;
  std::shared_ptr<ReactorSettings> settings_;
  std::unique_ptr<Acceptor> acceptor_;
  std::shared_ptr<Pistache::Aio::Reactor> threads_;
  std::vector<std::shared_ptr<Reactor>> reactors_;
  std::size_t next_reactor_ = 0;  ///< Of the acceptor's thread.
};

base::Status Endpoint::Impl::Start() {
  if (options_.tls) {
    auto tls = TlsContext::Load(*options_.tls);
    if (!tls) return std::move(tls).failure();
    settings_->tls = std::move(tls).value();
  }
  auto acceptor = Acceptor::Listen(options_.listen);
  if (!acceptor) return std::move(acceptor).failure();
  acceptor_ = std::move(acceptor).value();
  const SignalsBlocked blocked;
  try {
    StartReactors();
    acceptor_->Start({[this] { return settings_->connections.value() < options_.max_connections; },
                      [this](OwnedDescriptor socket, const sockaddr_storage& peer) {
                        Take(std::move(socket), peer);
                      }});
  } catch (const std::exception& error) {
    return base::Failure{base::Code::kInternal,
                         std::string("cannot start the HTTP threads: ") + error.what(),
                         "The server cannot start."};
  }
  return base::Done{};
}

void Endpoint::Impl::StartReactors() {
  threads_ = Pistache::Aio::Reactor::create();
  threads_->init(Pistache::Aio::AsyncContext(std::max(options_.threads, 1u), "http"));
  const auto key = threads_->addHandler(std::make_shared<Reactor>(settings_));
  for (const auto& handler : threads_->handlers(key)) {
    reactors_.push_back(std::static_pointer_cast<Reactor>(handler));
  }
  threads_->run();
}

void Endpoint::Impl::Take(OwnedDescriptor socket, const sockaddr_storage& peer) {
  sockaddr_storage address = peer;
  try {
    const auto handed_over = Pistache::Tcp::Peer::Create(
        socket.get(), Pistache::Address::fromUnix(reinterpret_cast<sockaddr*>(&address)));
    settings_->connections.Add();
    socket.Release();
    reactors_[next_reactor_++ % reactors_.size()]->handleNewPeer(handed_over);
  } catch (const std::exception& error) {
    if (options_.report_fault) {
      options_.report_fault(std::string("cannot take a connection: ") + error.what());
    }
  }
}

void Endpoint::Impl::StopAccepting() {
  if (acceptor_) acceptor_->Stop(kLastHandshakes);
}

bool Endpoint::Impl::Drain(std::chrono::steady_clock::time_point deadline) {
  for (const auto& reactor : reactors_) {
    reactor->mailbox().draining = true;
    reactor->mailbox().Wake();
  }
  return settings_->connections.WaitUntilNone(deadline);
}

void Endpoint::Impl::Stop() {
  if (acceptor_) acceptor_->Stop();
  if (!threads_) return;
  for (const auto& reactor : reactors_) {
    reactor->mailbox().stopping = true;
    reactor->mailbox().Wake();
  }
  settings_->connections.WaitUntilNone(std::chrono::steady_clock::now() + kStopTime);
  threads_->shutdown();
  reactors_.clear();
  threads_.reset();
}

Endpoint::Endpoint(EndpointOptions options, RequestHandler handler)
    : impl_(std::make_unique<Impl>(std::move(options), std::move(handler))) {}

Endpoint::~Endpoint() {
  impl_->Stop();
}

base::Status Endpoint::Start() {
  return impl_->Start();
}

std::uint16_t Endpoint::port() const {
  return impl_->port();
}

void Endpoint::StopAccepting() {
  impl_->StopAccepting();
}

bool Endpoint::Drain(std::chrono::steady_clock::time_point deadline) {
  return impl_->Drain(deadline);
}

void Endpoint::Stop() {
  impl_->Stop();
}

}  // namespace bookgate::http
