// Who is let in: every combination of what a request shows and what the org has set. Then what the
// way itself has to do with signatures: which URL was signed, and when bodies are looked at.
#include <doctest/doctest.h>

#include <algorithm>

#include "intake/provider_signature.hpp"
#include "support/schemes.hpp"
#include "support/signer.hpp"
#include "unit/intake/way.hpp"

using namespace bookgate;
using namespace bookgate::tests;
using std::chrono::hours;

namespace {

constexpr const char* kKey = "signing key";
constexpr const char* kTime = "1800000000";
constexpr const char* kOldTime = "1799990000";
constexpr const char* kBody = R"({"event":"invitee.created","payload":{}})";

enum class Token { kRight, kWrong, kAbsent };
enum class Signature { kRight, kWrong, kAbsent, kExpired };

const char* Name(Token token) {
  return token == Token::kRight ? "right" : token == Token::kWrong ? "wrong" : "absent";
}

const char* Name(Signature signature) {
  switch (signature) {
    case Signature::kRight:
      return "right";
    case Signature::kWrong:
      return "wrong";
    case Signature::kExpired:
      return "expired";
    case Signature::kAbsent:
      break;
  }
  return "absent";
}

model::Field CalendlyHeader(const std::string& key, const std::string& time) {
  return {"calendly-webhook-signature",
          "t=" + time + ",v1=" + Hex(HmacSha256(key, time + "." + kBody))};
}

std::shared_ptr<const auth::SigningKeys> Keys(std::string_view key, bool required = false) {
  auto keys = std::make_shared<auth::SigningKeys>();
  keys->current = auth::ProtectedText(key);
  keys->required = required;
  return keys;
}

struct SignedWay : Way {
  SignedWay() { failure_limit.SetRate(1e6, 1e6); }

  /// Replaces what is known of the org.
  void SetKeys(const std::string& provider, std::shared_ptr<const auth::SigningKeys> keys,
               model::EndpointState state = model::EndpointState::kActive) {
    auth::OrgEntry entry(Org());
    entry.endpoint = state;
    entry.version = ++version;
    entry.signing_keys.emplace(provider, std::move(keys));
    directory.Update({entry});
  }

  static std::vector<translate::Plugin> Plugins() {
    std::vector<translate::Plugin> plugins;
    plugins.push_back(MakePlugin("generic", translate::OnReject::kRefuse, kBooking));
    plugins.back().manifest.signature = StandardWebhooks();
    plugins.push_back(MakePlugin("calendly", translate::OnReject::kHold, kBooking));
    plugins.back().manifest.signature = Calendly();
    plugins.back().manifest.headers = {"calendly-webhook-signature"};
    translate::RecognitionTest is_event;
    is_event.subject = translate::RecognitionTest::Subject::kPointer;
    is_event.where = "/event";
    plugins.back().manifest.recognise = {{is_event}};
    plugins.push_back(MakePlugin("square", translate::OnReject::kHold, kBooking));
    plugins.back().manifest.signature = Square();
    return plugins;
  }

  http::Request Request(Token token, Signature signature) const {
    http::Request request;
    request.method = "POST";
    request.body = kBody;
    request.remote_address = "192.0.2.1";
    request.received_at = kNow;
    request.headers = {{"content-type", "application/json"}};
    if (token == Token::kRight) request.headers.push_back({"authorization", "Bearer " + secret});
    if (token == Token::kWrong) request.query.push_back({"token", "bgs_wrong"});
    if (signature == Signature::kRight) request.headers.push_back(CalendlyHeader(kKey, kTime));
    if (signature == Signature::kWrong) request.headers.push_back(CalendlyHeader("other", kTime));
    if (signature == Signature::kExpired) request.headers.push_back(CalendlyHeader(kKey, kOldTime));
    return request;
  }

