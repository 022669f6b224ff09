// What HTTP itself has to say: sizes, time, framing, and the fields that every answer carries.
#include <doctest/doctest.h>

#include <sstream>
#include <string>
#include <vector>

#include "support/raw_client.hpp"
#include "support/test_gateway.hpp"

namespace bookgate::tests {
namespace {

/// A valid booking of exactly that many bytes.
std::string BodyOf(std::size_t bytes) {
  const std::string start = R"({"customer_email":"ann@example.com","external_id":"1","pad":")";
  const std::string end = R"("})";
  return start + std::string(bytes - start.size() - end.size(), 'x') + end;
}

std::string RequestHead(const RunningGateway& running, const std::string& more) {
  return "POST " + TestGateway::WebhookPath(running.org) +
         " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + running.org.secret + "\r\n" +
         more;
}

TEST_CASE("a body at the limit is stored whole, one byte more is refused whole") {
  const RunningGateway running;
  constexpr std::size_t kLimit = 262'144;
  CHECK(running.Post(BodyOf(kLimit)).status == 200);
  CHECK(running.database.Number("SELECT LENGTH(Body) FROM deliveries") == kLimit);
  for (const std::size_t size : {kLimit + 1, std::size_t{10} << 20}) {
    CAPTURE(size);
    const HttpReply reply = running.Post(BodyOf(size));
    CHECK(reply.status == 413);
    CHECK(reply.headers.at("connection") == "close");
    CHECK(ParseJson(reply.body).root()["type"].Text() == "urn:bookgate:problem:body_too_large");
  }
  CHECK(running.database.Number("SELECT COUNT(*) FROM deliveries") == 1);
}

