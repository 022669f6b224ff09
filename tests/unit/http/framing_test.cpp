// Feeds bytes to a RequestFramer and checks where requests end, what is turned away and with which
// status, and that neither depends on how the bytes are split.

#include "http/framing.hpp"

#include <doctest/doctest.h>

#include <random>
#include <string>
#include <string_view>
#include <vector>

namespace bookgate::http {
namespace {

using Event = RequestFramer::Event;

/// What became of some bytes: one line an event, so that two outcomes can be compared.
struct Outcome {
  std::vector<FramedRequest> requests;
  int status = 0;
  int continues = 0;

  std::string Summary() const {
    std::string text;
    for (const FramedRequest& framed : requests) {
      text += framed.request.method + " " + framed.request.path;
      for (const auto& field : framed.request.headers) text += "|" + field.name + "=" + field.value;
      text += "|" + framed.request.body + (framed.keep_alive ? "|keep\n" : "|close\n");
    }
    return text + std::to_string(status);
  }
};

void TakeAll(RequestFramer& framer, Outcome& outcome) {
  for (;;) {
    switch (framer.Next()) {
      case Event::kNeedMore:
        return;
      case Event::kContinue:
        ++outcome.continues;
        break;
      case Event::kRequest:
        outcome.requests.push_back(framer.Take());
        break;
      case Event::kRejected:
        outcome.status = framer.rejection().status;
        return;
    }
  }
}

Outcome Frame(const std::vector<std::string_view>& pieces, const FramingLimits& limits = {}) {
  RequestFramer framer(limits);
  Outcome outcome;
  for (const std::string_view piece : pieces) {
    framer.Append(piece, base::Instant{});
    TakeAll(framer, outcome);
  }
  return outcome;
}

Outcome Frame(std::string_view bytes, const FramingLimits& limits = {}) {
  return Frame(std::vector<std::string_view>{bytes}, limits);
}

std::string Post(std::string_view headers, std::string_view body) {
  return "POST /api/x HTTP/1.1\r\nHost: hooks.example.com\r\n" + std::string(headers) + "\r\n" +
         std::string(body);
}

std::string PostSized(std::string_view body) {
  return Post("Content-Length: " + std::to_string(body.size()) + "\r\n", body);
}

TEST_CASE("a whole request comes out as plain data") {
  const Outcome outcome = Frame(
      "POST /api/webhooks/a%2Fb?token=bgs_x&token=two&n=a+b%21 HTTP/1.1\r\nHost: x.example\r\n"
      "X-Thing:  some value \t\r\nx-thing: second\r\nContent-Length: 5\r\n\r\nhello");
  REQUIRE(outcome.requests.size() == 1);
  const Request& request = outcome.requests[0].request;
  CHECK(request.method == "POST");
  CHECK(request.path == "/api/webhooks/a%2Fb");
  CHECK(request.body == "hello");
  CHECK(request.Header("x-thing") == "some value");
  CHECK(request.Header("absent") == std::nullopt);
  REQUIRE(request.headers.size() == 4);
  CHECK(request.headers[2].value == "second");
  CHECK(request.Query("token") == "bgs_x");
  CHECK(request.Query("n") == "a b!");
  CHECK(request.query.size() == 3);
  CHECK(outcome.requests[0].keep_alive);
}

struct RejectedCase {
  std::string name;
  std::string bytes;
  int status;
};

std::vector<RejectedCase> RejectedCases() {
  using namespace std::string_literals;
  const std::string long_target(8 * 1024, 'a');
  std::string many_fields;
  for (int i = 0; i < 100; ++i) many_fields += "X-N: 1\r\n";
  return {
      {"length of letters", Post("Content-Length: abc\r\n", ""), 400},
      {"length with letters", Post("Content-Length: 5x\r\n", "hello"), 400},
      {"negative length", Post("Content-Length: -7\r\n", ""), 400},
      {"length with a sign", Post("Content-Length: +5\r\n", "hello"), 400},
      {"hexadecimal length", Post("Content-Length: 0x5\r\n", "hello"), 400},
      {"empty length", Post("Content-Length:\r\n", ""), 400},
      {"length of 23 digits", Post("Content-Length: 10000000000000000000000\r\n", ""), 400},
      {"length of 2^64", Post("Content-Length: 18446744073709551616\r\n", ""), 400},
      {"large length", Post("Content-Length: 18446744073709551615\r\n", ""), 413},
      {"length just too large", Post("Content-Length: 262145\r\n", ""), 413},
      {"two different lengths", Post("Content-Length: 5\r\nContent-Length: 6\r\n", "hello!"), 400},
      {"two equal lengths", Post("Content-Length: 5\r\nContent-Length: 5\r\n", "hello"), 400},
      {"a list of lengths", Post("Content-Length: 5, 5\r\n", "hello"), 400},
      {"length and coding",
       Post("Content-Length: 5\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n"), 400},
      {"coding and length",
       Post("Transfer-Encoding: chunked\r\nContent-Length: 5\r\n", "0\r\n\r\n"), 400},
      {"unknown coding", Post("Transfer-Encoding: gzip\r\n", ""), 501},
      {"unknown coding before chunked", Post("Transfer-Encoding: gzip, chunked\r\n", ""), 501},
      {"unknown coding after chunked", Post("Transfer-Encoding: chunked, gzip\r\n", ""), 501},
      {"identity", Post("Transfer-Encoding: identity\r\n", ""), 501},
      {"chunked with a parameter", Post("Transfer-Encoding: chunked;q=1\r\n", ""), 501},
      {"chunked twice", Post("Transfer-Encoding: chunked, chunked\r\n", "0\r\n\r\n"), 400},
      {"chunked in two fields",
       Post("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n"), 400},
      {"empty coding", Post("Transfer-Encoding:\r\n", ""), 400},
      {"coding hidden by a control character", Post("Transfer-Encoding: \vchunked\r\n", ""), 400},
      {"coding in HTTP/1.0", "POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400},
      {"no host", "GET / HTTP/1.1\r\n\r\n", 400},
      {"two hosts", "GET / HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n", 400},
      {"two hosts in HTTP/1.0", "GET / HTTP/1.0\r\nHost: a\r\nHost: b\r\n\r\n", 400},
      {"host with a path", "GET / HTTP/1.1\r\nHost: a/b\r\n\r\n", 400},
      {"host with a user", "GET / HTTP/1.1\r\nHost: u@a\r\n\r\n", 400},
      {"host with a space", "GET / HTTP/1.1\r\nHost: a b\r\n\r\n", 400},
      {"host with a port of letters", "GET / HTTP/1.1\r\nHost: a:b\r\n\r\n", 400},
      {"host with two ports", "GET / HTTP/1.1\r\nHost: a:1:2\r\n\r\n", 400},
      {"host with an open bracket", "GET / HTTP/1.1\r\nHost: [::1\r\n\r\n", 400},
      {"a list of hosts", "GET / HTTP/1.1\r\nHost: a, b\r\n\r\n", 400},
      {"NUL in a value", Post("X-A: a\0b\r\n"s, ""), 400},
      {"escape in a value", Post("X-A: a\x1b[1m\r\n", ""), 400},
      {"DEL in a value", Post("X-A: a\x7f\r\n", ""), 400},
      {"NUL in a name", Post("X\0A: a\r\n"s, ""), 400},
      {"no colon", Post("X-A\r\n", ""), 400},
      {"no name", Post(": a\r\n", ""), 400},
      {"space before the colon", Post("Content-Length : 5\r\n", "hello"), 400},
      {"space in a name", Post("X A: a\r\n", ""), 400},
      {"bracket in a name", Post("X(A): a\r\n", ""), 400},
      {"folded line", Post("X-A: a\r\n b\r\n", ""), 400},
      {"line folded with a tab", Post("X-A: a\r\n\tb\r\n", ""), 400},
      {"white space before the first field", "GET / HTTP/1.1\r\n Host: a\r\n\r\n", 400},
      {"bare line feeds", "GET / HTTP/1.1\nHost: a\n\n", 400},
      {"a bare line feed in the fields", Post("X-A: a\nX-B: b\r\n", ""), 400},
      {"a bare carriage return", Post("X-A: a\rb\r\n", ""), 400},
      {"garbage", "garbage\r\n", 400},
      {"garbage with controls", "\x16\x03\x01\x02", 400},
      {"no version", "GET /\r\nHost: a\r\n\r\n", 400},
      {"no target", "GET HTTP/1.1\r\nHost: a\r\n\r\n", 400},
      {"two spaces", "GET  / HTTP/1.1\r\nHost: a\r\n\r\n", 400},
      {"a space in the target", "GET /a b HTTP/1.1\r\nHost: a\r\n\r\n", 400},
      {"a tab for a space", "GET\t/ HTTP/1.1\r\nHost: a\r\n\r\n", 400},
      {"a space behind the version", "GET / HTTP/1.1 \r\nHost: a\r\n\r\n", 400},
      {"version in lower case", "GET / http/1.1\r\nHost: a\r\n\r\n", 400},
      {"version of letters", "GET / HTTP/x.y\r\nHost: a\r\n\r\n", 400},
      {"method that is no token", "GE(T / HTTP/1.1\r\nHost: a\r\n\r\n", 400},
      {"empty method", " / HTTP/1.1\r\nHost: a\r\n\r\n", 400},
      {"target without a slash", "GET a HTTP/1.1\r\nHost: a\r\n\r\n", 400},
      {"target with a fragment", "GET /a#b HTTP/1.1\r\nHost: a\r\n\r\n", 400},
      {"target of another scheme", "GET ftp://a/ HTTP/1.1\r\nHost: a\r\n\r\n", 400},
      {"target without an authority", "GET http:///a HTTP/1.1\r\nHost: a\r\n\r\n", 400},
      {"a tunnel", "CONNECT a:80 HTTP/1.1\r\nHost: a:80\r\n\r\n", 400},
      {"HTTP/2.0", "GET / HTTP/2.0\r\nHost: a\r\n\r\n", 505},
      {"HTTP/2's preface", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 505},
      {"HTTP/1.2", "GET / HTTP/1.2\r\nHost: a\r\n\r\n", 505},
      {"HTTP/0.9", "GET / HTTP/0.9\r\nHost: a\r\n\r\n", 505},
      {"unknown expectation", Post("Expect: something\r\nContent-Length: 1\r\n", "x"), 417},
      {"target too long", "GET /" + long_target + " HTTP/1.1\r\nHost: a\r\n\r\n", 414},
      {"target without an end", "GET /" + long_target + long_target, 414},
      {"fields too large", Post("X-A: " + std::string(17 * 1024, 'a') + "\r\n", ""), 431},
      {"too many fields", Post(many_fields, ""), 431},
      {"chunk size of letters", Post("Transfer-Encoding: chunked\r\n", "xyz\r\n"), 400},
      {"negative chunk size", Post("Transfer-Encoding: chunked\r\n", "-1\r\n"), 400},
      {"empty chunk size", Post("Transfer-Encoding: chunked\r\n", "\r\n"), 400},
      {"chunk size beyond 64 bits", Post("Transfer-Encoding: chunked\r\n", "11111111111111111\r\n"),
       400},
      {"chunk longer than its size", Post("Transfer-Encoding: chunked\r\n", "3\r\nabcd\r\n0\r\n"),
       400},
      {"bad chunk extension", Post("Transfer-Encoding: chunked\r\n", "3;=\r\nabc\r\n"), 400},
      {"chunk header ended by a line feed", Post("Transfer-Encoding: chunked\r\n", "3\rabc\r\n"),
       400},
      {"long chunk header",
       Post("Transfer-Encoding: chunked\r\n", "3;" + std::string(20 * 1024, 'e')), 400},
      {"one chunk too large", Post("Transfer-Encoding: chunked\r\n", "40001\r\n"), 413},
      {"length as a trailer",
       Post("Transfer-Encoding: chunked\r\n", "0\r\nContent-Length: 3\r\n\r\n"), 400},
  };
}

TEST_CASE("what is malformed is turned away with its status") {
  for (const RejectedCase& c : RejectedCases()) {
    CAPTURE(c.name);
    const Outcome outcome = Frame(c.bytes);
    CHECK(outcome.requests.empty());
    CHECK(outcome.status == c.status);
  }
}

struct AcceptedCase {
  std::string name;
  std::string bytes;
  std::string path;
  std::string body;
  bool keep_alive;
};

std::vector<AcceptedCase> AcceptedCases() {
  const auto get = [](const std::string& headers) {
    return "GET /a HTTP/1.1\r\nHost: a\r\n" + headers + "\r\n";
  };
  const auto chunked = [](const std::string& body) {
    return Post("Transfer-Encoding: chunked\r\n", body);
  };
  return {
      {"plain", get(""), "/a", "", true},
      {"empty lines before it", "\r\n\r\n" + get(""), "/a", "", true},
      {"close", get("Connection: close\r\n"), "/a", "", false},
      {"close in a list", get("Connection: foo, Close\r\n"), "/a", "", false},
      {"keep-alive", get("Connection: keep-alive\r\n"), "/a", "", true},
      {"HTTP/1.0", "GET /a HTTP/1.0\r\n\r\n", "/a", "", false},
      {"HTTP/1.0 keep-alive", "GET /a HTTP/1.0\r\nConnection: keep-alive\r\n\r\n", "/a", "", false},
      {"unknown method", "BREW /a HTTP/1.1\r\nHost: a\r\n\r\n", "/a", "", true},
      {"absolute target", "GET HTTP://h.example:80/a?b=c HTTP/1.1\r\nHost: a\r\n\r\n", "/a", "",
       true},
      {"absolute target without a path", "GET http://h.example HTTP/1.1\r\nHost: a\r\n\r\n", "/",
       "", true},
      {"asterisk", "OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n", "*", "", true},
      {"empty host", "GET /a HTTP/1.1\r\nHost:\r\n\r\n", "/a", "", true},
      {"host with an absurd port", "GET /a HTTP/1.1\r\nHost: x:99999\r\n\r\n", "/a", "", true},
      {"host with an empty port", "GET /a HTTP/1.1\r\nHost: x:\r\n\r\n", "/a", "", true},
      {"IPv6 host", "GET /a HTTP/1.1\r\nHost: [2001:db8::1]:80\r\n\r\n", "/a", "", true},
      {"odd headers",
       get("Accept:\r\nAccept-Encoding: gzip;q=banana\r\nCookie: a=b; c\r\nDate: garbage\r\n"
           "Content-Type: nonsense\r\nAuthorization: \x20\r\nIf-Modified-Since: x\r\n"),
       "/a", "", true},
      {"bytes beyond ASCII in a value", get("X-A: caf\xc3\xa9\r\n"), "/a", "", true},
      {"tab in a value", get("X-A: a\tb\r\n"), "/a", "", true},
      {"length of zero", Post("Content-Length: 0\r\n", ""), "/api/x", "", true},
      {"length with zeros", Post("Content-Length: 005\r\n", "hello"), "/api/x", "hello", true},
      {"body with anything", PostSized(std::string_view("\0\r\n\r\nGET", 8)), "/api/x",
       std::string("\0\r\n\r\nGET", 8), true},
      {"body as large as may be", PostSized(std::string(262'144, 'b')), "/api/x",
       std::string(262'144, 'b'), true},
      {"chunks", chunked("3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n"), "/api/x", "abcde", true},
      {"hexadecimal chunk", chunked("0A\r\n0123456789\r\n0\r\n\r\n"), "/api/x", "0123456789", true},
      {"chunk extensions", chunked("3;a=b;c=\"d;e\"\r\nabc\r\n0;x\r\n\r\n"), "/api/x", "abc", true},
      {"trailers", chunked("3\r\nabc\r\n0\r\nX-Sum: 1\r\nHost: evil\r\n\r\n"), "/api/x", "abc",
       true},
      {"no chunks", chunked("0\r\n\r\n"), "/api/x", "", true},
      {"Chunked in capitals", Post("Transfer-Encoding: Chunked\r\n", "1\r\na\r\n0\r\n\r\n"),
       "/api/x", "a", true},
      {"expectation in HTTP/1.0",
       "POST /a HTTP/1.0\r\nExpect: 100-continue\r\nContent-Length: 1\r\n\r\nx", "/a", "x", false},
  };
}

TEST_CASE("what is odd but right is taken") {
  for (const AcceptedCase& c : AcceptedCases()) {
    CAPTURE(c.name);
    const Outcome outcome = Frame(c.bytes);
    CHECK(outcome.status == 0);
    REQUIRE(outcome.requests.size() == 1);
    CHECK(outcome.requests[0].request.path == c.path);
    CHECK(outcome.requests[0].request.body == c.body);
    CHECK(outcome.requests[0].keep_alive == c.keep_alive);
  }
}

TEST_CASE("trailers never become headers") {
  const Outcome outcome = Frame(
      Post("Transfer-Encoding: chunked\r\n", "0\r\nAuthorization: Bearer x\r\nHost: evil\r\n\r\n"));
  REQUIRE(outcome.requests.size() == 1);
  CHECK(outcome.requests[0].request.Header("authorization") == std::nullopt);
  CHECK(outcome.requests[0].request.Header("host") == "hooks.example.com");
}

void CheckEverySplit(const std::string& bytes) {
  const std::string expected = Frame(bytes).Summary();
  const std::string_view all = bytes;
  for (std::size_t at = 1; at < all.size(); ++at) {
    CAPTURE(at);
    CHECK(Frame({all.substr(0, at), all.substr(at)}).Summary() == expected);
  }
  std::vector<std::string_view> single;
  for (std::size_t at = 0; at < all.size(); ++at) single.push_back(all.substr(at, 1));
  CHECK(Frame(single).Summary() == expected);
}

TEST_CASE("the result does not depend on how the bytes are split") {
  constexpr std::size_t kShortEnough = 2'000;
  for (const AcceptedCase& c : AcceptedCases()) {
    if (c.bytes.size() > kShortEnough) continue;
    CAPTURE(c.name);
    CheckEverySplit(c.bytes);
  }
  for (const RejectedCase& c : RejectedCases()) {
    if (c.bytes.size() > kShortEnough) continue;
    CAPTURE(c.name);
    CheckEverySplit(c.bytes);
  }
}

TEST_CASE("pipelined requests come out one by one, whatever their framing") {
  const std::string bytes = PostSized("first") +
                            Post("Transfer-Encoding: chunked\r\n", "6\r\nsecond\r\n0\r\n\r\n") +
                            "\r\nGET /third HTTP/1.1\r\nHost: a\r\n\r\n" + PostSized("fourth");
  const Outcome outcome = Frame(bytes);
  REQUIRE(outcome.requests.size() == 4);
  CHECK(outcome.requests[0].request.body == "first");
  CHECK(outcome.requests[1].request.body == "second");
  CHECK(outcome.requests[2].request.path == "/third");
  CHECK(outcome.requests[3].request.body == "fourth");
  CheckEverySplit(bytes);
}

TEST_CASE("a request is kept back until the one before it was taken") {
  RequestFramer framer({});
  framer.Append(PostSized("a") + PostSized("b"), base::Instant{});
  CHECK(framer.Next() == Event::kRequest);
  CHECK(framer.Next() == Event::kRequest);
  CHECK(framer.Take().request.body == "a");
  CHECK_FALSE(framer.idle());
  CHECK(framer.Next() == Event::kRequest);
  CHECK(framer.Take().request.body == "b");
  CHECK(framer.idle());
}

TEST_CASE("after a rejection nothing is taken any more") {
  RequestFramer framer({});
  framer.Append("garbage\r\n", base::Instant{});
  CHECK(framer.Next() == Event::kRejected);
  framer.Append(PostSized("a"), base::Instant{});
  CHECK(framer.Next() == Event::kRejected);
}

TEST_CASE("a client that waits for 100 Continue is told once, and only if it has to wait") {
  const std::string head = Post("Expect: 100-Continue\r\nContent-Length: 5\r\n", "");
  CHECK(Frame({head, "he", "llo"}).continues == 1);
  CHECK(Frame({head, "he", "llo"}).requests.size() == 1);
  CHECK(Frame(head + "hello").continues == 0);
  CHECK(Frame(Post("Expect: 100-continue\r\nContent-Length: 0\r\n", "")).continues == 0);
  // Too large: it is told that instead.
  const Outcome too_large = Frame(Post("Expect: 100-continue\r\nContent-Length: 999999\r\n", ""));
  CHECK(too_large.continues == 0);
  CHECK(too_large.status == 413);
}

TEST_CASE("limits hold to the byte") {
  FramingLimits limits;
  limits.max_body_bytes = 10;
  CHECK(Frame(PostSized("0123456789"), limits).requests.size() == 1);
  CHECK(Frame(PostSized("0123456789x"), limits).status == 413);
  const auto chunked = [](std::string_view body) {
    return Post("Transfer-Encoding: chunked\r\n", body);
  };
  CHECK(Frame(chunked("5\r\n01234\r\n5\r\n56789\r\n0\r\n\r\n"), limits).requests.size() == 1);
  CHECK(Frame(chunked("5\r\n01234\r\n6\r\n"), limits).status == 413);

  const auto with_target = [](std::size_t size) {
    return "GET /" + std::string(size - 1, 'a') + " HTTP/1.1\r\nHost: a\r\n\r\n";
  };
  CHECK(Frame(with_target(8 * 1024)).requests.size() == 1);
  CHECK(Frame(with_target(8 * 1024 + 1)).status == 414);

  std::string fields = "Host: a\r\n";
  for (int i = 1; i < 100; ++i) fields += "X-N: 1\r\n";
  CHECK(Frame("GET / HTTP/1.1\r\n" + fields + "\r\n").requests.size() == 1);
  CHECK(Frame("GET / HTTP/1.1\r\n" + fields + "X-N: 1\r\n\r\n").status == 431);

  const auto with_field_bytes = [](std::size_t size) {
    const std::string fixed = "Host: a\r\nX-A: \r\n\r\n";
    return "GET / HTTP/1.1\r\nHost: a\r\nX-A: " + std::string(size - fixed.size(), 'a') +
           "\r\n\r\n";
  };
  CHECK(Frame(with_field_bytes(16 * 1024)).requests.size() == 1);
  CHECK(Frame(with_field_bytes(16 * 1024 + 1)).status == 431);
}

TEST_CASE("endless chunk extensions and trailers end") {
  FramingLimits limits;
  std::string extensions;
  for (int i = 0; i < 100; ++i) extensions += "1;" + std::string(100, 'e') + "\r\na\r\n";
  CHECK(Frame(Post("Transfer-Encoding: chunked\r\n", extensions)).status == 400);
  std::string trailers = "0\r\n";
  for (int i = 0; i < 101; ++i) trailers += "X-T: 1\r\n";
  CHECK(Frame(Post("Transfer-Encoding: chunked\r\n", trailers + "\r\n")).status == 431);
}

TEST_CASE("the time of a request is that of its first byte") {
  const auto at = [](int seconds) { return base::Instant(std::chrono::seconds(seconds)); };
  RequestFramer framer({});
  const std::string bytes = PostSized("hello");
  framer.Append(bytes.substr(0, 10), at(1));
  CHECK(framer.Next() == Event::kNeedMore);
  framer.Append(bytes.substr(10) + bytes.substr(0, 5), at(2));
  REQUIRE(framer.Next() == Event::kRequest);
  CHECK(framer.Take().request.received_at == at(1));
  framer.Append(bytes.substr(5), at(3));
  REQUIRE(framer.Next() == Event::kRequest);
  CHECK(framer.Take().request.received_at == at(2));
}

TEST_CASE("random damage to requests never crashes, and what is taken is framed") {
  const std::string seed_bytes =
      PostSized("hello") +
      Post("Transfer-Encoding: chunked\r\n", "3;a=b\r\nabc\r\n0\r\nT: 1\r\n\r\n") +
      "GET /x?y=z HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\n\r\n";
  std::mt19937 random(20240);  // NOLINT(cert-msc51-cpp): the same damage on every run.
  const auto below = [&random](std::size_t n) {
    return std::uniform_int_distribution<std::size_t>(0, n - 1)(random);
  };
  for (int round = 0; round < 20'000; ++round) {
    std::string bytes = seed_bytes;
    for (std::size_t damage = 1 + below(4); damage > 0; --damage) {
      const std::size_t at = below(bytes.size());
      switch (below(4)) {
        case 0:
          bytes[at] = static_cast<char>(below(256));
          break;
        case 1:
          bytes.erase(at, 1 + below(8));
          break;
        case 2:
          bytes.insert(at, 1, "\r\n:;, \t0\0a"[below(10)]);
          break;
        default:
          bytes.insert(at, bytes.substr(below(bytes.size()), below(40)));
          break;
      }
    }
    const std::size_t split = below(bytes.size());
    const std::string_view all = bytes;
    const Outcome whole = Frame(bytes);
    const Outcome parts = Frame({all.substr(0, split), all.substr(split)});
    REQUIRE(whole.Summary() == parts.Summary());
    for (const FramedRequest& framed : whole.requests) {
      REQUIRE(framed.request.body.size() <= bytes.size());
      // Only HTTP/1.0, which is never kept alive, may do without.
      REQUIRE((framed.request.Header("host").has_value() || !framed.keep_alive));
    }
  }
}

}  // namespace
}  // namespace bookgate::http