  std::uint64_t version = 1;
};

/// Section "Authentication" of the contract, in its words.
bool IsLetIn(Token token, Signature signature, bool key_set, bool required) {
  const bool counts = key_set && signature != Signature::kAbsent;
  if (token == Token::kWrong) return false;
  if (counts && signature != Signature::kRight) return false;
  if (required && !counts) return false;
  return token == Token::kRight || counts;
}

}  // namespace

TEST_CASE_FIXTURE(SignedWay,
                  "every combination of proofs, for the path's provider and a recognised one") {
  std::size_t let_in = 0;
  std::string refusal;
  for (const bool key_set : {false, true}) {
    for (const bool required : {false, true}) {
      // Required without a key: what is stored cannot be opened, say. Nobody gets in then.
      auth::OrgEntry entry(Org());
      entry.version = ++version;
      if (key_set) entry.signing_keys.emplace("calendly", Keys(kKey, required));
      if (!key_set && required) {
        entry.signing_keys.emplace("calendly", Keys("", required));
      }
      directory.Update({entry});
      for (const Token token : {Token::kRight, Token::kWrong, Token::kAbsent}) {
        for (const Signature signature :
             {Signature::kRight, Signature::kWrong, Signature::kAbsent, Signature::kExpired}) {
          for (const auto& provider : {std::optional<std::string>(), {std::string("calendly")}}) {
            CAPTURE(key_set);
            CAPTURE(required);
            CAPTURE(Name(token));
            CAPTURE(Name(signature));
            const http::Answer answer = Send(Plugins(), provider, Request(token, signature));
            if (IsLetIn(token, signature, key_set, required)) {
              CHECK(answer.status == 200);
              ++let_in;
              continue;
            }
            CHECK(answer.status == 401);
            if (refusal.empty()) refusal = answer.body;
            CHECK(answer.body == refusal);
          }
        }
      }
    }
  }
  // 4 without a key, 3 with one, 1 if it is required as well and the secret is shown, 1 if not.
  CHECK(let_in == 2 * (4 + 3 + 2));
  CHECK(sink.jobs.size() == let_in);
  // Nothing of a plugin has run for those who were not let in.
  CHECK(observer.translator_failures.size() == let_in);
  CHECK(std::all_of(sink.jobs.begin(), sink.jobs.end(),
                    [](const auto& job) { return job.delivery.provider == "calendly"; }));
}

TEST_CASE_FIXTURE(SignedWay, "each refusal is counted under its own reason") {
  SetKeys("calendly", Keys(kKey, true));
  Send(Plugins(), std::nullopt, Request(Token::kRight, Signature::kAbsent));
  Send(Plugins(), std::nullopt, Request(Token::kRight, Signature::kWrong));
  Send(Plugins(), std::nullopt, Request(Token::kAbsent, Signature::kExpired));
  Send(Plugins(), std::nullopt, Request(Token::kAbsent, Signature::kAbsent));
  Send(Plugins(), std::nullopt, Request(Token::kWrong, Signature::kRight));
  CHECK(observer.failures == std::vector<std::string>{"missing_signature", "signature_mismatch",
                                                      "signature_expired", "no_credential",
                                                      "wrong_credential"});
}

TEST_CASE_FIXTURE(SignedWay, "a signature that nobody can check is not counted as one") {
  SUBCASE("the key is another provider's") {
    SetKeys("square", Keys(kKey));
    CHECK(Send(Plugins(), std::nullopt, Request(Token::kAbsent, Signature::kRight)).status == 401);
    CHECK(Send(Plugins(), std::nullopt, Request(Token::kRight, Signature::kWrong)).status == 200);
  }
  SUBCASE("the path names another provider") {
    SetKeys("calendly", Keys(kKey, true));
    CHECK(Send(Plugins(), "generic", Request(Token::kAbsent, Signature::kRight)).status == 401);
    CHECK(Send(Plugins(), "generic", Request(Token::kRight, Signature::kAbsent)).status == 200);
    CHECK(Send(Plugins(), "nobody", Request(Token::kAbsent, Signature::kRight)).status == 401);
    CHECK(Send(Plugins(), "nobody", Request(Token::kRight, Signature::kRight)).status == 404);
  }
  SUBCASE("two plugins claim the request") {
    SetKeys("calendly", Keys(kKey));
    const auto plugins = [] {
      std::vector<translate::Plugin> list = Plugins();
      list.back().manifest.recognise = list[1].manifest.recognise;
      return list;
    };
    CHECK(Send(plugins(), std::nullopt, Request(Token::kAbsent, Signature::kRight)).status == 401);
    CHECK(Send(plugins(), std::nullopt, Request(Token::kRight, Signature::kRight)).status == 422);
    CHECK(Send(plugins(), "calendly", Request(Token::kAbsent, Signature::kRight)).status == 200);
  }
}

