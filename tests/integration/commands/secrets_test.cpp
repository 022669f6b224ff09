// The life of a secret, as an administrator sees it on the command line and as a calendar tool sees
// it at a gateway that is already running.
#include <doctest/doctest.h>

#include <algorithm>
#include <chrono>
#include <string>
#include <vector>

#include "support/at_once.hpp"
#include "support/test_gateway.hpp"

namespace bookgate::tests {
namespace {

/// "Within a second", with room for a machine that has much else to do.
constexpr std::chrono::seconds kSeen{5};

constexpr const char* kPing = R"({"type":"ping"})";

int StatusWith(const TestGateway& gateway, const std::string& org, const std::string& secret) {
  return gateway.Post({org, secret}, kPing).status;
}

bool Becomes(const TestGateway& gateway, const std::string& org, const std::string& secret,
             int status) {
  return Eventually([&] { return StatusWith(gateway, org, secret) == status; }, kSeen);
}

std::string TextOf(const json::Document& document, std::string_view member) {
  return document.root()[member].Text().value_or("(none)");
}

bool IsSecret(const std::string& text) {
  constexpr std::string_view kAlphabet =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  return text.size() == 47 && text.starts_with("bgs_") &&
         text.find_first_not_of(kAlphabet, 4) == std::string::npos;
}

TEST_CASE("generate: a secret, its URL and its hint, once") {
  const TestDatabase database;
  TestGateway gateway(database);
  const std::string org = TextOf(gateway.JsonOf({"org", "create", "--name", "Shop"}), "org");
  gateway.Start();

  const json::Document made = gateway.JsonOf({"secret", "generate", org});
  const std::string secret = TextOf(made, "secret");
  CHECK(IsSecret(secret));
  CHECK(TextOf(made, "org") == org);
  CHECK(TextOf(made, "url") == "https://hooks.example.com/api/webhooks/appointment/" + org);
  CHECK(secret.ends_with(TextOf(made, "hint")));
  CHECK(TextOf(made, "hint").size() <= 8);
  CHECK(Becomes(gateway, org, secret, 200));

  const ProgramResult again = gateway.Command({"secret", "generate", org, "--json"});
  CHECK(again.exit_status == 1);
  CHECK(again.out.empty());
  CHECK(again.err.find("rotate") != std::string::npos);
  CHECK(StatusWith(gateway, org, secret) == 200);
  // Only its hash is kept.
  CHECK(database.Text("SELECT LENGTH(SecretHash), SecretHint, State FROM webhook_endpoints") ==
        "32 | " + TextOf(made, "hint") + " | active");
}

TEST_CASE("of ten who generate at once, one gets the secret that works") {
  const TestDatabase database;
  TestGateway gateway(database);
  const std::string org = TextOf(gateway.JsonOf({"org", "create", "--name", "Shop"}), "org");
  gateway.Start();
  const std::vector<ProgramResult> results = AtOnce(10, [&](std::size_t) {
    return gateway.Command({"secret", "generate", org, "--json"});
  });
  std::vector<std::string> secrets;
  for (const ProgramResult& result : results) {
    if (result.exit_status == 0) secrets.push_back(TextOf(ParseJson(result.out), "secret"));
    CHECK(result.exit_status <= 1);
  }
  REQUIRE(secrets.size() == 1);
  CHECK(Becomes(gateway, org, secrets.front(), 200));
}

TEST_CASE("rotate without grace: the new one works, the old one does not") {
  const RunningGateway running;
  const std::string& org = running.org.id;
  const json::Document rotated = running.gateway.JsonOf({"secret", "rotate", org});
  CHECK(IsSecret(TextOf(rotated, "secret")));
  CHECK(TextOf(rotated, "secret") != running.org.secret);
  CHECK(TextOf(rotated, "url") == "https://hooks.example.com/api/webhooks/appointment/" + org);
  CHECK(Becomes(running.gateway, org, TextOf(rotated, "secret"), 200));
  CHECK(StatusWith(running.gateway, org, running.org.secret) == 401);
}

TEST_CASE("rotate with grace: both work, then only the new one") {
  const RunningGateway running;
  const std::string& org = running.org.id;
  const std::string& first = running.org.secret;
  const std::string second =
      TextOf(running.gateway.JsonOf({"secret", "rotate", org, "--grace", "24h"}), "secret");
  REQUIRE(Becomes(running.gateway, org, second, 200));
  CHECK(StatusWith(running.gateway, org, first) == 200);

  const json::Document shown = running.gateway.JsonOf({"secret", "show", org});
  CHECK(shown.root().At("/previous/expires_at").Text().has_value());
  CHECK(Eventually([&] {
    const json::Document used = running.gateway.JsonOf({"secret", "show", org});
    return used.root().At("/previous/last_used_at").Text().has_value() &&
           used.root()["last_used_at"].Text().has_value();
  }));

  const std::string third =
      TextOf(running.gateway.JsonOf({"secret", "rotate", org, "--grace", "1s"}), "secret");
  REQUIRE(Becomes(running.gateway, org, third, 200));
  CHECK(StatusWith(running.gateway, org, first) == 401);
  CHECK(Becomes(running.gateway, org, second, 401));
  CHECK(StatusWith(running.gateway, org, third) == 200);
}

TEST_CASE("disable: nothing works until another secret is generated") {
  const RunningGateway running;
  const std::string& org = running.org.id;
  running.gateway.JsonOf({"secret", "rotate", org, "--grace", "24h"});
  const json::Document disabled = running.gateway.JsonOf({"secret", "disable", org});
  CHECK(TextOf(disabled, "state") == "disabled");
  CHECK(Becomes(running.gateway, org, running.org.secret, 404));
  CHECK(running.gateway.Command({"secret", "disable", org}).exit_status == 1);
  CHECK(running.gateway.Command({"secret", "rotate", org}).exit_status == 1);
  CHECK(TextOf(running.gateway.JsonOf({"secret", "show", org}), "state") == "disabled");

  const std::string fresh = TextOf(running.gateway.JsonOf({"secret", "generate", org}), "secret");
  CHECK(Becomes(running.gateway, org, fresh, 200));
  CHECK(StatusWith(running.gateway, org, running.org.secret) == 401);
}

TEST_CASE("show: state, URL, hint and last use") {
  const RunningGateway running;
  const std::string bare =
      TextOf(running.gateway.JsonOf({"org", "create", "--name", "New"}), "org");
  const json::Document none = running.gateway.JsonOf({"secret", "show", bare});
  CHECK(TextOf(none, "state") == "none");
  CHECK(none.root()["hint"].is_null());
  CHECK(none.root()["last_used_at"].is_null());
  CHECK(none.root()["previous"].is_null());

  const json::Document before = running.gateway.JsonOf({"secret", "show", running.org.id});
  CHECK(TextOf(before, "state") == "active");
  CHECK(TextOf(before, "url") ==
        "https://hooks.example.com/api/webhooks/appointment/" + running.org.id);
  CHECK(running.org.secret.ends_with(TextOf(before, "hint")));
  CHECK(before.root()["generated_at"].Text().has_value());
  CHECK(before.root()["last_used_at"].is_null());
  // A wrong one is no use.
  CHECK(StatusWith(running.gateway, running.org.id, "bgs_wrong") == 401);
  CHECK(StatusWith(running.gateway, running.org.id, running.org.secret) == 200);
  CHECK(Eventually([&] {
    return running.gateway.JsonOf({"secret", "show", running.org.id})
        .root()["last_used_at"]
        .Text()
        .has_value();
  }));
}

TEST_CASE("--grace takes 0s to 7d, and what is no time is wrong usage") {
  const RunningGateway running;
  for (const std::string grace : {"0s", "90s", "15m", "24h", "7d", "168h"}) {
    CAPTURE(grace);
    CHECK(running.gateway.Command({"secret", "rotate", running.org.id, "--grace", grace})
              .exit_status == 0);
  }
  for (const std::string grace : {"8d", "169h", "-1s", "1", "h", "1.5h", "1 h", "forever", ""}) {
    CAPTURE(grace);
    const ProgramResult result =
        running.gateway.Command({"secret", "rotate", running.org.id, "--grace", grace});
    CHECK(result.exit_status == 2);
    CHECK(result.out.empty());
  }
}

TEST_CASE("a secret is shown once, by the command that makes it, and never again") {
  RunningGateway running;
  const std::string& org = running.org.id;
  const std::string second =
      TextOf(running.gateway.JsonOf({"secret", "rotate", org, "--grace", "24h"}), "secret");
  REQUIRE(Becomes(running.gateway, org, second, 200));
  const HttpReply reply =
      running.gateway.Post({org, second}, R"({"customer_email":"ann@example.com"})");
  const std::string delivery = TextOf(ParseJson(reply.body), "delivery_id");
  std::string shown = reply.body;
  for (std::vector<std::string> command :
       std::vector<std::vector<std::string>>{{"secret", "show", org},
                                             {"secret", "generate", org},
                                             {"secret", "disable", org},
                                             {"secret", "rotate", org},
                                             {"org", "list"},
                                             {"appointments", org},
                                             {"deliveries", "list", org},
                                             {"deliveries", "show", delivery},
                                             {"plugins"}}) {
    for (const bool json : {false, true}) {
      if (json) command.emplace_back("--json");
      const ProgramResult result = running.gateway.Command(command);
      shown += result.out + result.err;
    }
  }
  CHECK(running.gateway.Stop() == 0);
  shown += running.gateway.Log();
  CHECK(shown.find(org) != std::string::npos);
  CHECK(shown.find(running.org.secret) == std::string::npos);
  CHECK(shown.find(second) == std::string::npos);
}

TEST_CASE("the audit log says what was changed by commands, and in the change's transaction") {
  const TestDatabase database;
  const TestGateway gateway(database);
  const std::string org =
      gateway.JsonOf({"org", "create", "--name", "Salon"}).root()["org"].Text().value();
  gateway.Command({"secret", "generate", org});
  gateway.Command({"secret", "generate", org});  // Refused: nothing to write down.
  gateway.Command({"secret", "rotate", org, "--grace", "1h"});
  gateway.Command({"credential", "set", org, "calendly"}, "a-token");
  gateway.Command({"credential", "clear", org, "calendly"});
  gateway.Command({"signing-key", "set", org, "calendly"}, "a-signing-key-of-calendly");
  gateway.Command({"signing-key", "require", org, "calendly"});
  gateway.Command({"signing-key", "show", org, "calendly"});
  gateway.Command({"secret", "disable", org});
  CHECK(database.Text("SELECT GROUP_CONCAT(CONCAT(Action, ' ', COALESCE(Subject, '-'), ' ', "
                      "COALESCE(Details, '-')) ORDER BY EntryID SEPARATOR '; ') FROM audit_log "
                      "WHERE Actor = 'command line' AND Address IS NULL") ==
        "org_created - -; webhook_generated - -; webhook_rotated - {\"grace_seconds\":3600}; "
        "credential_set calendly -; credential_cleared calendly -; signing_key_set calendly -; "
        "signatures_required calendly -; webhook_disabled - -");
}

TEST_CASE("an org that is not there fails, whatever is asked of it") {
  const TestDatabase database;
  const TestGateway gateway(database);
  for (const std::vector<std::string>& command :
       std::vector<std::vector<std::string>>{{"secret", "generate", "abcdefgh01234567"},
                                             {"secret", "rotate", "abcdefgh01234567"},
                                             {"secret", "disable", "abcdefgh01234567"},
                                             {"secret", "show", "abcdefgh01234567"},
                                             {"appointments", "abcdefgh01234567"},
                                             {"deliveries", "list", "abcdefgh01234567"}}) {
    const ProgramResult result = gateway.Command(command);
    CHECK(result.exit_status == 1);
    CHECK(result.out.empty());
    CHECK(result.err.find("abcdefgh01234567") != std::string::npos);
  }
}

}  // namespace
}  // namespace bookgate::tests
