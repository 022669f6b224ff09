// How senders sign where a plugin leaves that to the operator, and how far clocks may be apart.
#include <doctest/doctest.h>

#include <string>
#include <variant>

#include "translate/in_process_runner.hpp"
#include "translate/signature_reader.hpp"
#include "unit/translate/support.hpp"

namespace bookgate::translate {
namespace {

using testing::MustLoad;
using testing::OnlyProblem;
using testing::SettingsOf;

model::SignatureScheme SchemeOf(const std::string& json, const std::string& plugin) {
  config::PluginSettings settings = SettingsOf(plugin);
  settings.signature_json = json;
  return MustLoad(settings).manifest.signature;
}

LoadProblem ProblemOf(const std::string& json, const std::string& plugin = "operator_signs") {
  config::PluginSettings settings = SettingsOf(plugin);
  settings.signature_json = json;
  return OnlyProblem(settings);
}

TEST_CASE("an operator who says nothing gets Standard Webhooks") {
  const model::SignatureScheme scheme = SchemeOf("", "operator_signs");
  CHECK(scheme.kind == model::SignatureKind::kHmac);
  CHECK(scheme.header == "webhook-signature");
  CHECK(scheme.layout == model::SignatureLayout::kVersionedList);
  CHECK(scheme.key == "v1");
  CHECK(scheme.id_header == "webhook-id");
  CHECK(scheme.signed_parts.size() == 5);
  REQUIRE(scheme.timestamp);
  CHECK(scheme.timestamp->header == "webhook-timestamp");
  CHECK(scheme.timestamp->tolerance_s == 300);
  CHECK(scheme.secret_is_base64);
  CHECK(scheme.secret_prefix == "whsec_");
}

TEST_CASE("an operator's own scheme, in the words of manifests") {
  const model::SignatureScheme scheme = SchemeOf(
      R"({"kind": "hmac", "hash": "sha256", "header": "x-hub-signature-256", "layout": "plain",
          "prefix": "sha256=", "encoding": "hex", "signed": [{"part": "body"}]})",
      "operator_signs");
  CHECK(scheme.header == "x-hub-signature-256");
  CHECK(scheme.prefix == "sha256=");
  CHECK_FALSE(scheme.timestamp);
  CHECK_FALSE(scheme.secret_is_base64);
  const model::SignatureScheme token =
      SchemeOf(R"({"kind": "token", "header": "x-api-key"})", "operator_signs");
  CHECK(token.kind == model::SignatureKind::kToken);
  CHECK(token.header == "x-api-key");
  CHECK(SchemeOf(R"({"kind": "none"})", "operator_signs").kind == model::SignatureKind::kNone);
}

TEST_CASE("a wrong scheme is refused with its place") {
  const auto message = [](const std::string& json) {
    const LoadProblem problem = ProblemOf(json);
    CHECK(problem.code == "signature_invalid");
    return problem.message;
  };
  CHECK(message(R"({"kind": "hamc"})") ==
        "plugins.bad.signature, /kind: must be one of \"hmac\", \"token\", \"operator\", \"none\"");
  CHECK(message(R"({"kind": "operator"})") ==
        "plugins.bad.signature, /kind: must be \"hmac\", \"token\" or \"none\"");
  CHECK(message(R"({"kind": "token", "header": "Authorization"})")
            .starts_with("plugins.bad.signature, /header: "));
  CHECK(message(R"({"kind": "token", "header": "authorization"})") ==
        "plugins.bad.signature, /header: is where the org's secret stands");
  CHECK(message(R"({"kind": "token", "header": "x", "hedaer": "y"})")
            .starts_with("plugins.bad.signature, /hedaer: "));
  CHECK(message(R"({"kind": "hmac", "hash": "sha256", "header": "x", "layout": "key-value",
                    "encoding": "hex", "signed": [{"part": "body"}]})") ==
        "plugins.bad.signature: lacks \"key\", which this layout needs");
  CHECK(message(R"({"kind": "hmac"})")
            .starts_with("plugins.bad.signature, the document: does not meet"));
}

TEST_CASE("a provider's own scheme is not the operator's to say") {
  const LoadProblem problem =
      ProblemOf(R"({"kind": "token", "header": "x-api-key"})", "tells_what_it_sees");
  CHECK(problem.code == "signature_not_operators");
  CHECK(problem.message ==
        "plugins.bad.signature must be left out: the translator itself says how its provider "
        "signs.");
}

TEST_CASE("the tolerance is the operator's, where there is a time") {
  config::PluginSettings settings = SettingsOf("operator_signs");
  settings.signature_tolerance = std::chrono::seconds(30);
  CHECK(MustLoad(settings).manifest.signature.timestamp->tolerance_s == 30);
  settings = SettingsOf("tells_what_it_sees");
  settings.signature_tolerance = std::chrono::seconds(30);
  CHECK(OnlyProblem(settings).code == "signature_has_no_timestamp");
}

TEST_CASE("the header of an operator's scheme is withheld from the plugin") {
  Manifest manifest;
  manifest.headers = {"webhook-signature", "svix-signature", "webhook-id"};
  manifest.signature = std::get<model::SignatureScheme>(ReadOperatorScheme(""));
  CHECK(ShownHeaders(manifest) == std::vector<std::string>{"webhook-id"});
}

}  // namespace
}  // namespace bookgate::translate
