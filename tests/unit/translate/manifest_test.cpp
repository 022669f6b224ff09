// Manifests as translators write them, and each way to get one wrong.
#include "translate/manifest.hpp"

#include <doctest/doctest.h>
#include <bookgate/json.hpp>

#include <rapidjson/document.h>
#include <rapidjson/pointer.h>
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <string>
#include <variant>

namespace bookgate::translate {
namespace {

constexpr char kGood[] = R"({
  "manifest_version": 1,
  "operations": ["translate", "list_bookings"],
  "on_reject": "hold",
  "provider": "acme-2",
  "name": "Acme",
  "version": "1.2.3-rc.1+build",
  "license": "Apache-2.0",
  "contact": "https://example.com/acme",
  "recognise": [
    {"all": [{"header": "x-acme"}, {"pointer": "/kind", "equals": "booking"}]},
    {"all": [{"header": "user-agent", "prefix": "Acme/"}, {"pointer": "/a/0", "type": "array"}]}
  ],
  "signature": {
    "kind": "hmac", "hash": "sha256", "header": "x-acme-signature", "layout": "key-value",
    "key": "v1", "encoding": "base64",
    "signed": [{"part": "timestamp"}, {"text": "."}, {"part": "url"}, {"part": "body"}],
    "timestamp": {"key": "t", "unit": "ms", "tolerance_s": 120},
    "unsigned_values": ["no-secret-provided"]
  },
  "headers": ["x-acme"],
  "query": ["shop"],
  "config": {"type": "object", "properties": {
    "loud": {"type": "boolean", "default": true, "description": "Speak up."}}},
  "lookups": {"hosts": ["api.example.com"], "credential": "api_token", "attach": "basic_or_bearer",
              "headers": {"acme-version": "2026-01-02"}, "optional": true,
              "searches": ["/v1/things/search"], "max_rounds": 3}
})";

/// The good manifest with the value at `pointer` replaced by JSON, or removed if that is empty.
std::string With(const char* pointer, const std::string& json) {
  rapidjson::Document manifest;
  manifest.Parse(kGood);
  if (json.empty()) {
    rapidjson::Pointer(pointer).Erase(manifest);
  } else {
    rapidjson::Document value(&manifest.GetAllocator());
    value.Parse(json.c_str());
    REQUIRE_FALSE(value.HasParseError());
    rapidjson::Pointer(pointer).Set(manifest, value);
  }
  rapidjson::StringBuffer buffer;
  rapidjson::Writer<rapidjson::StringBuffer> writer(buffer);
  manifest.Accept(writer);
  return {buffer.GetString(), buffer.GetSize()};
}

Manifest MustRead(const std::string& text) {
  ManifestResult result = ReadManifest(text);
  if (const auto* problem = std::get_if<ManifestProblem>(&result)) FAIL(problem->message);
  return std::get<Manifest>(std::move(result));
}

/// What is said of a manifest that is not valid, without the words that all begin with.
std::string Wrong(const std::string& text) {
  const ManifestResult result = ReadManifest(text);
  const auto* problem = std::get_if<ManifestProblem>(&result);
  if (problem == nullptr) return "valid";
  constexpr std::string_view kStart = "The manifest is not valid: ";
  CHECK(problem->code == "manifest_invalid");
  CHECK(problem->message.starts_with(kStart));
  return problem->message.substr(kStart.size());
}

TEST_CASE("everything of a manifest is read") {
  const Manifest manifest = MustRead(kGood);
  CHECK(manifest.provider == "acme-2");
  CHECK(manifest.name == "Acme");
  CHECK(manifest.version == "1.2.3-rc.1+build");
  CHECK(manifest.license == "Apache-2.0");
  CHECK(manifest.contact == "https://example.com/acme");
  CHECK(manifest.Offers("translate"));
  CHECK(manifest.Offers("list_bookings"));
  CHECK_FALSE(manifest.Offers("register_webhook"));
  CHECK(manifest.on_reject == OnReject::kHold);
  CHECK(manifest.headers == std::vector<std::string>{"x-acme"});
  CHECK(manifest.query == std::vector<std::string>{"shop"});
  CHECK(manifest.lookup_hosts == std::vector<std::string>{"api.example.com"});
  CHECK(manifest.lookup_credential == "api_token");
  CHECK(manifest.lookups_optional);
  CHECK(manifest.lookup_searches == std::vector<std::string>{"/v1/things/search"});
  CHECK(manifest.lookup_name == "Acme");
  CHECK(manifest.lookup_attach == Attach::kBasicOrBearer);
  REQUIRE(manifest.lookup_headers.size() == 1);
  CHECK(manifest.lookup_headers[0].name == "acme-version");
  CHECK(manifest.lookup_headers[0].value == "2026-01-02");
  CHECK(manifest.lookup_rounds == 3);
  const auto config = json::Document::Parse(manifest.config_schema);
  REQUIRE(config);
  CHECK(config->root().At("/properties/loud/default").Bool() == true);
}

