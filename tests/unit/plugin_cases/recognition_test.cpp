// Whose a webhook is, where the URL does not say it: no plugin takes another one's for its own, for
// the gateway would refuse what two of them claim.
#include <doctest/doctest.h>
#include <bookgate/json.hpp>

#include <string>
#include <variant>
#include <vector>

#include "translate/manifest.hpp"
#include "translate/recognition.hpp"
#include "unit/plugin_cases/case_folder.hpp"
#include "unit/plugin_cases/driver.hpp"

namespace bookgate::plugin_cases {
namespace {

using Providers = std::vector<std::string>;

const Providers kProviders = {"acme", "acuity", "calcom", "calendly", "generic", "square"};

std::vector<translate::Manifest> ReadManifests() {
  std::vector<translate::Manifest> manifests;
  for (const std::string& provider : kProviders) {
    auto read =
        translate::ReadManifest(ReadFile(SourceFolder(provider) / "manifest.json").value_or(""));
    REQUIRE_MESSAGE(std::holds_alternative<translate::Manifest>(read), provider);
    manifests.push_back(std::get<translate::Manifest>(std::move(read)));
  }
  return manifests;
}

/// The providers that take the request for their own.
Providers Claims(std::string_view body, const std::vector<model::Field>& headers = {}) {
  static const std::vector<translate::Manifest> manifests = ReadManifests();
  const auto document = json::Document::Parse(body);
  const json::Value root = document ? document->root() : json::Value();
  Providers claims;
  for (const translate::Manifest& manifest : manifests) {
    if (translate::Recognises(manifest.recognise, headers, root)) {
      claims.push_back(manifest.provider);
    }
  }
  return claims;
}

TEST_CASE("no case is claimed by another provider than its own") {
  for (const std::string& provider : kProviders) {
    const auto plugin = FindPlugin(provider);
    REQUIRE(plugin);
    for (const std::filesystem::path& folder : ListCaseFolders(plugin->CasesFolder())) {
      const Case webhook = ReadCaseFolder(folder).content;
      for (const std::string& claim : Claims(webhook.body, webhook.headers)) {
        CHECK_MESSAGE(claim == provider, provider << "/" << webhook.name);
      }
    }
  }
}

TEST_CASE("acuity: a form is known by its signature's header alone") {
  constexpr std::string_view kForm = "action=scheduled&id=1&calendarID=2&appointmentTypeID=3";
  CHECK(Claims(kForm, {{"x-acuity-signature", "c2lnbmVk"}}) == Providers{"acuity"});
  CHECK(Claims(kForm) == Providers{});
}

TEST_CASE("acuity: what n8n hands on is known by Acuity's own names") {
  CHECK(Claims(R"({"action":"canceled","id":"1","calendarID":"2","appointmentTypeID":"3"})") ==
        Providers{"acuity"});
  CHECK(Claims(R"({"id":1,"datetime":"2026-09-14T14:30:00+0100","calendarID":2,
                   "appointmentTypeID":3})") == Providers{"acuity"});
  // A booking in the normalized names with an id and an action is the generic plugin's.
  CHECK(Claims(R"({"action":"booked","id":"1","email":"jane@example.com"})") == Providers{});
  CHECK(Claims(R"({"id":1,"datetime":"2026-09-14T14:30:00+0100"})") == Providers{});
}

}  // namespace
}  // namespace bookgate::plugin_cases
