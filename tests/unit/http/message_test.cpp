// The parts that work on plain data: targets, routes, problem documents, answers' bytes, client
// addresses, request ids.

#include "http/message.hpp"

#include <arpa/inet.h>
#include <doctest/doctest.h>

#include <algorithm>
#include <stdexcept>

#include "http/answer_bytes.hpp"
#include "http/client_address.hpp"
#include "http/problem.hpp"
#include "http/request_id.hpp"
#include "http/routes.hpp"
#include "http/target.hpp"

namespace bookgate::http {
namespace {

TEST_CASE("queries are decoded as forms are") {
  const auto fields = ParseQuery("a=1&b=x%20y+z&&c&=d&e=%zz%4&f=a=b&a=2&%61%3D=%00");
  REQUIRE(fields.size() == 8);
  CHECK(fields[0].name == "a");
  CHECK(fields[0].value == "1");
  CHECK(fields[1].value == "x y z");
  CHECK(fields[2].name == "c");
  CHECK(fields[2].value.empty());
  CHECK(fields[3].name.empty());
  CHECK(fields[3].value == "d");
  CHECK(fields[4].value == "%zz%4");
  CHECK(fields[5].value == "a=b");
  CHECK(fields[6].value == "2");
  CHECK(fields[7].name == "a=");
  CHECK(fields[7].value == std::string(1, '\0'));
  CHECK(ParseQuery("").empty());
}

TEST_CASE("targets give path and query") {
  CHECK(ParseTarget("/a/b?c=d")->path == "/a/b");
  CHECK(ParseTarget("/a/b?c=d")->query.size() == 1);
  CHECK(ParseTarget("/?")->query.empty());
  CHECK(ParseTarget("http://h?a=b")->path == "/");
  CHECK(ParseTarget("http://h?a=b")->query.size() == 1);
  // To the byte, because somebody may have signed it.
  CHECK(ParseTarget("/a%2Fb?c=d&&e=%20+")->as_sent == "/a%2Fb?c=d&&e=%20+");
  CHECK(ParseTarget("/a?")->as_sent == "/a?");
  CHECK(ParseTarget("https://h/a?b")->as_sent == "/a?b");
  CHECK_FALSE(ParseTarget("").has_value());
  CHECK_FALSE(ParseTarget("a").has_value());
  CHECK_FALSE(ParseTarget("http://").has_value());
}

/// Sends a request through the table and says which handler got it, or the status and Allow.
std::string Routed(const Routes& routes, const std::string& method, const std::string& path) {
  Request request;
  request.method = method;
  request.path = path;
  std::string said;
  routes.Handle(std::move(request), [&said](const Answer& answer) {
    said = answer.status == 200 ? answer.body : std::to_string(answer.status);
    for (const auto& field : answer.headers) said += " " + field.name + ": " + field.value;
  });
  return said;
}

TEST_CASE("routes") {
  Routes routes;
  const auto says = [](const std::string& text) {
    return [text](const Request&, const PathParameters& parameters, Responder respond) {
      Answer answer;
      answer.body = text;
      if (text == "org") answer.body += " " + parameters.Get("org");
      respond(std::move(answer));
    };
  };
  routes.Add("GET", "/", says("root"))
      .Add("GET", "/healthz", says("health"))
      .Add("POST", "/hooks/fixed", says("fixed"))
      .Add("POST", "/hooks/{org}", says("org"))
      .Add("GET", "/things/{a}/{b}", says("things"))
      .Add("PUT", "/things/{a}/{b}", says("put"))
      .Add("HEAD", "/own", says("own head"))
      .Add("GET", "/own", says("own get"));

  CHECK(Routed(routes, "GET", "/") == "root");
  CHECK(Routed(routes, "GET", "/healthz") == "health");
  CHECK(Routed(routes, "HEAD", "/healthz") == "health");
  CHECK(Routed(routes, "HEAD", "/own") == "own head");
  CHECK(Routed(routes, "GET", "/healthz/") == "404");
  CHECK(Routed(routes, "GET", "//healthz") == "404");
  CHECK(Routed(routes, "GET", "/Healthz") == "404");
  CHECK(Routed(routes, "POST", "/hooks/fixed") == "fixed");
  CHECK(Routed(routes, "POST", "/hooks/abc") == "org abc");
  CHECK(Routed(routes, "POST", "/hooks/a%2Fb%20c+") == "org a/b c+");
  CHECK(Routed(routes, "POST", "/hooks/") == "404");
  CHECK(Routed(routes, "POST", "/hooks/%zz") == "404");
  CHECK(Routed(routes, "POST", "/hooks/%00") == "404");
  CHECK(Routed(routes, "POST", "/hooks/a/b") == "404");
  CHECK(Routed(routes, "GET", "/hooks/abc") == "405 Allow: POST");
  CHECK(Routed(routes, "post", "/hooks/abc") == "405 Allow: POST");
  CHECK(Routed(routes, "DELETE", "/things/1/2") == "405 Allow: GET, HEAD, PUT");
  CHECK(Routed(routes, "OPTIONS", "*") == "404");
}

TEST_CASE("asking for a parameter that the pattern has not is a bug") {
  CHECK_THROWS_AS(static_cast<void>(PathParameters().Get("org")), std::out_of_range);
}

TEST_CASE("problem documents") {
  ProblemDetails problem;
  problem.status = 422;
  problem.name = "unusable";
  problem.title = "A \"title\"";
  problem.delivery_id = "0197";
  problem.errors.push_back({"body", "/start_time", "bad_timestamp", "is none"});
  const Answer answer = ProblemAnswer(problem);
  CHECK(answer.status == 422);
  CHECK(answer.content_type == "application/problem+json; charset=utf-8");
  CHECK(answer.body ==
        R"({"type":"urn:bookgate:problem:unusable","title":"A \"title\"","status":422,)"
        R"("errors":[{"pointer":"/start_time","code":"bad_timestamp","message":"is none"}],)"
        R"("delivery_id":"0197"})");
  CHECK(NotFound().body == NotFound().body);
  CHECK(Unauthorized().headers.at(0).value == "Bearer");
  CHECK(TooManyRequests("Slow down.", std::chrono::seconds(7)).headers.at(0).value == "7");
}

TEST_CASE("failures become statuses, and only the sender's text is told") {
  const auto status = [](base::Code code) {
    const Answer answer = FailureAnswer({code, "mysql at 10.0.0.1 said no", "For the sender."});
    CHECK(answer.body.find("mysql") == std::string::npos);
    return answer.status;
  };
  CHECK(status(base::Code::kInvalid) == 422);
  CHECK(status(base::Code::kNotFound) == 404);
  CHECK(status(base::Code::kConflict) == 409);
  CHECK(status(base::Code::kUnavailable) == 503);
  CHECK(status(base::Code::kInternal) == 500);
}

std::string Bytes(const Answer& answer, bool keep_alive = true, bool without_body = false) {
  return AnswerBytes(answer, {"id-1", keep_alive, without_body});
}

bool Has(const std::string& bytes, const std::string& part) {
  return bytes.find(part) != std::string::npos;
}

TEST_CASE("answers on the wire") {
  Answer answer;
  answer.status = 202;
  answer.body = "{}";
  answer.headers = {{"Retry-After", "5"}};
  const std::string bytes = Bytes(answer);
  CHECK(bytes.starts_with("HTTP/1.1 202 Accepted\r\n"));
  CHECK(bytes.ends_with("\r\n\r\n{}"));
  CHECK(Has(bytes, "\r\nContent-Length: 2\r\n"));
  CHECK(Has(bytes, "\r\nContent-Type: application/json; charset=utf-8\r\n"));
  CHECK(Has(bytes, "\r\nX-Request-Id: id-1\r\n"));
  CHECK(Has(bytes, "\r\nRetry-After: 5\r\n"));
  CHECK(Has(bytes, "\r\nDate: "));
  CHECK(Has(bytes, " GMT\r\n"));
  CHECK_FALSE(Has(bytes, "Connection"));
  CHECK(Has(Bytes(answer, false), "\r\nConnection: close\r\n"));

  const std::string head = Bytes(answer, true, true);
  CHECK(Has(head, "\r\nContent-Length: 2\r\n"));
  CHECK(head.ends_with("\r\n\r\n"));

  answer.status = 204;
  CHECK(Bytes(answer).ends_with("\r\n\r\n"));
  CHECK_FALSE(Has(Bytes(answer), "Content-"));
}

TEST_CASE("nothing in an answer can add a header or end the header section") {
  Answer answer;
  answer.content_type = "text/plain\r\nX-Evil: 1";
  answer.headers = {
      {"X-A", "a\r\nX-Evil: 1"},       {"X-B\r\nX-Evil", "1"}, {"X-C", "a\nX-Evil: 1"},
      {"X-D", std::string("a\0b", 3)}, {"X E", "1"},           {"", "X-Evil: 1"},
      {"Content-Length", "99"},        {"connection", "x"},    {"X-Ok", "fine"}};
  const std::string bytes = Bytes(answer);
  CHECK_FALSE(Has(bytes, "Evil"));
  CHECK_FALSE(Has(bytes, "99"));
  CHECK_FALSE(Has(bytes, "X-D"));
  CHECK(Has(bytes, "\r\nX-Ok: fine\r\n"));
}

config::AddressRange Range(const char* address, unsigned bits) {
  in6_addr bytes{};
  config::AddressRange range;
  const std::string mapped = std::string(address).find(':') == std::string::npos
                                 ? "::ffff:" + std::string(address)
                                 : std::string(address);
  REQUIRE(inet_pton(AF_INET6, mapped.c_str(), &bytes) == 1);
  std::copy(std::begin(bytes.s6_addr), std::end(bytes.s6_addr), range.address.begin());
  range.prefix_bits = bits;
  return range;
}

TEST_CASE("addresses in ranges") {
  const auto in = [](const char* address, const config::AddressRange& range) {
    return ClientAddress::Parse(address)->In(range);
  };
  CHECK(in("10.1.2.3", Range("10.0.0.0", 96 + 8)));
  CHECK_FALSE(in("11.1.2.3", Range("10.0.0.0", 96 + 8)));
  CHECK(in("192.0.2.7", Range("192.0.2.4", 96 + 30)));
  CHECK_FALSE(in("192.0.2.8", Range("192.0.2.4", 96 + 30)));
  CHECK(in("127.0.0.1", Range("127.0.0.1", 128)));
  CHECK_FALSE(in("127.0.0.2", Range("127.0.0.1", 128)));
  CHECK(in("2001:db8::9", Range("2001:db8::", 32)));
  CHECK_FALSE(in("2001:db9::9", Range("2001:db8::", 32)));
  CHECK(in("198.51.100.1", Range("::", 0)));
  CHECK(ClientAddress::Parse("::ffff:192.0.2.1")->ToString() == "192.0.2.1");
  CHECK(ClientAddress::Parse("[2001:DB8::1]:80")->ToString() == "2001:db8::1");
  CHECK(ClientAddress::Parse("192.0.2.1:80")->ToString() == "192.0.2.1");
  CHECK_FALSE(ClientAddress::Parse("unknown").has_value());
  CHECK_FALSE(ClientAddress::Parse("[2001:db8::1").has_value());
  CHECK_FALSE(ClientAddress::Parse("").has_value());
}

TEST_CASE("the client behind trusted proxies") {
  const std::vector<config::AddressRange> trusted = {Range("127.0.0.1", 128),
                                                     Range("10.0.0.0", 96 + 8)};
  const auto client = [&](const char* peer, const std::vector<std::string>& forwarded) {
    Request request;
    for (const auto& value : forwarded) request.headers.push_back({"x-forwarded-for", value});
    return ClientOf(request, *ClientAddress::Parse(peer), trusted).ToString();
  };
  CHECK(client("127.0.0.1", {}) == "127.0.0.1");
  CHECK(client("127.0.0.1", {"203.0.113.9"}) == "203.0.113.9");
  CHECK(client("127.0.0.1", {"198.51.100.1, 203.0.113.9"}) == "203.0.113.9");
  CHECK(client("127.0.0.1", {"203.0.113.9, 10.0.0.5"}) == "203.0.113.9");
  CHECK(client("127.0.0.1", {"203.0.113.9", "10.0.0.5 , 10.0.0.6"}) == "203.0.113.9");
  CHECK(client("127.0.0.1", {"10.0.0.4, 10.0.0.5"}) == "10.0.0.4");
  CHECK(client("127.0.0.1", {"198.51.100.1, garbage, 10.0.0.5"}) == "10.0.0.5");
  CHECK(client("127.0.0.1", {""}) == "127.0.0.1");
  // Who is not trusted may write there what he likes.
  CHECK(client("203.0.113.1", {"10.0.0.5"}) == "203.0.113.1");
}

TEST_CASE("request ids: the sender's if it is sane, else one of 16 hex digits") {
  RequestIds ids;
  CHECK(ids.Choose("abc-DEF_1.2") == "abc-DEF_1.2");
  const std::string made = ids.Choose(std::nullopt);
  CHECK(made.size() == 16);
  CHECK(made.find_first_not_of("0123456789abcdef") == std::string::npos);
  CHECK(ids.Choose(std::nullopt) != made);
  for (const std::string& bad : {std::string(), std::string("a b"), std::string("a\"b"),
                                 std::string("<a>"), std::string(65, 'a')}) {
    CHECK(ids.Choose(bad).size() == 16);
    CHECK(ids.Choose(bad) != bad);
  }
}

}  // namespace
}  // namespace bookgate::http
