// The fetcher against addresses and servers of this machine: what it refuses to do at all. What a
// provider's API answers is in tests/integration/lookups.
#include "lookup/curl_fetcher.hpp"

#include <arpa/inet.h>
#include <doctest/doctest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <future>
#include <string>
#include <thread>
#include <utility>

namespace bookgate::lookup {
namespace {

using std::chrono::steady_clock;

/// Accepts connections, and says nothing.
class SilentServer {
 public:
  SilentServer() : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof(address);
    REQUIRE(bind(socket_, reinterpret_cast<sockaddr*>(&address), size) == 0);
    REQUIRE(listen(socket_, 16) == 0);
    REQUIRE(getsockname(socket_, reinterpret_cast<sockaddr*>(&address), &size) == 0);
    port_ = ntohs(address.sin_port);
  }
  ~SilentServer() { close(socket_); }
  SilentServer(const SilentServer&) = delete;
  SilentServer& operator=(const SilentServer&) = delete;

  int socket() const { return socket_; }
  std::string Url(const std::string& scheme) const {
    return scheme + "://127.0.0.1:" + std::to_string(port_) + "/";
  }

 private:
  const int socket_;
  unsigned port_ = 0;
};

/// Answers one request with 200 and {}, and keeps what was sent.
class OneAnswer {
 public:
  OneAnswer() : request_(std::async(std::launch::async, [this] { return Serve(); })) {}

  std::string Url() const { return server_.Url("http"); }
  /// The whole request. Once.
  std::string Request() { return request_.get(); }

 private:
  std::string Serve() const {
    const int connection = accept(server_.socket(), nullptr, nullptr);
    std::string request;
    char buffer[4096];
    while (!IsWhole(request)) {
      const ssize_t read = recv(connection, buffer, sizeof(buffer), 0);
      if (read <= 0) break;
      request.append(buffer, static_cast<std::size_t>(read));
    }
    const std::string answer = "HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}";
    send(connection, answer.data(), answer.size(), MSG_NOSIGNAL);
    close(connection);
    return request;
  }

  static bool IsWhole(const std::string& request) {
    const std::size_t end = request.find("\r\n\r\n");
    if (end == std::string::npos) return false;
    const std::size_t length = request.find("Content-Length: ");
    const std::size_t body = length < end ? std::stoul(request.substr(length + 16)) : 0;
    return request.size() - end - 4 >= body;
  }