TEST_CASE_FIXTURE(SignedWay, "a key that cannot be opened lets no signature pass") {
  SetKeys("calendly", Keys(""));
  CHECK(Send(Plugins(), std::nullopt, Request(Token::kRight, Signature::kRight)).status == 401);
  CHECK(observer.failures.back() == "signing_key_unusable");
  CHECK(Send(Plugins(), std::nullopt, Request(Token::kRight, Signature::kAbsent)).status == 200);
}

TEST_CASE_FIXTURE(SignedWay,
                  "whose tools all sign needs no secret, but a disabled endpoint takes nothing") {
  const http::Request right = Request(Token::kAbsent, Signature::kRight);
  SetKeys("calendly", Keys(kKey), model::EndpointState::kNone);
  CHECK(Send(Plugins(), std::nullopt, right).status == 200);
  CHECK(Send(Plugins(), std::nullopt, Request(Token::kAbsent, Signature::kWrong)).status == 401);
  // The secret that the org had once is no secret any more.
  CHECK(Send(Plugins(), std::nullopt, Request(Token::kRight, Signature::kRight)).status == 401);
  SetKeys("calendly", Keys(kKey), model::EndpointState::kDisabled);
  CHECK(Send(Plugins(), std::nullopt, right).status == 404);
}

TEST_CASE_FIXTURE(SignedWay, "a secret is used by who shows it") {
  SetKeys("calendly", Keys(kKey));
  Send(Plugins(), std::nullopt, Request(Token::kAbsent, Signature::kRight));
  CHECK(directory.TakeUses().empty());
  Send(Plugins(), std::nullopt, Request(Token::kRight, Signature::kRight));
  CHECK(directory.TakeUses().size() == 1);
}

TEST_CASE_FIXTURE(SignedWay, "a key that was rotated out signs until it expires") {
  auto keys = std::make_shared<auth::SigningKeys>();
  keys->current = auth::ProtectedText("new key");
  keys->previous = auth::ProtectedText(kKey);
  keys->previous_expires_at = kNow + hours(1);
  SetKeys("calendly", keys);
  CHECK(Send(Plugins(), std::nullopt, Request(Token::kAbsent, Signature::kRight)).status == 200);
  keys->previous_expires_at = kNow;
  CHECK(Send(Plugins(), std::nullopt, Request(Token::kAbsent, Signature::kRight)).status == 401);
}

TEST_CASE_FIXTURE(SignedWay, "no signature is kept, even if a plugin asks for it") {
  SetKeys("calendly", Keys(kKey));
  Send(Plugins(), std::nullopt, Request(Token::kAbsent, Signature::kRight));
  CHECK(sink.jobs.at(0).delivery.headers.empty());
}

TEST_CASE_FIXTURE(SignedWay, "Standard Webhooks is what generic senders sign by") {
  SetKeys("generic", Keys("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"));
  http::Request request = Request(Token::kAbsent, Signature::kAbsent);
  request.body = R"({"test": 2432232314})";
  const std::string mac = Base64(HmacSha256(FromBase64("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"),
                                            "msg_1." + std::string(kTime) + "." + request.body));
  for (const std::string& brand : {std::string("webhook"), std::string("svix")}) {
    http::Request sent = request;
    sent.headers.push_back({brand + "-id", "msg_1"});
    sent.headers.push_back({brand + "-timestamp", kTime});
    sent.headers.push_back({brand + "-signature", "v1," + mac});
    CHECK(Send(Plugins(), std::nullopt, sent).status == 200);
    const std::vector<model::Field>& kept = sink.jobs.back().delivery.headers;
    REQUIRE(kept.size() == 1);
    CHECK(kept[0].name == brand + "-id");
    sent.body += ' ';
    CHECK(Send(Plugins(), std::nullopt, sent).status == 401);
  }
}

