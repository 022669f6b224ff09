// Every case folder of every plugin: the library is loaded by the gateway's own loader, gets the
// webhook and the replies of the folder, and must decide exactly what expected.json says.
//
// A SUBCASE a folder: the name of the folder stands in what a failure prints.
#include <doctest/doctest.h>
#include <bookgate/schema.hpp>

#include <algorithm>
#include <cstddef>
#include <string>
#include <variant>

#include "unit/plugin_cases/case_folder.hpp"
#include "unit/plugin_cases/driver.hpp"
#include "unit/plugin_cases/json_diff.hpp"

namespace bookgate::plugin_cases {
namespace {

using json::Value;

json::Schema ReadSchema(const std::string& name) {
  const auto text = ReadFile(std::filesystem::path(BOOKGATE_SOURCE_DIR) / "schemas" / name);
  auto schema = json::Schema::Parse(text.value_or(""));
  REQUIRE_MESSAGE(schema, "schemas/" << name << " cannot be read");
  return *std::move(schema);
}

void CheckEvents(const json::Schema& schema, Value events, const std::string& list) {
  for (std::size_t i = 0; i < events.size(); ++i) {
    const auto problem = schema.Check(events[i]);
    CHECK_MESSAGE(!problem, "expected.json: " << list << "/" << i << problem->ToString());
  }
}

/// What a case expects must be something that the gateway would take.
void CheckExpected(Value expected) {
  static const json::Schema step_result = ReadSchema("step-result.json");
  static const json::Schema booking_event = ReadSchema("booking-event.json");
  const auto problem = step_result.Check(expected);
  CHECK_MESSAGE(!problem, "expected.json: " << problem->ToString());
  CheckEvents(booking_event, expected["events"], "/events");
  CheckEvents(booking_event, expected["events_so_far"], "/events_so_far");
}

std::string Told(const std::vector<translate::LoadProblem>& problems) {
  std::string told;
  for (const translate::LoadProblem& problem : problems) {
    told += "\n  " + problem.code + ": " + problem.message;
  }
  return told;
}

void CheckDecision(const DriveResult& result, const Case& webhook) {
  if (const auto* failed = std::get_if<translate::Failed>(&result.outcome.result)) {
    FAIL_CHECK("the step failed: " << failed->reason << ": " << failed->detail);
    return;
  }
  const Value got = result.outcome.document->root();
  const std::string difference = Difference(webhook.expected->root(), got);
  CHECK_MESSAGE(difference.empty(), "the decision is another one\n"
                                        << difference << "  all of it\n    expected "
                                        << JsonText(webhook.expected->root()) << "\n    got      "
                                        << JsonText(got));
  for (const std::string& id : webhook.reply_ids) {
    CHECK_MESSAGE(result.asked.count(id) == 1, "replies/" << id << ".json was never asked for");
  }
}

void RunFolder(const PluginUnderTest& plugin, const std::filesystem::path& folder) {
  const CaseFolder read = ReadCaseFolder(folder);
  for (const std::string& problem : read.problems) FAIL_CHECK(problem);
  if (!read.problems.empty()) return;
  CheckExpected(read.content.expected->root());
  auto loaded = Load(plugin, read.content.config_json);
  if (const auto* problems = std::get_if<std::vector<translate::LoadProblem>>(&loaded)) {
    FAIL_CHECK("the plugin does not load with this config.json:" << Told(*problems));
    return;
  }
  CheckDecision(Drive(*std::get<translate::Plugin>(loaded).runner, read.content), read.content);
}

/// Every operation that the manifest offers has cases: what is never run does not work.
void CheckOperations(const PluginUnderTest& plugin,
                     const std::vector<std::filesystem::path>& folders) {
  constexpr std::ptrdiff_t kLeastCases = 3;
  for (const std::string& operation : plugin.operations) {
    const auto cases = std::count_if(folders.begin(), folders.end(), [&](const auto& folder) {
      return ReadCaseFolder(folder).content.operation == operation;
    });
    CHECK_MESSAGE(cases >= kLeastCases, operation << " has only " << cases << " cases");
  }
}

void RunPlugin(const std::string& provider, std::size_t least_cases) {
  const std::optional<PluginUnderTest> plugin = FindPlugin(provider);
  REQUIRE_MESSAGE(plugin, provider << ": its manifest.json cannot be read");
  const auto folders = ListCaseFolders(plugin->CasesFolder());
  SUBCASE("has enough cases") {
    MESSAGE(provider << ": " << folders.size() << " cases");
    CHECK(folders.size() >= least_cases);
    CheckOperations(*plugin, folders);
  }
  for (const std::filesystem::path& folder : folders) {
    const std::string name = folder.filename().string();
    SUBCASE(name.c_str()) {
      RunFolder(*plugin, folder);
    }
  }
}

TEST_CASE("generic: every case gives its expected decision") {
  RunPlugin("generic", 40);
}
TEST_CASE("calendly: every case gives its expected decision") {
  RunPlugin("calendly", 15);
}
TEST_CASE("calcom: every case gives its expected decision") {
  RunPlugin("calcom", 15);
}
TEST_CASE("acuity: every case gives its expected decision") {
  RunPlugin("acuity", 20);
}
TEST_CASE("square: every case gives its expected decision") {
  RunPlugin("square", 25);
}
TEST_CASE("acme, the SDK's template: every case gives its expected decision") {
  RunPlugin("acme", 6);
}

}  // namespace
}  // namespace bookgate::plugin_cases