TEST_CASE("malformed, slow and oversized requests are told so, and store nothing") {
  const RunningGateway running(ConfigKeys{{"server.request_timeout", "\"300ms\""}});
  struct Malformed {
    std::string bytes;
    int status;
  };
  const std::string body = R"({"customer_email":"ann@example.com"})";
  const std::string length = "Content-Length: " + std::to_string(body.size()) + "\r\n";
  const std::vector<Malformed> cases = {
      {"POST\r\n\r\n", 400},
      {RequestHead(running, "Content-Length: many\r\n\r\n") + body, 400},
      {RequestHead(running, length + "Content-Length: 1\r\n\r\n") + body, 400},
      {RequestHead(running, length + "Transfer-Encoding: chunked\r\n\r\n") + body, 400},
      {RequestHead(running, "Content-Length: 1000\r\n\r\n") + body, 408},
      {RequestHead(running, "Content-Length: 99999999999\r\n\r\n") + body, 413},
      {"POST /" + std::string(20'000, 'a') + " HTTP/1.1\r\nHost: a\r\n\r\n", 414},
      {RequestHead(running, "X-Large: " + std::string(70'000, 'a') + "\r\n\r\n"), 431},
  };
  for (const Malformed& request : cases) {
    CAPTURE(request.status);
    RawClient client(running.gateway.port());
    client.Send(request.bytes);
    const auto answer = client.ReadAnswer();
    REQUIRE(answer);
    CHECK(answer->status == request.status);
    CHECK(answer->Header("Content-Type") == "application/problem+json; charset=utf-8");
    CHECK(answer->Header("X-Request-Id").has_value());
    CHECK(client.ReadToEnd() == "");
  }
  CHECK(running.database.Number("SELECT COUNT(*) FROM deliveries") == 0);
}

TEST_CASE("every answer carries X-Request-Id and a content type with its charset") {
  const RunningGateway running;
  WebhookOptions options;
  options.headers.emplace_back("X-Request-Id: from-the-proxy.1");
  const HttpReply stored = running.Post(R"({"customer_email":"ann@example.com"})", options);
  CHECK(stored.headers.at("x-request-id") == "from-the-proxy.1");
  CHECK(stored.headers.at("content-type") == "application/json; charset=utf-8");

  options.bearer = false;
  const HttpReply refused = running.Post("{}", options);
  CHECK(refused.status == 401);
  CHECK(refused.headers.at("x-request-id") == "from-the-proxy.1");

  std::string last;
  for (const HttpReply& reply :
       {running.Post("{}"), running.gateway.Get("/nowhere"), running.gateway.Get("/healthz"),
        running.gateway.Get("/readyz"), running.gateway.GetOps("/metrics")}) {
    const std::string& id = reply.headers.at("x-request-id");
    CHECK_FALSE(id.empty());
    CHECK(id != last);
    last = id;
    CHECK(reply.headers.at("content-type").find("charset=utf-8") != std::string::npos);
  }
}

std::string Chunk(const std::string& text) {
  std::ostringstream chunk;
  chunk << std::hex << text.size() << "\r\n" << text << "\r\n";
  return chunk.str();
}

TEST_CASE("chunked bodies, and many requests on one connection") {
  const RunningGateway running;
  RawClient client(running.gateway.port());
  for (int i = 0; i < 3; ++i) {
    CAPTURE(i);
    REQUIRE(client.Send(RequestHead(running,
                                    "Content-Type: application/json\r\n"
                                    "Transfer-Encoding: chunked\r\n\r\n") +
                        Chunk(R"({"customer_email":"ann)") + Chunk(R"(@example.com",)") +
                        Chunk(R"("external_id":"7"})") + "0\r\n\r\n"));
    const auto answer = client.ReadAnswer();
    REQUIRE(answer);
    CHECK(answer->status == 200);
    CHECK(ParseJson(answer->body).root()["created"].Bool() == (i == 0));
  }
  CHECK(running.database.Text("SELECT Email FROM contacts") == "ann@example.com");
}

TEST_CASE("three pipelined bookings get three answers in their order") {
  const RunningGateway running;
  RawClient client(running.gateway.port());
  std::string bytes;
  for (const std::string id : {"1", "2", "3"}) {
    const std::string body =
        R"({"customer_email":"ann@example.com","external_id":")" + id + R"("})";
    bytes +=
        RequestHead(running, "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n") + body;
  }
  REQUIRE(client.Send(bytes));
  for (const std::string id : {"1", "2", "3"}) {
    const auto answer = client.ReadAnswer();
    REQUIRE(answer);
    REQUIRE(answer->status == 200);
    CHECK(ParseJson(answer->body).root()["appointment_id"].Integer() ==
          running.database.Number("SELECT AppointmentID FROM appointments WHERE ExternalID = '" +
                                  id + "'"));
  }
}

TEST_CASE("health and readiness are on both listeners, metrics on one") {
  const RunningGateway running;
  CHECK(running.gateway.Get("/healthz").status == 200);
  CHECK(running.gateway.GetOps("/healthz").status == 200);
  for (const HttpReply& reply :
       {running.gateway.Get("/readyz"), running.gateway.GetOps("/readyz")}) {
    CHECK(reply.status == 200);
    const json::Document ready = ParseJson(reply.body);
    CHECK(ready.root()["ready"].Bool() == true);
    CHECK(ready.root()["database"].Text() == "up");
    CHECK(ready.root()["plugins"].Text() == "ok");
  }
  CHECK(running.gateway.Get("/metrics").status == 404);
  running.Post(R"({"customer_email":"ann@example.com"})");
  running.Post(R"({"type":"ping"})");
  const std::string metrics = running.gateway.GetOps("/metrics").body;
  for (const std::string line :
       {R"(bookgate_deliveries_total{outcome="stored",provider="generic"} 1)",
        R"(bookgate_deliveries_total{outcome="ignored",provider="generic"} 1)",
        R"(bookgate_delivery_seconds_count{provider="generic"} 2)"}) {
    CAPTURE(line);
    CHECK(metrics.find(line) != std::string::npos);
  }
}

}  // namespace
}  // namespace bookgate::tests