  const SilentServer server_;
  std::future<std::string> request_;
};

FetchRequest Request(std::string url, bool address_is_ours,
                     std::chrono::milliseconds within = std::chrono::seconds(30)) {
  FetchRequest request;
  request.lane = "acme";
  request.url = std::move(url);
  request.address_is_ours = address_is_ours;
  request.deadline = steady_clock::now() + within;
  return request;
}

std::future<FetchEnd> Fetch(CurlFetcher& fetcher, FetchRequest request) {
  std::promise<FetchEnd> promise;
  std::future<FetchEnd> end = promise.get_future();
  REQUIRE(fetcher.Fetch(std::move(request),
                        [promise = std::move(promise)](const FetchReply& reply) mutable {
                          promise.set_value(reply.end);
                        }));
  return end;
}

TEST_CASE("a name or address that leads into a private network is not connected to") {
  const SilentServer server;
  CurlFetcher fetcher;
  CHECK(Fetch(fetcher, Request(server.Url("https"), false)).get() == FetchEnd::kForbiddenAddress);
  for (const char* url : {"https://localhost/", "https://[::1]/", "https://10.0.0.1/",
                          "https://169.254.169.254/latest/meta-data", "https://0x7f000001/"}) {
    CHECK_MESSAGE(Fetch(fetcher, Request(url, false)).get() == FetchEnd::kForbiddenAddress,
                  std::string(url));
  }
}

TEST_CASE("only HTTPS, unless the operator named the address") {
  CurlFetcher fetcher;
  for (const char* url : {"http://127.0.0.1/", "file:///etc/passwd", "ftp://127.0.0.1/"}) {
    CHECK_MESSAGE(Fetch(fetcher, Request(url, false)).get() == FetchEnd::kBroken, std::string(url));
  }
  CHECK(Fetch(fetcher, Request("file:///etc/passwd", true)).get() == FetchEnd::kBroken);
  CHECK(Fetch(fetcher, Request("http://127.0.0.1:1/", true)).get() == FetchEnd::kUnreachable);
}

TEST_CASE("an answer that does not come ends at the deadline") {
  const SilentServer server;
  CurlFetcher fetcher;
  const auto within = std::chrono::milliseconds(50);
  CHECK(Fetch(fetcher, Request(server.Url("http"), true, within)).get() == FetchEnd::kLate);
}

TEST_CASE("one that waits for its turn ends at its deadline, too") {
  const SilentServer server;
  CurlFetcher fetcher({1, 10});
  std::future<FetchEnd> under_way = Fetch(fetcher, Request(server.Url("http"), true));
  const auto within = std::chrono::milliseconds(50);
  CHECK(Fetch(fetcher, Request(server.Url("http"), true, within)).get() == FetchEnd::kLate);
  fetcher.Stop();
  CHECK(under_way.get() == FetchEnd::kStopped);
}

TEST_CASE("more than may wait are not taken") {
  const SilentServer server;
  CurlFetcher fetcher({1, 1});
  std::vector<std::future<FetchEnd>> ends;
  int taken = 0;
  for (int i = 0; i < 10; ++i) {
    taken += fetcher.Fetch(Request(server.Url("http"), true), [](const FetchReply&) {}) ? 1 : 0;
  }
  // One of them may be under way already.
  CHECK(taken >= 1);
  CHECK(taken <= 2);
}

TEST_CASE("stopping abandons what is under way and what waits, and takes no more") {
  const SilentServer server;
  CurlFetcher fetcher({2, 10});
  std::vector<std::future<FetchEnd>> ends;
  for (int i = 0; i < 5; ++i) ends.push_back(Fetch(fetcher, Request(server.Url("http"), true)));
  fetcher.Stop();
  for (std::future<FetchEnd>& end : ends) CHECK(end.get() == FetchEnd::kStopped);
  CHECK_FALSE(fetcher.Fetch(Request(server.Url("http"), true), [](const FetchReply&) {}));
}

TEST_CASE("a request has the method, the body and the headers that it is given") {
  OneAnswer server;
  CurlFetcher fetcher;
  FetchRequest request = Request(server.Url(), true);
  request.method = translate::Method::kPost;
  request.body = R"({"url":"https://example.org"})";
  request.headers = {{"acme-version", "2"}};
  CHECK(Fetch(fetcher, std::move(request)).get() == FetchEnd::kAnswered);
  const std::string sent = server.Request();
  CHECK(sent.starts_with("POST / HTTP/1.1\r\n"));
  CHECK(sent.find("Content-Type: application/json\r\n") != std::string::npos);
  CHECK(sent.find("acme-version: 2\r\n") != std::string::npos);
  CHECK(sent.find("Expect:") == std::string::npos);
  CHECK(sent.ends_with("\r\n\r\n{\"url\":\"https://example.org\"}"));
}

TEST_CASE("every method is sent as itself, and without a body where there is none") {
  using translate::Method;
  const std::pair<Method, std::string> methods[] = {{Method::kGet, "GET"},
                                                    {Method::kPost, "POST"},
                                                    {Method::kPut, "PUT"},
                                                    {Method::kPatch, "PATCH"},
                                                    {Method::kDelete, "DELETE"}};
  CurlFetcher fetcher;
  for (const auto& [method, name] : methods) {
    OneAnswer server;
    FetchRequest request = Request(server.Url(), true);
    request.method = method;
    CHECK(Fetch(fetcher, std::move(request)).get() == FetchEnd::kAnswered);
    const std::string sent = server.Request();
    CHECK_MESSAGE(sent.starts_with(name + " / HTTP/1.1\r\n"), sent);
    CHECK(sent.ends_with("\r\n\r\n"));
  }
}

TEST_CASE("a callback may ask for more, and what it throws harms nobody") {
  CurlFetcher fetcher;
  std::promise<FetchEnd> second;
  REQUIRE(fetcher.Fetch(Request("http://127.0.0.1:1/", true), [&](const FetchReply&) {
    fetcher.Fetch(Request("http://127.0.0.1:1/", true),
                  [&](const FetchReply& reply) { second.set_value(reply.end); });
    throw std::runtime_error("of the callback");
  }));
  CHECK(second.get_future().get() == FetchEnd::kUnreachable);
}

}  // namespace
}  // namespace bookgate::lookup
