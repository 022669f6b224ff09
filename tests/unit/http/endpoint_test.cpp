// An Endpoint over real sockets: how connections are kept, refused, timed out and closed.

#include "http/endpoint.hpp"

#include <dirent.h>
#include <doctest/doctest.h>

#include <algorithm>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

#include "test_server.hpp"

namespace bookgate::http::test {
namespace {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

bool EndsWith(const std::string& text, std::string_view end) {
  return text.ends_with(end);
}

std::optional<RawAnswer> Ask(const TestServer& server, std::string_view bytes) {
  RawClient client(server.port());
  client.Send(bytes);
  return client.ReadAnswer();
}

TEST_CASE("a request is answered, and the connection serves the next one") {
  TestServer server;
  RawClient client(server.port());
  for (const std::string body : {"one", "two", "three"}) {
    REQUIRE(client.Send(PostTo("/echo", body)));
    const auto answer = client.ReadAnswer();
    REQUIRE(answer);
    CHECK(answer->status == 200);
    CHECK(answer->body == "POST /echo 127.0.0.1\n" + body);
    CHECK(answer->Header("Content-Type") == "text/plain; charset=utf-8");
    CHECK(answer->Header("X-Request-Id")->size() == 16);
    CHECK(answer->Header("Date").has_value());
    CHECK_FALSE(answer->Header("Connection").has_value());
  }
}

TEST_CASE("a sane X-Request-Id comes back") {
  TestServer server;
  CHECK(Ask(server, GetOf("/echo", "X-Request-Id: abc-1\r\n"))->Header("X-Request-Id") == "abc-1");
  CHECK(Ask(server, GetOf("/echo", "X-Request-Id: a<b\r\n"))->Header("X-Request-Id") != "a<b");
}

TEST_CASE("three pipelined requests get three answers in order, whoever answers them") {
  TestServer server;
  RawClient client(server.port());
  REQUIRE(client.Send(PostTo("/thread", "first") + PostTo("/echo", "second") +
                      PostTo("/thread", "third")));
  for (const std::string body : {"first", "second", "third"}) {
    const auto answer = client.ReadAnswer();
    REQUIRE(answer);
    CHECK(EndsWith(answer->body, "\n" + body));
  }
}

TEST_CASE("a pipelined request waits until the one before it is answered") {
  TestServer server;
  RawClient client(server.port());
  REQUIRE(client.Send(GetOf("/hold") + GetOf("/hold")));
  REQUIRE(server.gate().WaitFor(1));
  auto first = server.gate().Take();
  // After this round trip through the same thread the server has had its chance.
  REQUIRE(Ask(server, GetOf("/echo")));
  CHECK(server.gate().count() == 1);
  first.second(Answer{});
  REQUIRE(client.ReadAnswer());
  REQUIRE(server.gate().WaitFor(2));
  server.gate().Take().second(Answer{});
  CHECK(client.ReadAnswer());
}

TEST_CASE("hundreds of pipelined requests are all answered") {
  TestServer server;
  RawClient client(server.port());
  constexpr int kCount = 500;
  Worker sender;
  sender.Do([&client] {
    for (int i = 0; i < kCount; ++i) {
      client.Send(PostTo(i % 2 == 0 ? "/echo" : "/thread", std::to_string(i)));
    }
  });
  for (int i = 0; i < kCount; ++i) {
    const auto answer = client.ReadAnswer();
    REQUIRE(answer);
    REQUIRE(EndsWith(answer->body, "\n" + std::to_string(i)));
  }
}

TEST_CASE("Connection: close and HTTP/1.0 really close") {
  TestServer server;
  for (const std::string& request :
       {GetOf("/echo", "Connection: close\r\n"), std::string("GET /echo HTTP/1.0\r\n\r\n"),
        GetOf("/thread", "Connection: close\r\n")}) {
    CAPTURE(request);
    RawClient client(server.port());
    REQUIRE(client.Send(request));
    const auto all = client.ReadToEnd();
    REQUIRE(all);
    CHECK(all->starts_with("HTTP/1.1 200 OK\r\n"));
    CHECK(all->find("\r\nConnection: close\r\n") != std::string::npos);
  }
}

TEST_CASE("a client that ends its side first still gets its answers") {
  TestServer server;
  RawClient client(server.port());
  REQUIRE(client.Send(PostTo("/thread", "a") + PostTo("/echo", "b")));
  client.ShutdownWrite();
  const auto all = client.ReadToEnd();
  REQUIRE(all);
  CHECK(all->find("\na") != std::string::npos);
  CHECK(EndsWith(*all, "\nb"));
}

TEST_CASE("HEAD has the length but not the body") {
  TestServer server;
  RawClient client(server.port());
  REQUIRE(client.Send("HEAD /echo HTTP/1.1\r\nHost: a\r\n\r\n"));
  const auto head = client.ReadAnswer(/*of_head=*/true);
  REQUIRE(head);
  CHECK(head->Header("Content-Length") == "21");
  // Had there been a body, it would stand before the next answer.
  REQUIRE(client.Send(PostTo("/echo", "x")));
  const auto next = client.ReadAnswer();
  REQUIRE(next);
  CHECK(next->status == 200);
  CHECK(EndsWith(next->body, "\nx"));
}

TEST_CASE("100 Continue is sent to who waits for it") {
  TestServer server;
  RawClient client(server.port());
  REQUIRE(
      client.Send("POST /echo HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\n"
                  "Content-Length: 4\r\n\r\n"));
  const auto told = client.ReadAnswer();
  REQUIRE(told);
  CHECK(told->status == 100);
  REQUIRE(client.Send("body"));
  const auto answer = client.ReadAnswer();
  REQUIRE(answer);
  CHECK(answer->status == 200);
  CHECK(EndsWith(answer->body, "\nbody"));
}

TEST_CASE("malformed requests are told so, and the connection is closed") {
  TestServer server;
  const std::vector<std::pair<std::string, int>> cases = {
      {"garbage\r\n", 400},
      {"GET /\r\n\r\n", 400},
      {"GET / HTTP/1.1\r\n\r\n", 400},
      {"GET / HTTP/3.0\r\nHost: a\r\n\r\n", 505},
      {"POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip\r\n\r\n", 501},
      {"POST / HTTP/1.1\r\nHost: a\r\nExpect: more\r\nContent-Length: 1\r\n\r\nx", 417},
      {"GET /" + std::string(10'000, 'a') + " HTTP/1.1\r\nHost: a\r\n\r\n", 414},
      {"GET / HTTP/1.1\r\nHost: a\r\nX: " + std::string(20'000, 'a') + "\r\n\r\n", 431},
  };
  for (const auto& malformed : cases) {
    const int status = malformed.second;
    CAPTURE(status);
    RawClient client(server.port());
    REQUIRE(client.Send(malformed.first));
    const auto all = client.ReadToEnd();
    REQUIRE(all);
    CHECK(all->starts_with("HTTP/1.1 " + std::to_string(status) + " "));
    CHECK(all->find("\r\nContent-Type: application/problem+json; charset=utf-8\r\n") !=
          std::string::npos);
    CHECK(all->find("\r\nConnection: close\r\n") != std::string::npos);
    CHECK(all->find("\r\nX-Request-Id: ") != std::string::npos);
  }
  CHECK(server.faults().empty());
}

TEST_CASE("a good request before a malformed one is answered") {
  TestServer server;
  RawClient client(server.port());
  REQUIRE(client.Send(PostTo("/thread", "good") + "garbage\r\n"));
  const auto all = client.ReadToEnd();
  REQUIRE(all);
  CHECK(all->find("\ngood") != std::string::npos);
  CHECK(all->find("HTTP/1.1 400 ") != std::string::npos);
}

TEST_CASE("413 can be read by a client that goes on uploading 10 MiB") {
  TestServer server;
  constexpr std::size_t kUpload = std::size_t{10} << 20;
  const std::string announced =
      "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: " + std::to_string(kUpload) + "\r\n\r\n";
  const std::string chunked =
      "POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n" +
      std::string("a00000\r\n");
  for (const std::string& head : {announced, chunked}) {
    RawClient client(server.port());
    REQUIRE(client.Send(head));
    // Reads only once all is sent, as simple clients do.
    REQUIRE(client.Send(std::string(kUpload, 'u')));
    const auto answer = client.ReadAnswer();
    REQUIRE(answer);
    CHECK(answer->status == 413);
    client.ShutdownWrite();
    CHECK(client.ReadToEnd() == "");
  }
}

TEST_CASE("a request that does not arrive in time is told 408") {
  EndpointOptions options;
  options.request_timeout = 300ms;
  TestServer server(options);
  for (const std::string bytes : {"G", "GET / HTTP/1.1\r\nHost: a\r\n",
                                  "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\nab"}) {
    CAPTURE(bytes);
    RawClient client(server.port());
    REQUIRE(client.Send(bytes));
    const auto all = client.ReadToEnd();
    REQUIRE(all);
    CHECK(all->starts_with("HTTP/1.1 408 Request Timeout\r\n"));
  }
}

TEST_CASE("a request that trickles in is timed from its first byte") {
  EndpointOptions options;
  options.request_timeout = 300ms;
  TestServer server(options);
  RawClient client(server.port());
  const auto end = Clock::now() + kPatience;
  while (client.Send("x") && Clock::now() < end) std::this_thread::sleep_for(20ms);
  CHECK(Clock::now() < end);
}

TEST_CASE("a slow handler is no slow request") {
  EndpointOptions options;
  options.request_timeout = 100ms;
  options.idle_timeout = 100ms;
  TestServer server(options);
  RawClient client(server.port());
  REQUIRE(client.Send(GetOf("/hold")));
  REQUIRE(server.gate().WaitFor(1));
  // Others come and are timed out meanwhile.
  for (int i = 0; i < 3; ++i) {
    RawClient other(server.port());
    REQUIRE(other.Send("G"));
    REQUIRE(other.ReadToEnd());
  }
  server.gate().Take().second(Answer{});
  CHECK(client.ReadAnswer());
}

TEST_CASE("idle connections are closed without a word") {
  EndpointOptions options;
  options.idle_timeout = 100ms;
  TestServer server(options);
  RawClient fresh(server.port());
  RawClient used(server.port());
  REQUIRE(used.Send(GetOf("/echo")));
  REQUIRE(used.ReadAnswer());
  CHECK(fresh.ReadToEnd() == "");
  CHECK(used.ReadToEnd() == "");
}

TEST_CASE("a client that takes no answer is let go, and others are served meanwhile") {
  EndpointOptions options;
  options.request_timeout = 300ms;
  TestServer server(options);
  RawClient lazy(server.port());
  REQUIRE(lazy.Send(GetOf("/large") + GetOf("/large")));
  CHECK(Ask(server, GetOf("/echo"))->status == 200);
  const auto end = Clock::now() + kPatience;
  // Sending fails once the server has given up on it.
  while (lazy.Send("x") && Clock::now() < end) std::this_thread::sleep_for(20ms);
  CHECK(Clock::now() < end);
}

TEST_CASE("large answers arrive whole") {
  TestServer server;
  RawClient client(server.port());
  REQUIRE(client.Send(GetOf("/large") + GetOf("/large", "Connection: close\r\n")));
  REQUIRE(client.ReadAnswer());
  const auto second = client.ReadAnswer();
  REQUIRE(second);
  CHECK(second->body == std::string(std::size_t{8} << 20, 'l'));
  CHECK(client.ReadToEnd() == "");
}

TEST_CASE("a dropped Responder and a throwing handler answer 500") {
  TestServer server;
  RawClient client(server.port());
  for (const std::string path : {"/drop", "/throw"}) {
    REQUIRE(client.Send(GetOf(path)));
    const auto answer = client.ReadAnswer();
    REQUIRE(answer);
    CHECK(answer->status == 500);
    CHECK(answer->Header("Content-Type") == "application/problem+json; charset=utf-8");
    CHECK(answer->body.find("a text that no sender may see") == std::string::npos);
  }
  const auto faults = server.faults();
  CHECK(std::any_of(faults.begin(), faults.end(), [](const std::string& fault) {
    return fault.find("a text that no sender may see") != std::string::npos;
  }));
}

TEST_CASE("only the first answer to a request counts") {
  TestServer server;
  RawClient client(server.port());
  REQUIRE(client.Send(GetOf("/hold")));
  REQUIRE(server.gate().WaitFor(1));
  auto [request, respond] = server.gate().Take();
  Answer first;
  first.body = "first";
  respond(std::move(first));
  respond(Answer{});
  CHECK(client.ReadAnswer()->body == "first");
  REQUIRE(client.Send(PostTo("/echo", "next")));
  CHECK(EndsWith(client.ReadAnswer()->body, "\nnext"));
}

TEST_CASE("an answer never reaches a client other than the one that asked") {
  // One waits for an answer and leaves; another comes, most likely with the same socket number.
  TestServer server;
  for (int round = 0; round < 50; ++round) {
    RawClient gone(server.port());
    REQUIRE(gone.Send(GetOf("/hold")));
    REQUIRE(server.gate().WaitFor(static_cast<std::size_t>(2 * round) + 1));
    auto held = server.gate().Take();
    gone.Reset();
    RawClient next(server.port());
    REQUIRE(next.Send(GetOf("/hold")));
    REQUIRE(server.gate().WaitFor(static_cast<std::size_t>(2 * round) + 2));
    auto own = server.gate().Take();
    Answer wrong;
    wrong.body = "of another client";
    held.second(std::move(wrong));
    Answer right;
    right.body = "own";
    own.second(std::move(right));
    const auto answer = next.ReadAnswer();
    REQUIRE(answer);
    CHECK(answer->body == "own");
  }
}

TEST_CASE("clients that reset at any moment leave the server running") {
  EndpointOptions options;
  options.threads = 2;
  TestServer server(options);
  const std::string whole = PostTo("/thread", std::string(2'000, 'x'));
  constexpr int kClients = 600;
  for (int i = 0; i < kClients; ++i) {
    RawClient client(server.port());
    switch (i % 4) {
      case 0:  // In the middle of a request.
        client.Send(std::string_view(whole).substr(0, static_cast<std::size_t>(i)));
        break;
      case 1:  // While it is answered.
        client.Send(whole + whole);
        break;
      case 2:  // In the middle of an answer.
        client.Send(GetOf("/large"));
        break;
      default:  // Before anything.
        break;
    }
    if (i % 3 == 0)
      client.Close();
    else
      client.Reset();
  }
  CHECK(Ask(server, PostTo("/thread", "alive"))->status == 200);
  CHECK(server.faults().empty());
}

TEST_CASE("many clients at once, each with its own answers") {
  EndpointOptions options;
  options.threads = 2;
  TestServer server(options);
  constexpr std::size_t kClients = 32;
  std::vector<std::unique_ptr<RawClient>> clients;
  for (std::size_t i = 0; i < kClients; ++i) {
    clients.push_back(std::make_unique<RawClient>(server.port()));
  }
  for (int round = 0; round < 20; ++round) {
    for (std::size_t i = 0; i < kClients; ++i) {
      clients[i]->Send(PostTo(i % 2 == 0 ? "/thread" : "/echo", std::to_string(i)));
    }
    for (std::size_t i = 0; i < kClients; ++i) {
      const auto answer = clients[i]->ReadAnswer();
      REQUIRE(answer);
      REQUIRE(EndsWith(answer->body, "\n" + std::to_string(i)));
    }
  }
}

TEST_CASE("beyond the limit, connections wait for others to end") {
  EndpointOptions options;
  options.max_connections = 2;
  TestServer server(options);
  auto first = std::make_unique<RawClient>(server.port());
  RawClient second(server.port());
  REQUIRE(first->Send(GetOf("/echo")));
  REQUIRE(first->ReadAnswer());
  REQUIRE(second.Send(GetOf("/echo")));
  REQUIRE(second.ReadAnswer());
  RawClient third(server.port());
  REQUIRE(third.Send(GetOf("/hold")));
  REQUIRE(second.Send(GetOf("/echo")));
  REQUIRE(second.ReadAnswer());
  first.reset();
  REQUIRE(server.gate().WaitFor(1));
  server.gate().Take().second(Answer{});
  CHECK(third.ReadAnswer());
}

TEST_CASE("behind a trusted proxy the client's address counts") {
  EndpointOptions options;
  config::AddressRange loopback;
  loopback.address = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, 127, 0, 0, 1};
  options.trusted_proxies = {loopback};
  TestServer server(options);
  const auto answer = Ask(server, GetOf("/echo", "X-Forwarded-For: 203.0.113.9\r\n"));
  REQUIRE(answer);
  CHECK(answer->body == "GET /echo 203.0.113.9\n");
  TestServer direct;
  CHECK(Ask(direct, GetOf("/echo", "X-Forwarded-For: 203.0.113.9\r\n"))->body ==
        "GET /echo 127.0.0.1\n");
}

TEST_CASE("draining finishes what was begun, and loses nothing") {
  TestServer server;
  RawClient idle(server.port());
  RawClient served(server.port());
  RawClient half(server.port());
  REQUIRE(idle.Send(GetOf("/echo")));
  REQUIRE(idle.ReadAnswer());
  REQUIRE(served.Send(GetOf("/hold")));
  REQUIRE(server.gate().WaitFor(1));
  REQUIRE(half.Send("GET /hold HTTP/1.1\r\n"));
  // Answered after `half` was read from: the server reads in the order of arrival.
  REQUIRE(Ask(server, GetOf("/echo", "Connection: close\r\n")));

  server.endpoint().StopAccepting();
  CHECK_THROWS_AS(RawClient(server.port()), std::runtime_error);
  bool drained = false;
  {
    Worker stopper;
    stopper.Do([&] { drained = server.endpoint().Drain(Clock::now() + kPatience); });
    CHECK(idle.ReadToEnd() == "");
    REQUIRE(half.Send("Host: a\r\n\r\n"));
    REQUIRE(server.gate().WaitFor(2));
    server.gate().Take().second(Answer{});
    server.gate().Take().second(Answer{});
    for (RawClient* client : {&served, &half}) {
      const auto all = client->ReadToEnd();
      REQUIRE(all);
      CHECK(all->starts_with("HTTP/1.1 200 OK\r\n"));
      CHECK(all->find("\r\nConnection: close\r\n") != std::string::npos);
      client->Close();
    }
    idle.Close();
  }
  CHECK(drained);
}

TEST_CASE("draining ends at its deadline") {
  TestServer server;
  RawClient client(server.port());
  REQUIRE(client.Send(GetOf("/hold")));
  REQUIRE(server.gate().WaitFor(1));
  server.endpoint().StopAccepting();
  CHECK_FALSE(server.endpoint().Drain(Clock::now() + 50ms));
  server.endpoint().Stop();
  // Nobody is there any more, which harms nobody.
  server.gate().Take().second(Answer{});
}

TEST_CASE("an answer that is given just before the server stops arrives") {
  // What must not happen takes a moment of microseconds: so many servers stop that it would.
  constexpr std::size_t kClients = 8;
  std::size_t lost = 0;
  for (int round = 0; round < 100; ++round) {
    TestServer server;
    std::vector<std::unique_ptr<RawClient>> clients;
    for (std::size_t i = 0; i < kClients; ++i) {
      clients.push_back(std::make_unique<RawClient>(server.port()));
      REQUIRE(clients.back()->Send(GetOf("/hold")));
    }
    REQUIRE(server.gate().WaitFor(kClients));
    server.gate().Take().second(Answer{});
    // The first answer wakes the server up; the others come at another moment of that each time.
    const auto moment = Clock::now() + std::chrono::microseconds(round % 50);
    while (Clock::now() < moment) continue;
    for (std::size_t i = 1; i < kClients; ++i) server.gate().Take().second(Answer{});
    server.endpoint().Stop();
    for (const auto& client : clients)
      if (!client->ReadAnswer()) ++lost;
  }
  CHECK(lost == 0);
}

TEST_CASE("a request that came while the server was busy is answered, whatever time it is then") {
  EndpointOptions options;
  options.idle_timeout = 100ms;
  TestServer server(options);
  RawClient kept(server.port());
  REQUIRE(kept.Send(GetOf("/echo")));
  REQUIRE(kept.ReadAnswer());
  RawClient other(server.port());
  {
    const TestServer::Busy busy(server);
    REQUIRE(other.Send(GetOf("/busy")));
    // Past the idle timeout, and past the tick that sees to it: that comes first when the server
    // has time again.
    const auto idle_is_over = Clock::now() + 3 * options.idle_timeout;
    while (Clock::now() < idle_is_over) std::this_thread::yield();
    REQUIRE(kept.Send(GetOf("/echo")));
  }
  CHECK(kept.ReadAnswer());
  CHECK(other.ReadAnswer());
}

TEST_CASE("clients that never pause get every answer of a server that stops") {
  TestServer server;
  constexpr int kClients = 8;
  std::vector<std::thread> threads;
  threads.reserve(kClients);
  std::atomic<int> answered{0};
  std::atomic<int> lost{0};
  for (int i = 0; i < kClients; ++i) {
    threads.emplace_back([&] {
      RawClient client(server.port());
      for (;;) {
        if (!client.Send(PostTo("/thread", "x"))) break;
        const auto answer = client.ReadAnswer();
        if (!answer) {
          ++lost;
          break;
        }
        ++answered;
        if (answer->Header("Connection") == "close") break;
      }
    });
  }
  const auto end = Clock::now() + kPatience;
  while (answered < 10 * kClients && Clock::now() < end) std::this_thread::yield();
  server.endpoint().StopAccepting();
  CHECK(server.endpoint().Drain(Clock::now() + kPatience));
  for (std::thread& thread : threads) thread.join();
  CHECK(answered >= 10 * kClients);
  CHECK(lost == 0);
}

TEST_CASE("clients that connect for each request get every answer of a server that stops") {
  // What must not happen takes a moment of microseconds: so many servers stop that it would.
  constexpr int kServers = 24;
  constexpr int kClientsEach = 4;
  std::atomic<int> lost{0};
  std::vector<std::jthread> rounds;
  rounds.reserve(kServers);
  for (int i = 0; i < kServers; ++i) {
    rounds.emplace_back([&lost] {
      TestServer server;
      std::atomic<int> answered{0};
      std::vector<std::jthread> clients;
      clients.reserve(kClientsEach);
      for (int j = 0; j < kClientsEach; ++j) {
        clients.emplace_back([&] {
          try {
            for (;;) {
              RawClient client(server.port());
              const bool sent = client.Send(PostTo("/thread", "x", "Connection: close\r\n"));
              ++(sent && client.ReadAnswer() ? answered : lost);
            }
          } catch (const std::runtime_error&) {
            // Refused, before anything was sent.
          }
        });
      }
      const auto end = Clock::now() + kPatience;
      while (answered < 10 && Clock::now() < end) std::this_thread::yield();
      server.endpoint().StopAccepting();
      if (answered < 10 || !server.endpoint().Drain(Clock::now() + kPatience)) ++lost;
    });
  }
  rounds.clear();  // Joins.
  CHECK(lost == 0);
}

TEST_CASE("an address that cannot be listened on is a failure that says which") {
  TestServer server;
  EndpointOptions options;
  options.listen = {"127.0.0.1", server.port()};
  Endpoint second(options, [](const Request&, Responder respond) { respond(Answer{}); });
  const base::Status taken = second.Start();
  REQUIRE_FALSE(taken.ok());
  CHECK(taken.failure().operator_text.find("127.0.0.1:" + std::to_string(server.port())) !=
        std::string::npos);

  options.listen = {"no-such-host.invalid", 0};
  Endpoint third(options, [](const Request&, Responder respond) { respond(Answer{}); });
  CHECK_FALSE(third.Start().ok());
}

TEST_CASE("IPv6 is listened on, too, where the machine has it") {
  EndpointOptions options;
  options.listen = {"[::1]", 0};
  std::unique_ptr<TestServer> server;
  try {
    server = std::make_unique<TestServer>(options);
  } catch (const std::runtime_error& error) {
    MESSAGE("no IPv6 here: " << error.what());
    return;
  }
  RawClient client(server->port(), "::1");
  REQUIRE(client.Send(GetOf("/echo")));
  CHECK(client.ReadAnswer()->body == "GET /echo ::1\n");
}

std::size_t OpenDescriptors() {
  std::size_t count = 0;
  DIR* directory = opendir("/proc/self/fd");
  while (readdir(directory) != nullptr) ++count;
  closedir(directory);
  return count;
}

TEST_CASE("connections leave no descriptors behind") {
  TestServer server;
  REQUIRE(Ask(server, GetOf("/echo")));
  const std::size_t before = OpenDescriptors();
  for (int i = 0; i < 200; ++i) {
    RawClient client(server.port());
    client.Send(GetOf("/echo", "Connection: close\r\n"));
    REQUIRE(client.ReadToEnd());
  }
  const auto end = Clock::now() + kPatience;
  while (OpenDescriptors() > before && Clock::now() < end) std::this_thread::yield();
  CHECK(OpenDescriptors() <= before);
}

}  // namespace
}  // namespace bookgate::http::test