TEST_CASE_FIXTURE(SignedWay, "Square signs the URL that it was given, whichever of ours that is") {
  SetKeys("square", Keys(kKey));
  const std::string path = std::string("/api/webhooks/appointment/") + kOrg;
  // Sends to `target` what was signed for `url`.
  const auto send = [&](const std::string& target, const std::string& url, Token token) {
    http::Request request = Request(token, Signature::kAbsent);
    request.target = target;
    request.headers.push_back({"host", "inside.example.net:8080"});
    request.headers.push_back({"x-forwarded-host", "hooks.example.com"});
    request.headers.push_back(
        {"x-square-hmacsha256-signature", Base64(HmacSha256(kKey, url + request.body))});
    return Send(Plugins(), "square", std::move(request)).status;
  };
  const std::string base = "https://hooks.example.com";
  for (const std::string& target : {path, path + "/square", path + "?token=" + secret,
                                    path + "/square?token=a%20b&x", path + "?"}) {
    CHECK_MESSAGE(send(target, base + target, Token::kAbsent) == 200, target);
  }
  // A proxy that leads another path or query to us.
  CHECK(send(path + "/square?by=proxy", base + path, Token::kAbsent) == 200);
  CHECK(send(path + "?by=proxy", base + path + "/square", Token::kAbsent) == 200);
  for (const std::string& url :
       {"http://hooks.example.com" + path, "https://inside.example.net:8080" + path,
        "https://hooks.example.com:443" + path, base + path + "/", base + path + "?token=other",
        base + "/api/webhooks/appointment/zzzzzzzz12345678", base, path, std::string()}) {
    CHECK_MESSAGE(send(path, url, Token::kAbsent) == 401, url);
    CHECK_MESSAGE(send(path, url, Token::kRight) == 401, url);
  }
}

TEST_CASE_FIXTURE(SignedWay, "bodies of strangers are not looked at") {
  const translate::Registry plugins(Plugins());
  const auto depends = [&](Token token, Signature signature,
                           const std::optional<std::string>& provider = std::nullopt) {
    const http::Request request = Request(token, signature);
    const auth::Verdict verdict = auth::CheckSecret(directory, hasher, kOrg, request, kNow);
    return intake::DependsOnProvider(verdict, plugins, {kOrg, provider}, request);
  };
  CHECK(depends(Token::kRight, Signature::kAbsent));
  CHECK_FALSE(depends(Token::kWrong, Signature::kRight));
  CHECK_FALSE(depends(Token::kAbsent, Signature::kRight));

  SetKeys("calendly", Keys(kKey));
  CHECK(depends(Token::kRight, Signature::kAbsent));
  CHECK_FALSE(depends(Token::kAbsent, Signature::kAbsent));
  CHECK(depends(Token::kAbsent, Signature::kWrong));
  CHECK(depends(Token::kAbsent, Signature::kWrong, "calendly"));
  CHECK_FALSE(depends(Token::kAbsent, Signature::kWrong, "square"));
  // A wrong secret takes the way of a right one, so that its time tells nothing.
  CHECK(depends(Token::kWrong, Signature::kAbsent));

  SetKeys("nobody", Keys(kKey));
  CHECK_FALSE(depends(Token::kAbsent, Signature::kRight));
  SetKeys("calendly", Keys(kKey), model::EndpointState::kDisabled);
  CHECK_FALSE(depends(Token::kRight, Signature::kRight));
}
