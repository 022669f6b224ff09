// Signatures of providers: the vectors that they (or the projects that work with them) publish,
// then what each layout allows and what it must not.
#include <doctest/doctest.h>

#include <fstream>
#include <iterator>

#include "auth/signature.hpp"
#include "support/schemes.hpp"
#include "support/signer.hpp"
#include "translate/signature_reader.hpp"

namespace {

using namespace bookgate;
using namespace bookgate::tests;
using auth::SignatureState;
using std::chrono::milliseconds;
using std::chrono::seconds;

using Texts = std::vector<std::string>;

constexpr std::int64_t kUnixNow = 1'750'000'000;
const base::Instant kNow{seconds(kUnixNow)};

/// One signed request, to be changed by the test that signs it.
struct Signed {
  model::SignatureScheme scheme;
  std::vector<model::Field> headers;
  std::string body;
  std::vector<std::string> keys;
  std::vector<std::string> urls;
  base::Instant now = kNow;

  auth::SignatureCheck Check() const {
    const std::vector<std::string_view> views(keys.begin(), keys.end());
    return auth::CheckSignature(scheme, views, {headers, body, urls, now});
  }
  SignatureState State() const { return Check().state; }
  std::string Reason() const { return std::string(Check().reason); }
};

constexpr const char* kCalendlyBody =
    R"({"event":"invitee.created","payload":{"uri":"https://api.calendly.com/scheduled_events/AAA/invitees/BBB"}})";
constexpr const char* kCalendlyMac =
    "9b25159bd9082c4e762eea5d1919b03eb642ce60c56d74b19bd636770dbf8722";

Signed CalendlyRequest() {
  return {Calendly(),
          {{"calendly-webhook-signature", std::string("t=1750000000,v1=") + kCalendlyMac}},
          kCalendlyBody,
          {"test_signing_key_123"},
          {}};
}

Signed CalcomRequest() {
  return {
      Calcom(),
      {{"x-cal-signature-256", "9a3a4cae54e1b13889501ec148710f2e0fa69c19cc95c21b078af5f6fb16626a"}},
      R"({"triggerEvent":"PING"})",
      {"cal-secret"},
      {}};
}

Signed SquareRequest(const std::string& key, const std::string& url, const std::string& body,
                     const std::string& signature) {
  return {Square(), {{"x-square-hmacsha256-signature", signature}}, body, {key}, {url}};
}

Signed SquareRequest() {
  return SquareRequest("signature-key", "https://webhook.site/webhooks",
                       R"({"data":{"type":"webhooks","id":"fake_id"}})",
                       "W3FlCNk5IA3ZQ2LHTWoajvzfaDu/OwY2tNHIHC3IUOA=");
}

Signed AcuityRequest() {
  return {Acuity(),
          {{"x-acuity-signature", "jYGPBr8M4K23ahaq4vAxJl8ctw/hdxZecE3ydsbFLoc="}},
          "action=scheduled&id=1&calendarID=1&appointmentTypeID=1",
          {"abc123"},
          {}};
}

Signed StandardRequest() {
  return {StandardWebhooks(),
          {{"webhook-id", "msg_p5jXN8AQM9LWM0D4loKWxJek"},
           {"webhook-timestamp", "1614265330"},
           {"webhook-signature", "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="}},
          R"({"test": 2432232314})",
          {"whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"},
          {},
          base::Instant(seconds(1'614'265'330))};
}

std::string CalendlySignature(std::string_view key, const std::string& time,
                              const std::string& body) {
  return "t=" + time + ",v1=" + Hex(HmacSha256(key, time + "." + body));
}

}  // namespace

TEST_CASE("the plugins' manifests say the schemes that are tested here") {
  const auto scheme_of = [](const std::string& provider) {
    std::ifstream file(BOOKGATE_SOURCE_DIR "/plugins/" + provider + "/manifest.json");
    const std::string text{std::istreambuf_iterator<char>(file), {}};
    const std::optional<json::Document> manifest = json::Document::Parse(text);
    REQUIRE_MESSAGE(manifest, provider);
    return translate::ReadSignature(manifest->root()["signature"]);
  };
  CHECK(scheme_of("calendly") == Calendly());
  CHECK(scheme_of("calcom") == Calcom());
  CHECK(scheme_of("square") == Square());
  CHECK(scheme_of("generic").kind == model::SignatureKind::kOperator);
  CHECK(std::get<model::SignatureScheme>(translate::ReadOperatorScheme("")) == StandardWebhooks());
}

TEST_CASE("the published vectors") {
  CHECK(CalendlyRequest().State() == SignatureState::kValid);
  CHECK(CalcomRequest().State() == SignatureState::kValid);
  CHECK(AcuityRequest().State() == SignatureState::kValid);
  CHECK(StandardRequest().State() == SignatureState::kValid);
  const Signed savvycal = {
      SavvyCal(),
      {{"x-savvycal-signature",
        "sha256=800BA0835B063BE42F2A644A2D069AB10FFD8DBAB546ADB8AC834E597BF9A331"}},
      R"({"type":"event.created"})",
      {"savvy-secret"},
      {}};
  CHECK(savvycal.State() == SignatureState::kValid);
}

TEST_CASE("Square's vectors, from the tests of its Node SDK") {
  CHECK(SquareRequest().State() == SignatureState::kValid);
  CHECK(SquareRequest("signature-key", "https://webhook.site/webhooks",
                      R"({"data":{"type":"webhooks","id":">id<"}})",
                      "Cxt7+aTi4rKgcA0bC4g9EHdVtLSDWdqccmL5MvihU4U=")
            .State() == SignatureState::kValid);
  CHECK(SquareRequest("Ibxx_5AKakO-3qeNVR61Dw",
                      "https://webhook.site/679a4f3a-dcfa-49ee-bac5-9d0edad886b9",
                      R"({"merchant_id":"MLEFBHHSJGVHD","type":"webhooks.test_notification",)"
                      R"("event_id":"ac3ac95b-f97d-458c-a6e6-18981597e05f",)"
                      R"("created_at":"2022-07-13T20:30:59.037339943Z",)"
                      R"("data":{"type":"webhooks","id":"bc368e64-01aa-407e-b46e-3231809b1129"}})",
                      "GF4YkrJgGBDZ9NIYbNXBnMzqb2HoL4RW/S6vkZ9/2N4=")
            .State() == SignatureState::kValid);
}

TEST_CASE("a scheme without signatures has none, and neither has a request without the header") {
  Signed request = CalcomRequest();
  request.scheme.kind = model::SignatureKind::kNone;
  CHECK(request.State() == SignatureState::kAbsent);
  request = CalcomRequest();
  request.headers = {{"x-cal-signature", request.headers[0].value}};
  CHECK(request.State() == SignatureState::kAbsent);
  CHECK(request.Reason().empty());
}

TEST_CASE("another key, body or URL") {
  for (const auto& make : {CalendlyRequest, CalcomRequest, AcuityRequest, StandardRequest}) {
    Signed request = make();
    request.body += ' ';
    CHECK(request.State() == SignatureState::kInvalid);
    CHECK(request.Reason() == "signature_mismatch");
    request = make();
    request.keys = {"MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSW"};
    CHECK(request.State() == SignatureState::kInvalid);
  }
  Signed request = SquareRequest();
  request.urls = {"https://webhook.site/webhooks/"};
  CHECK(request.State() == SignatureState::kInvalid);
  request.urls = {};
  CHECK(request.State() == SignatureState::kInvalid);
  request.urls = {"https://webhook.site/", "https://webhook.site/webhooks"};
  CHECK(request.State() == SignatureState::kValid);
}

TEST_CASE("an empty key signs nothing, although everybody could sign with it") {
  for (const std::string& key : {std::string(), std::string("whsec_")}) {
    Signed request = StandardRequest();
    request.headers[2].value =
        "v1," + Base64(HmacSha256("", request.headers[0].value + ".1614265330." + request.body));
    request.keys = {key};
    CHECK(request.State() == SignatureState::kInvalid);
    CHECK(request.Reason() == "signing_key_unusable");
  }
  Signed request = CalcomRequest();
  request.headers[0].value = Hex(HmacSha256("", request.body));
  request.keys = {""};
  CHECK(request.Reason() == "signing_key_unusable");
  request.keys = {};
  CHECK(request.Reason() == "signing_key_unusable");
  // Beside a right one it does no harm.
  request = CalcomRequest();
  request.keys = {"", "cal-secret"};
  CHECK(request.State() == SignatureState::kValid);
}

TEST_CASE("while a key is rotated, either signs") {
  Signed request = CalendlyRequest();
  request.keys = {"new key", "test_signing_key_123"};
  CHECK(request.State() == SignatureState::kValid);
  request.headers[0].value = CalendlySignature("new key", "1750000000", request.body);
  CHECK(request.State() == SignatureState::kValid);
  request.headers[0].value = CalendlySignature("older key", "1750000000", request.body);
  CHECK(request.State() == SignatureState::kInvalid);
}

TEST_CASE("keys of any length") {
  for (const std::size_t size : {1U, 31U, 32U, 33U, 63U, 64U, 65U, 1000U}) {
    Signed request = CalcomRequest();
    request.keys = {std::string(size, 'k')};
    request.headers[0].value = Hex(HmacSha256(request.keys[0], request.body));
    CHECK(request.State() == SignatureState::kValid);
  }
}

TEST_CASE("plain: hex in either case, with the prefix or without") {
  Signed request = CalcomRequest();
  const std::string hex = request.headers[0].value;
  std::string upper = hex;
  for (char& c : upper) c = static_cast<char>(std::toupper(c));
  for (const std::string& value :
       Texts{hex, upper, "sha256=" + hex, "sha256=" + upper, " " + hex}) {
    request.headers[0].value = value;
    CHECK_MESSAGE(request.State() == SignatureState::kValid, value);
  }
  for (const std::string& value :
       Texts{"sha512=" + hex, "sha256=sha256=" + hex, hex.substr(1), hex + "0", hex + "00",
             hex.substr(0, 62), std::string(), std::string("sha256="), hex + "," + hex,
             std::string(64, 'g')}) {
    request.headers[0].value = value;
    CHECK_MESSAGE(request.State() == SignatureState::kInvalid, value);
  }
}

TEST_CASE("plain: base64 is read in one way only") {
  Signed request = AcuityRequest();
  const std::string right = request.headers[0].value;
  for (const std::string& value :
       Texts{right.substr(0, 43), right + "=", right + right,
             // Another last character that stands for the same bytes where nobody looks closely.
             "jYGPBr8M4K23ahaq4vAxJl8ctw/hdxZecE3ydsbFLod=",
             // The alphabet for URLs.
             "jYGPBr8M4K23ahaq4vAxJl8ctw_hdxZecE3ydsbFLoc=", "===="}) {
    request.headers[0].value = value;
    CHECK_MESSAGE(request.State() == SignatureState::kInvalid, value);
  }
}

TEST_CASE("Cal.com's word for an unsigned webhook is no signature, and no secret either") {
  Signed request = CalcomRequest();
  const model::Field right = request.headers[0];
  request.headers[0].value = "no-secret-provided";
  CHECK(request.State() == SignatureState::kAbsent);
  request.keys = {"no-secret-provided"};
  CHECK(request.State() == SignatureState::kAbsent);
  request.keys = {"cal-secret"};
  request.headers.push_back(right);
  CHECK(request.State() == SignatureState::kValid);
  request.headers[0].value = "no-secret-provided!";
  CHECK(request.State() == SignatureState::kInvalid);
}

TEST_CASE("a header that comes twice must be right each time") {
  Signed request = CalcomRequest();
  request.headers.push_back(request.headers[0]);
  CHECK(request.State() == SignatureState::kValid);
  request.headers[1].value[0] = 'b';
  CHECK(request.State() == SignatureState::kInvalid);
  std::swap(request.headers[0], request.headers[1]);
  CHECK(request.State() == SignatureState::kInvalid);
}

TEST_CASE("key-value: any order, parts that nobody knows, several signatures") {
  Signed request = CalendlyRequest();
  const std::string mac = kCalendlyMac;
  const std::string wrong(64, '0');
  for (const std::string& value : Texts{
           "v1=" + mac + ",t=1750000000", "t=1750000000, v1=" + mac, "t=1750000000,v0=zz,v1=" + mac,
           "x,t=1750000000,=,v1=" + mac + ",", "t=1750000000,v1=" + wrong + ",v1=" + mac,
           "t=1750000000,v1=,v1=" + mac, "t=1750000000,v2=a=b,v1=" + mac}) {
    request.headers[0].value = value;
    CHECK_MESSAGE(request.State() == SignatureState::kValid, value);
  }
  for (const std::string& value :
       Texts{"v1=" + mac, "t=1750000000", "t=1750000000,v2=" + mac, "t=1750000000,V1=" + mac,
             "t=1750000001,v1=" + mac, "t=,v1=" + mac, "t=1750000000,t=1750000000,v1=" + mac,
             "t=1750000000;v1=" + mac, mac, std::string(), "t=1750000000,v1=" + mac + "x"}) {
    request.headers[0].value = value;
    CHECK_MESSAGE(request.State() == SignatureState::kInvalid, value);
  }
}

TEST_CASE("the time of signing may be off by the tolerance in either direction") {
  Signed request = CalendlyRequest();
  for (const std::int64_t off : {0, 299, 300, -299, -300}) {
    const std::string time = std::to_string(kUnixNow + off);
    request.headers[0].value = CalendlySignature(request.keys[0], time, request.body);
    CHECK_MESSAGE(request.State() == SignatureState::kValid, off);
  }
  for (const std::int64_t off : {301, -301, 100'000, -1'000'000'000}) {
    const std::string time = std::to_string(kUnixNow + off);
    request.headers[0].value = CalendlySignature(request.keys[0], time, request.body);
    CHECK_MESSAGE(request.State() == SignatureState::kExpired, off);
    CHECK(request.Reason() == "signature_expired");
  }
  // Fractions of our own clock do not count.
  request.now = kNow + milliseconds(999);
  request.headers[0].value =
      CalendlySignature(request.keys[0], std::to_string(kUnixNow - 300), request.body);
  CHECK(request.State() == SignatureState::kValid);
  request.scheme.timestamp->tolerance_s = 299;
  CHECK(request.State() == SignatureState::kExpired);
}

TEST_CASE("what is no time is never current, even if it is signed") {
  Signed request = CalendlyRequest();
  for (const char* time : {"-1750000000", "+1750000000", "1750000000.0", "1750000000x",
                           " 1750000000", "99999999999999999999", "1e9", "0x684EE180", "now"}) {
    request.headers[0].value = CalendlySignature(request.keys[0], time, request.body);
    CHECK_MESSAGE(request.State() != SignatureState::kValid, time);
  }
}

TEST_CASE("a wrong signature is never called expired") {
  Signed request = CalendlyRequest();
  request.now = kNow + std::chrono::hours(1);
  CHECK(request.State() == SignatureState::kExpired);
  request.keys = {"another"};
  CHECK(request.Reason() == "signature_mismatch");
}

TEST_CASE("milliseconds") {
  Signed request = CalendlyRequest();
  request.scheme.timestamp->milliseconds = true;
  request.headers[0].value = CalendlySignature(request.keys[0], "1750000300000", request.body);
  CHECK(request.State() == SignatureState::kValid);
  request.headers[0].value = CalendlySignature(request.keys[0], "1750000300001", request.body);
  CHECK(request.State() == SignatureState::kExpired);
}

TEST_CASE("versioned list: several entries, of versions that may be unknown") {
  Signed request = StandardRequest();
  const std::string right = request.headers[2].value;
  const std::string wrong = "v1," + Base64(std::string(32, 'w'));
  for (const std::string& value : Texts{right, wrong + " " + right, right + " " + wrong,
                                        "v1a,AAAA v2," + right.substr(3) + " x " + right + " "}) {
    request.headers[2].value = value;
    CHECK_MESSAGE(request.State() == SignatureState::kValid, value);
  }
  for (const std::string& value :
       Texts{wrong, "v2," + right.substr(3), right.substr(3), std::string(),
             "V1," + right.substr(3), "v1 " + right.substr(3), "v1,", "v1"}) {
    request.headers[2].value = value;
    CHECK_MESSAGE(request.State() == SignatureState::kInvalid, value);
  }
}

TEST_CASE("Standard Webhooks: the secret with its prefix or without, and nothing else") {
  Signed request = StandardRequest();
  request.keys = {"MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"};
  CHECK(request.State() == SignatureState::kValid);
  for (const char* key :
       {"whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaS", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLa\xF3w",
        "not base64", "whsec_whsec_", "WHSEC_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"}) {
    request.keys = {key};
    CHECK_MESSAGE(request.Reason() == "signing_key_unusable", key);
  }
}

TEST_CASE("Standard Webhooks: id and time must be there, once, and are signed") {
  for (const std::size_t at : {0U, 1U}) {
    Signed request = StandardRequest();
    const model::Field header = request.headers[at];
    request.headers.push_back(header);
    CHECK(request.State() == SignatureState::kInvalid);
    request.headers.pop_back();
    request.headers[at].value += "1";
    CHECK(request.State() == SignatureState::kInvalid);
    request.headers[at].value.clear();
    CHECK(request.State() == SignatureState::kInvalid);
    request.headers.erase(request.headers.begin() + static_cast<std::ptrdiff_t>(at));
    CHECK(request.State() == SignatureState::kInvalid);
  }
}

TEST_CASE("senders on Svix call the headers otherwise") {
  Signed request = StandardRequest();
  const std::vector<model::Field> standard = request.headers;
  for (model::Field& header : request.headers) header.name = model::SvixName(header.name);
  CHECK(request.headers[0].name == "svix-id");
  CHECK(request.State() == SignatureState::kValid);

  SUBCASE("both kinds may come, and then both must be right") {
    request.headers.insert(request.headers.end(), standard.begin(), standard.end());
    CHECK(request.State() == SignatureState::kValid);
    request.headers[2].value = "v1," + Base64(std::string(32, 'w'));
    CHECK(request.State() == SignatureState::kInvalid);
  }
  SUBCASE("but they are not mixed") {
    request.headers[0].name = "webhook-id";
    CHECK(request.Reason() == "signature_without_id");
  }
  SUBCASE("only those of Standard Webhooks have such a twin") {
    CHECK(model::IsSignatureHeader(request.scheme, "svix-signature"));
    CHECK_FALSE(model::IsSignatureHeader(request.scheme, "svix-id"));
    CHECK_FALSE(model::IsSignatureHeader(Calcom(), "svix-signature"));
    CHECK_FALSE(model::IsSignatureHeader(model::SignatureScheme{}, ""));
  }
}

TEST_CASE("a token is compared as a whole") {
  model::SignatureScheme scheme;
  scheme.kind = model::SignatureKind::kToken;
  scheme.header = "x-token";
  scheme.prefix = "Token ";
  Signed request = {scheme, {{"x-token", "Token s3cret"}}, "body", {"old", "s3cret"}, {}};
  CHECK(request.State() == SignatureState::kValid);
  request.headers[0].value = "s3cret";
  CHECK(request.State() == SignatureState::kValid);
  request.headers[0].value = "old";
  CHECK(request.State() == SignatureState::kValid);
  for (const char* value : {"", "Token ", "s3cre", "s3crets", "S3cret", "token s3cret"}) {
    request.headers[0].value = value;
    CHECK_MESSAGE(request.Reason() == "signature_mismatch", value);
  }
  request.keys = {""};
  request.headers[0].value = "";
  CHECK(request.Reason() == "signing_key_unusable");
}

namespace {

/// What becomes of a request with one bit changed: true if the change means the same. Hex digits in
/// the other case do; so do white space and NULs around a value, which are none of it.
bool MeansTheSame(const std::string& before, const std::string& after, bool hex) {
  if (!hex) return false;
  for (std::size_t i = 0; i < before.size(); ++i) {
    if (before[i] == after[i]) continue;
    const bool digit = std::isxdigit(static_cast<unsigned char>(before[i])) != 0;
    if (!digit || std::tolower(before[i]) != std::tolower(after[i])) return false;
  }
  return true;
}

struct MutationCount {
  std::size_t refused = 0;
  std::size_t same = 0;
};

/// Flips each bit of `text`, which is part of `request`.
void FlipEachBit(const Signed& request, std::string& text, bool hex, MutationCount& count) {
  for (std::size_t i = 0; i < text.size() * 8; ++i) {
    const std::string before = text;
    text[i / 8] = static_cast<char>(text[i / 8] ^ (1 << (i % 8)));
    const bool valid = request.State() == SignatureState::kValid;
    if (MeansTheSame(before, text, hex)) {
      CHECK_MESSAGE(valid, text);
      ++count.same;
    } else {
      if (valid) FAIL_CHECK("bit " << i << " of " << before);
      ++count.refused;
    }
    text = before;
  }
}

}  // namespace

TEST_CASE("no bit of a signed request can be changed") {
  MutationCount count;
  std::vector<Signed> requests = {CalendlyRequest(), CalcomRequest(), SquareRequest(),
                                  AcuityRequest(), StandardRequest()};
  for (Signed& request : requests) {
    REQUIRE(request.State() == SignatureState::kValid);
    FlipEachBit(request, request.body, false, count);
    for (std::string& url : request.urls) FlipEachBit(request, url, false, count);
    for (std::string& key : request.keys) FlipEachBit(request, key, false, count);
    for (model::Field& header : request.headers) {
      // "v1" and "t" of Calendly are no hex, but neither has a digit of it in the other case.
      FlipEachBit(request, header.value, request.scheme.encoding == model::SignatureEncoding::kHex,
                  count);
    }
  }
  // Longer bodies, of every byte.
  std::string bytes;
  for (int i = 0; i < 1024; ++i) bytes += static_cast<char>(i);
  Signed request = CalendlyRequest();
  request.body = bytes;
  request.headers[0].value = CalendlySignature(request.keys[0], "1750000000", bytes);
  REQUIRE(request.State() == SignatureState::kValid);
  FlipEachBit(request, request.body, false, count);
  MESSAGE(count.refused << " changes refused, " << count.same << " mean the same");
  CHECK(count.refused >= 10'000);
  CHECK(count.same > 0);
}

TEST_CASE("what a signing key must be is said before it is set") {
  CHECK_FALSE(auth::SigningKeyProblem(Calendly(), "anything"));
  CHECK_FALSE(
      auth::SigningKeyProblem(StandardWebhooks(), "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"));
  CHECK(auth::SigningKeyProblem(Calendly(), "") == "is empty");
  CHECK(auth::SigningKeyProblem(StandardWebhooks(), "whsec_!") ==
        "must be base64, with its padding, with or without whsec_ before it");
  CHECK(auth::SigningKeyProblem(StandardWebhooks(), "whsec_").has_value());
  CHECK(auth::SigningKeyProblem({}, "key").has_value());
}
