/// \file test_server.hpp
/// An endpoint on a free port of 127.0.0.1 with handlers that tests can steer.
#pragma once

#include <condition_variable>
#include <deque>
#include <mutex>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "http/endpoint.hpp"
#include "support/raw_client.hpp"

namespace bookgate::http::test {

using tests::kPatience;
using tests::RawAnswer;
using tests::RawClient;

/// What a listener faults about, from any thread.
class FaultLog {
 public:
  void Add(const std::string& what);
  std::vector<std::string> all() const;

 private:
  mutable std::mutex mutex_;
  std::vector<std::string> faults_;
};

/// Runs what it is given, in order, on a thread of its own.
class Worker {
 public:
  Worker() : thread_([this] { Run(); }) {}
  /// Finishes what it was given.
  ~Worker();
  void Do(base::UniqueFunction<void()> work);

 private:
  void Run();

  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<base::UniqueFunction<void()>> work_;
  bool ending_ = false;
  std::thread thread_;
};

/// Holds requests back until the test lets them be answered.
class Gate {
 public:
  void Hold(Request request, Responder respond);
  /// Waits until that many requests in all have come; false if they do not in kPatience.
  bool WaitFor(std::size_t count);
  /// How many have come in all.
  std::size_t count();
  /// Takes the oldest one that is held.
  std::pair<Request, Responder> Take();

 private:
  std::mutex mutex_;
  std::condition_variable came_;
  std::size_t count_ = 0;
  std::deque<std::pair<Request, Responder>> held_;
};

/// Serves from construction to destruction:
///   /echo      200, a line with method, path and remote address, then the body
///   /thread    as /echo, answered from another thread
///   /drop      the Responder is dropped
///   /throw     the handler throws
///   /hold      put into gate()
///   /large     200 with 8 MiB
///   /busy      200 once no Busy lives any more; until then nothing else is served
class TestServer {
 public:
  explicit TestServer(EndpointOptions options = {});
  ~TestServer();

  Endpoint& endpoint() { return *endpoint_; }
  std::uint16_t port() const { return port_; }
  Gate& gate() { return gate_; }
  std::vector<std::string> faults() const { return faults_.all(); }

  /// While it lives, a request to /busy holds the server's thread.
  class Busy {
   public:
    explicit Busy(TestServer& server) : held_(server.busy_) {}

   private:
    const std::lock_guard<std::mutex> held_;
  };

 private:
  void Handle(Request request, Responder respond);

  FaultLog faults_;
  Gate gate_;
  std::mutex busy_;
  Worker worker_;
  std::unique_ptr<Endpoint> endpoint_;
  std::uint16_t port_ = 0;
};

/// The bytes of a request to that server.
std::string PostTo(std::string_view path, std::string_view body, std::string_view headers = "");
std::string GetOf(std::string_view path, std::string_view headers = "");

}  // namespace bookgate::http::test