TEST_CASE("rules of recognition are read in their order") {
  using Test = RecognitionTest;
  const RecognitionRules rules = MustRead(kGood).recognise;
  REQUIRE(rules.size() == 2);
  REQUIRE(rules[0].size() == 2);
  CHECK(rules[0][0].subject == Test::Subject::kHeader);
  CHECK(rules[0][0].relation == Test::Relation::kExists);
  CHECK(rules[0][1].subject == Test::Subject::kPointer);
  CHECK(rules[0][1].where == "/kind");
  CHECK(rules[0][1].relation == Test::Relation::kEquals);
  CHECK(rules[0][1].text == "booking");
  CHECK(rules[1][0].relation == Test::Relation::kStartsWith);
  CHECK(rules[1][0].text == "Acme/");
  CHECK(rules[1][1].relation == Test::Relation::kHasType);
  CHECK(rules[1][1].type == Test::Type::kArray);
}

TEST_CASE("a signature scheme with keys") {
  using model::SignedPart;
  const model::SignatureScheme scheme = MustRead(kGood).signature;
  CHECK(scheme.kind == model::SignatureKind::kHmac);
  CHECK(scheme.header == "x-acme-signature");
  CHECK(scheme.layout == model::SignatureLayout::kKeyValue);
  CHECK(scheme.key == "v1");
  CHECK(scheme.encoding == model::SignatureEncoding::kBase64);
  REQUIRE(scheme.signed_parts.size() == 4);
  CHECK(scheme.signed_parts[0].kind == SignedPart::Kind::kTimestamp);
  CHECK(scheme.signed_parts[1].kind == SignedPart::Kind::kText);
  CHECK(scheme.signed_parts[1].text == ".");
  CHECK(scheme.signed_parts[2].kind == SignedPart::Kind::kUrl);
  CHECK(scheme.signed_parts[3].kind == SignedPart::Kind::kBody);
  REQUIRE(scheme.timestamp);
  CHECK(scheme.timestamp->key == "t");
  CHECK(scheme.timestamp->milliseconds);
  CHECK(scheme.timestamp->tolerance_s == 120);
  CHECK(scheme.unsigned_values == std::vector<std::string>{"no-secret-provided"});
}

TEST_CASE("the scheme of Standard Webhooks can be said") {
  const model::SignatureScheme scheme = MustRead(With("/signature", R"({
      "kind": "hmac", "hash": "sha256", "header": "webhook-signature", "layout": "versioned-list",
      "key": "v1", "encoding": "base64", "id": {"header": "webhook-id"},
      "signed": [{"part": "id"}, {"text": "."}, {"part": "timestamp"}, {"text": "."},
                 {"part": "body"}],
      "timestamp": {"header": "webhook-timestamp", "unit": "s", "tolerance_s": 300},
      "secret": {"encoding": "base64", "prefix": "whsec_"}})"))
                                            .signature;
  CHECK(scheme.layout == model::SignatureLayout::kVersionedList);
  CHECK(scheme.id_header == "webhook-id");
  CHECK(scheme.timestamp->header == "webhook-timestamp");
  CHECK_FALSE(scheme.timestamp->milliseconds);
  CHECK(scheme.secret_is_base64);
  CHECK(scheme.secret_prefix == "whsec_");
}

TEST_CASE("the other kinds of signatures") {
  const auto kind = [](const std::string& signature) {
    return MustRead(With("/signature", signature)).signature.kind;
  };
  CHECK(kind(R"({"kind": "none"})") == model::SignatureKind::kNone);
  CHECK(kind(R"({"kind": "operator"})") == model::SignatureKind::kOperator);
  CHECK(kind(R"({"kind": "token", "header": "x-token", "prefix": "Bearer "})") ==
        model::SignatureKind::kToken);
}

