// What comes of a request, what the translator gets to see of it, and whether asking again helps.
#include "lookup/judge.hpp"

#include <doctest/doctest.h>

#include <bookgate/translator_abi.h>

#include "support/fake_fetcher.hpp"

namespace bookgate::lookup {
namespace {

using Kind = Obstacle::Kind;

TEST_CASE("an answer is the translator's to understand") {
  const Judgement judgement = Judge("Acme", "x", tests::ApiAnswer(200, R"({"a": 1})"));
  CHECK_FALSE(judgement.obstacle);
  CHECK(judgement.outcome == "answered");
  CHECK(judgement.reply.id == "x");
  CHECK(judgement.reply.outcome == BKG_LOOKUP_ANSWERED);
  CHECK(judgement.reply.http_status == 200);
  CHECK(judgement.reply.content_type == "application/json");
  CHECK(judgement.reply.body == R"({"a": 1})");
}

TEST_CASE("answers that say no are answers, too") {
  for (const auto& [status, outcome] : {std::pair(404u, "not_found"), std::pair(400u, "rejected"),
                                        std::pair(409u, "rejected"), std::pair(302u, "rejected")}) {
    const Judgement judgement = Judge("Acme", "x", tests::ApiAnswer(status, "<html>"));
    CHECK_FALSE(judgement.obstacle);
    CHECK(judgement.outcome == outcome);
    CHECK(judgement.reply.outcome == BKG_LOOKUP_ANSWERED);
    CHECK(judgement.reply.http_status == status);
  }
}

TEST_CASE("a refused credential says what its owner has to do") {
  const Judgement wrong = Judge("Square", "customer", tests::ApiAnswer(401));
  REQUIRE(wrong.obstacle);
  CHECK(wrong.obstacle->kind == Kind::kCredential);
  CHECK(wrong.obstacle->lookup_id == "customer");
  CHECK(wrong.obstacle->text == "Square refused the token: 401; set a new one");
  CHECK(wrong.reply.http_status == 401);
  CHECK(Judge("Square", "x", tests::ApiAnswer(403)).obstacle->text ==
        "Square refused the token: 403; set one with the rights that this look-up needs");
}

TEST_CASE("an API that is away, or asked too often, may answer later") {
  for (const unsigned status : {500u, 502u, 503u, 504u, 408u}) {
    const Judgement judgement = Judge("Square", "x", tests::ApiAnswer(status, "<html>"));
    REQUIRE(judgement.obstacle);
    CHECK(judgement.obstacle->kind == Kind::kProvider);
    CHECK(judgement.obstacle->text ==
          "Square's API answered with status " + std::to_string(status));
    CHECK(judgement.outcome == "server_error");
  }
  FetchReply limited = tests::ApiAnswer(429);
  limited.retry_after = std::chrono::seconds(7);
  const Judgement judgement = Judge("Square", "x", std::move(limited));
  REQUIRE(judgement.obstacle);
  CHECK(judgement.obstacle->kind == Kind::kLimit);
  CHECK(judgement.obstacle->retry_after == std::chrono::seconds(7));
  CHECK(judgement.obstacle->text == "Square's API says that it is asked too often (429)");
}

TEST_CASE("a page of some proxy is no answer of the API") {
  const Judgement judgement = Judge("Square", "x", tests::ApiAnswer(200, "<html>maintenance"));
  REQUIRE(judgement.obstacle);
  CHECK(judgement.obstacle->kind == Kind::kProvider);
  CHECK(judgement.obstacle->text == "Square's API answered with something that is not JSON");
  CHECK(judgement.reply.outcome == BKG_LOOKUP_FAILED);
  CHECK(judgement.reply.body.empty());
  CHECK(judgement.outcome == "unreadable");
}

TEST_CASE("every end without an answer, in words for the owner") {
  const std::pair<FetchEnd, const char*> ends[] = {
      {FetchEnd::kUnreachable, "Square's API could not be reached"},
      {FetchEnd::kForbiddenAddress,
       "Square's API is not asked: its name leads into a private network"},
      {FetchEnd::kUntrusted,
       "Square's API could not be reached securely: its certificate is not valid"},
      {FetchEnd::kBroken, "Square's API broke the connection off"},
      {FetchEnd::kLate, "Square's API did not answer in time"},
      {FetchEnd::kCrowded,
       "Square's API was not asked, because too many requests wait for it already"},
      {FetchEnd::kStopped, "Square's API was not asked, because the gateway stopped"},
      {FetchEnd::kTooLarge, "Square's API answered with more than this gateway takes"},
  };
  for (const auto& [end, text] : ends) {
    const Judgement judgement = Judge("Square", "x", FailedReply(end));
    REQUIRE(judgement.obstacle);
    CHECK(judgement.obstacle->text == text);
    CHECK(judgement.obstacle->may_pass() == (end != FetchEnd::kTooLarge));
    CHECK(judgement.reply.outcome == BKG_LOOKUP_FAILED);
    CHECK(judgement.reply.id == "x");
    CHECK(judgement.outcome == judgement.obstacle->token);
  }
}

TEST_CASE("a look-up that is not sent") {
  const Judgement judgement = Deny("x", Kind::kCredential, "No token is set; set one");
  CHECK(judgement.reply.outcome == BKG_LOOKUP_DENIED);
  CHECK(judgement.reply.id == "x");
  CHECK(judgement.obstacle->kind == Kind::kCredential);
  CHECK_FALSE(judgement.obstacle->may_pass());
  CHECK(judgement.obstacle->text == "No token is set; set one");
}

}  // namespace
}  // namespace bookgate::lookup
