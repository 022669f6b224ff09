// Who may post: secrets that are right, wrong, missing, double or expired, and orgs and providers
// that are not there. Strangers must not be able to tell one of those cases from another.
#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "support/test_gateway.hpp"

namespace bookgate::tests {
namespace {

constexpr const char* kBody = R"({"customer_email":"ann@example.com","external_id":"1"})";

/// A request that shows these proofs and no other.
struct Proofs {
  std::vector<std::string> headers;
  std::string query;
};

HttpReply PostWith(const TestGateway& gateway, const TestOrg& org, const Proofs& proofs,
                   const std::string& provider = {}) {
  WebhookOptions options;
  options.bearer = false;
  options.headers.insert(options.headers.end(), proofs.headers.begin(), proofs.headers.end());
  options.query = proofs.query;
  options.provider = provider;
  return gateway.Post(org, kBody, options);
}

std::string Bearer(const std::string& secret) {
  return "Authorization: Bearer " + secret;
}

void CheckUnauthorized(const HttpReply& reply) {
  CHECK(reply.status == 401);
  CHECK(reply.headers.at("www-authenticate").starts_with("Bearer"));
  CHECK(reply.headers.at("content-type") == "application/problem+json; charset=utf-8");
  const json::Document problem = ParseJson(reply.body);
  CHECK(problem.root()["type"].Text() == "urn:bookgate:problem:unauthorized");
  CHECK(problem.root()["status"].Integer() == 401);
}

TEST_CASE("the secret is taken as a bearer token and as ?token=") {
  const RunningGateway running;
  const std::string secret = running.org.secret;
  for (const Proofs& proofs : std::vector<Proofs>{
           {{Bearer(secret)}, ""},
           {{"authorization: bearer " + secret}, ""},
           {{}, "?token=" + secret},
           {{}, "?utm_source=x&token=" + secret},
           {{Bearer(secret)}, "?token=" + secret},
           // Cal.com says so where a webhook has no secret.
           {{Bearer(secret), "X-Cal-Signature-256: no-secret-provided"}, ""},
       }) {
    CHECK(PostWith(running.gateway, running.org, proofs).status == 200);
  }
}

TEST_CASE("whatever is wrong with the proof, the answer is the same 401, and nothing is stored") {
  const RunningGateway running;
  const TestOrg other = running.gateway.MakeOrg("Other shop");
  const std::string secret = running.org.secret;
  const std::string wrong = "bgs_" + std::string(43, 'A');
  const HttpReply none = PostWith(running.gateway, running.org, {});
  CheckUnauthorized(none);
  for (const Proofs& proofs : std::vector<Proofs>{
           {{Bearer(wrong)}, ""},
           {{Bearer("")}, ""},
           {{Bearer(secret.substr(0, secret.size() - 1))}, ""},
           {{Bearer(secret + "A")}, ""},
           {{Bearer(other.secret)}, ""},
           {{"Authorization: Basic " + secret}, ""},
           {{"Authorization: " + secret}, ""},
           {{}, "?token=" + wrong},
           {{}, "?token="},
           {{}, "?Token=" + secret},
           // One that is wrong outweighs one that is right.
           {{Bearer(secret), Bearer(wrong)}, ""},
           {{Bearer(secret)}, "?token=" + wrong},
           {{Bearer(wrong)}, "?token=" + secret},
           {{}, "?token=" + secret + "&token=" + wrong},
       }) {
    CAPTURE(proofs.query);
    const HttpReply reply = PostWith(running.gateway, running.org, proofs);
    CheckUnauthorized(reply);
    CHECK(reply.body == none.body);
  }
  CHECK(running.database.Number("SELECT COUNT(*) FROM deliveries") == 0);
}

TEST_CASE("a secret whose grace is over is as wrong as any other") {
  const RunningGateway running;
  running.gateway.JsonOf({"secret", "rotate", running.org.id, "--grace", "1s"});
  const Proofs old{{Bearer(running.org.secret)}, ""};
  HttpReply reply;
  REQUIRE(Eventually([&] {
    reply = PostWith(running.gateway, running.org, old);
    return reply.status != 200;
  }));
  CheckUnauthorized(reply);
  CHECK(reply.body == PostWith(running.gateway, running.org, {}).body);
}

TEST_CASE("unknown orgs, disabled endpoints and unknown providers get the same 404") {
  const TestDatabase database;
  TestGateway gateway(database, {{"plugins.square.enabled", "false"}});
  const TestOrg org = gateway.MakeOrg();
  const TestOrg disabled = gateway.MakeOrg("Disabled");
  gateway.JsonOf({"secret", "disable", disabled.id});
  const TestOrg without_secret{
      gateway.JsonOf({"org", "create", "--name", "New"}).root()["org"].Text().value(), org.secret};
  gateway.Start();

  const TestOrg unknown{"abcdefgh01234567", org.secret};
  const HttpReply first = gateway.Post(unknown, kBody);
  CHECK(first.status == 404);
  CHECK(first.headers.at("content-type") == "application/problem+json; charset=utf-8");
  CHECK(ParseJson(first.body).root()["type"].Text() == "urn:bookgate:problem:not_found");
  std::vector<HttpReply> others = {
      PostWith(gateway, unknown, {}),
      gateway.Post({"nonsense", org.secret}, kBody),
      gateway.Post({"%00", org.secret}, kBody),
      gateway.Post(disabled, kBody),
      PostWith(gateway, disabled, {}),
      gateway.Post(without_secret, kBody),
      PostWith(gateway, org, {{Bearer(org.secret)}, ""}, "unheard-of"),
      PostWith(gateway, org, {{Bearer(org.secret)}, ""}, "square"),
      PostWith(gateway, org, {{Bearer(org.secret)}, ""}, "Calendly"),
      PostWith(gateway, org, {{Bearer(org.secret)}, ""}, "calendly/more"),
      gateway.Get("/api/webhooks"),
  };
  for (std::size_t i = 0; i < others.size(); ++i) {
    CAPTURE(i);
    CHECK(others[i].status == 404);
    CHECK(others[i].body == first.body);
    CHECK(others[i].headers.count("www-authenticate") == 0);
  }
  CHECK(database.Number("SELECT COUNT(*) FROM deliveries") == 0);
  CHECK(gateway.Post(org, kBody).status == 200);
}

TEST_CASE("other methods than POST get 405, whoever asks for whatever org") {
  const RunningGateway running;
  const std::string base = "http://127.0.0.1:" + std::to_string(running.gateway.port());
  const std::string org = base + TestGateway::WebhookPath(running.org);
  for (const std::string& url :
       {org, org + "/calendly", base + "/api/webhooks/appointment/abcdefgh01234567"}) {
    for (const std::string method : {"GET", "HEAD", "PUT", "PATCH", "DELETE", "OPTIONS"}) {
      CAPTURE(method);
      const HttpReply reply = Send({method, url, {Bearer(running.org.secret)}, {}});
      CHECK(reply.status == 405);
      CHECK(reply.headers.at("allow") == "POST");
      CHECK(reply.body.empty() == (method == "HEAD"));
    }
  }
}

}  // namespace
}  // namespace bookgate::tests