TEST_CASE("what may be left out") {
  Manifest manifest = MustRead(With("/lookups", ""));
  CHECK(manifest.lookup_hosts.empty());
  manifest = MustRead(With("/lookups/max_rounds", ""));
  CHECK(manifest.lookup_rounds == 2);
  CHECK_FALSE(MustRead(With("/lookups/optional", "")).lookups_optional);
  CHECK(MustRead(With("/lookups/searches", "")).lookup_searches.empty());
  CHECK(MustRead(With("/lookups/name", R"("Acme's")")).lookup_name == "Acme's");
  manifest = MustRead(With("/lookups/attach", ""));
  CHECK(manifest.lookup_attach == Attach::kBearer);
  CHECK(MustRead(With("/lookups/headers", "")).lookup_headers.empty());
  CHECK(MustRead(With("/headers", "")).headers.empty());
  CHECK(MustRead(With("/query", "")).query.empty());
  CHECK(MustRead(With("/contact", "")).contact.empty());
  CHECK(MustRead(With("/recognise", "[]")).recognise.empty());
  CHECK(MustRead(With("/on_reject", R"("refuse")")).on_reject == OnReject::kRefuse);
}

TEST_CASE("what may not be left out is named") {
  for (const char* name : {"manifest_version", "operations", "on_reject", "provider", "name",
                           "version", "license", "recognise", "signature", "config"}) {
    CHECK(Wrong(With((std::string("/") + name).c_str(), "")) ==
          "the document: lacks \"" + std::string(name) + "\".");
  }
}

TEST_CASE("a member that is not known is an error at its place") {
  CHECK(Wrong(With("/looups", "{}")) == "/looups: is not a member that is known here.");
  CHECK(Wrong(With("/signature/layot", "1")) ==
        "/signature/layot: is not a member that is known here.");
  CHECK(Wrong(With("/lookups/host", "1")) == "/lookups/host: is not a member that is known here.");
  CHECK(Wrong(With("/recognise/0/any", "[]")) ==
        "/recognise/0/any: is not a member that is known here.");
}

TEST_CASE("values that are out of their range") {
  constexpr std::pair<const char*, const char*> kWrong[] = {
      {"/manifest_version", "2"},
      {"/provider", R"("Acme")"},
      {"/provider", R"("-acme")"},
      {"/provider", R"("a234567890123456789012345678901234")"},
      {"/provider", R"("")"},
      {"/version", R"("1.2")"},
      {"/version", R"("01.2.3")"},
      {"/version", R"("v1.2.3")"},
      {"/operations/0", R"("tranlate")"},
      {"/operations/1", R"("translate")"},
      {"/on_reject", R"("drop")"},
      {"/name", R"("")"},
      {"/headers/0", R"("X-Acme")"},
      {"/query/0", "1"},
      {"/recognise/0/all", "[]"},
      {"/recognise/0/all/0/header", R"("X-Acme")"},
      {"/recognise/0/all/1/pointer", R"("kind")"},
      {"/recognise/1/all/1/type", R"("list")"},
      {"/signature/hash", R"("md5")"},
      {"/signature/signed/1", R"({"text": ".", "part": "id"})"},
      {"/signature/timestamp/tolerance_s", "0"},
      {"/signature/timestamp/header", R"("x-time")"},
      {"/lookups/hosts/0", R"("https://api.example.com")"},
      {"/lookups/hosts/0", R"("api.example.com:443")"},
      {"/lookups/hosts/0", R"("localhost")"},
      {"/lookups/hosts", "[]"},
      {"/lookups/optional", "1"},
      {"/lookups/searches/0", R"("search")"},
      {"/lookups/searches/0", R"("/a?b")"},
      {"/lookups/searches/1", R"("/v1/things/search")"},
      {"/lookups/attach", R"("cookie")"},
      {"/lookups/headers/acme-version", R"("")"},
      {"/lookups/headers/acme-version", R"("a\r\nb: c")"},
      {"/lookups/headers/acme-version", "1"},
      {"/lookups/max_rounds", "5"},
      {"/lookups/max_rounds", "0"},
      {"/config/type", R"("array")"},
      {"/config/properties/loud", R"({"type": "boolean"})"}};
  for (const auto& example : kWrong) {
    const std::string pointer = example.first;
    const std::string wrong = Wrong(With(example.first, example.second));
    INFO(pointer << " = " << std::string(example.second) << " gives " << wrong);
    // Said of the place itself, or of what it stands in.
    CHECK(pointer.starts_with(wrong.substr(0, wrong.find(':'))));
  }
}

TEST_CASE("tests of recognition that ask for two things, or for nothing") {
  for (const char* test :
       {R"({})", R"({"equals": "x"})", R"({"header": "a", "pointer": "/b"})",
        R"({"header": "a", "type": "string"})", R"({"header": "a", "equals": "x", "prefix": "y"})",
        R"({"pointer": "/a", "equals": "x", "type": "string"})"}) {
    INFO(std::string(test));
    CHECK(Wrong(With("/recognise/0/all/0", test)).starts_with("/recognise/0/all/0: "));
  }
}

TEST_CASE("signature schemes that lack something, or have too much") {
  for (const char* name : {"hash", "header", "layout", "encoding", "signed"}) {
    CHECK(Wrong(With((std::string("/signature/") + name).c_str(), ""))
              .starts_with("/signature: does not meet the schema's \"oneOf\": "));
  }
  CHECK(Wrong(With("/signature/kind", R"("none")")).starts_with("/signature: "));
  CHECK(Wrong(With("/signature", R"({"kind": "token"})")).starts_with("/signature: "));
}

TEST_CASE("what no schema can say") {
  CHECK(Wrong(With("/operations", R"(["list_bookings"])")) == "/operations: lacks \"translate\".");
  CHECK(Wrong(With("/recognise/0/all/1/pointer", R"("/a~2b")")) ==
        "/recognise/0/all/1/pointer: is not an RFC 6901 JSON pointer.");
  CHECK(Wrong(With("/signature/key", "")) == "/signature: lacks \"key\", which this layout needs.");
  CHECK(Wrong(With("/signature/timestamp", "")) ==
        "/signature: signs a timestamp but does not say where it is.");
  CHECK(Wrong(With("/signature/layout", R"("plain")")) ==
        "/signature/timestamp/key: only the layout key-value has keys.");
  CHECK(Wrong(With("/signature/signed/3", R"({"part": "id"})")) ==
        "/signature: signs an id but does not say where it is.");
  for (const char* name : {"Acme-Version", "authorization", "cookie", "host", "a b", ""}) {
    CHECK(Wrong(With((std::string("/lookups/headers/") + name).c_str(), R"("x")")) ==
          "/lookups/headers/" + std::string(name) +
              ": must be a header's name in lower case, and none of those that the gateway sets "
              "itself.");
  }
  CHECK(Wrong(With("/lookups/credential", "")).starts_with("/lookups"));
  CHECK(Wrong(With("/signature/signed", R"([{"part": "timestamp"}])")) ==
        "/signature/signed: lacks the body.");
  CHECK(Wrong(With("/signature/signed/0", R"({"text": "x"})")) ==
        "/signature/timestamp: is not among what is signed.");
  CHECK(Wrong(With("/signature/header", R"("authorization")")) ==
        "/signature/header: is where the org's secret stands.");
}

TEST_CASE("a config schema that refers to itself does not hang the gateway") {
  CHECK(Wrong(With("/config/properties/loud",
                   R"({"description": "x", "allOf": [{"$ref": "#/properties/loud"}]})")) ==
        "/config: must be self-contained, without $ref.");
}

TEST_CASE("what is no manifest at all") {
  const auto code = [](const std::string& text) {
    return std::get<ManifestProblem>(ReadManifest(text)).code;
  };
  CHECK(code("") == "manifest_not_json");
  CHECK(code("{") == "manifest_not_json");
  CHECK(code("[]") == "manifest_invalid");
  CHECK(code(std::string(65, '[') + std::string(65, ']')) == "manifest_not_json");
  std::string large(kGood);
  large.append(kMaxManifestBytes + 1 - large.size(), ' ');
  CHECK(code(large) == "manifest_too_large");
  large.pop_back();
  CHECK(MustRead(large).provider == "acme-2");
}

}  // namespace
}  // namespace bookgate::translate
