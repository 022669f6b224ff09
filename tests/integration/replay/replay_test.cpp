// Deliveries once more: replaying everything changes nothing; what today's plugin reads differently
// is shown before it is done.
#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include "support/test_gateway.hpp"

namespace {

using namespace bookgate;
using namespace bookgate::tests;

std::string ReadFile(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

/// Posts the body of every case of that plugin that needs no special headers.
void PostCases(const RunningGateway& running, const std::string& provider) {
  const std::filesystem::path cases =
      std::filesystem::path(BOOKGATE_SOURCE_DIR) / "plugins" / provider / "cases";
  for (const auto& entry : std::filesystem::directory_iterator(cases)) {
    if (!std::filesystem::exists(entry.path() / "body.json")) continue;
    WebhookOptions options;
    options.provider = provider;
    running.Post(ReadFile(entry.path() / "body.json"), options);
  }
}

/// Every row of every table that a delivery can change.
std::string Dump(const TestDatabase& database) {
  std::string dump;
  for (const char* table : {"contacts", "contact_relationships", "appointments", "appointment_ids",
                            "pending_bookings", "deliveries"}) {
    dump += database.Text("SELECT * FROM " + std::string(table) + " ORDER BY 1, 2, 3") + "\n";
  }
  return dump;
}

std::string Outcome(const RunningGateway& running) {
  return running.database.Text("SELECT Outcome FROM deliveries");
}

const char* const kOddBody =
    R"({"who":{"mail":"zoe@example.com"},"from":"2026-12-01T10:00:00Z","ref":"r1"})";

}  // namespace

TEST_CASE("replaying everything that was ever stored leaves all tables as they are") {
  const RunningGateway running;
  for (const char* provider : {"generic", "calendly", "calcom"}) PostCases(running, provider);
  const std::string before = Dump(running.database);
  const std::int64_t stored = running.database.Number(
      "SELECT COUNT(*) FROM deliveries WHERE Outcome IN ('stored', 'duplicate', 'ignored')");
  REQUIRE(stored > 80);
  std::int64_t replayed = 0;
  for (const char* outcome : {"stored", "duplicate", "ignored"}) {
    const json::Document reports =
        running.gateway.JsonOf({"deliveries", "replay", "--org", running.org.id, "--outcome",
                                outcome, "--since", "2020-01-01T00:00:00Z"});
    replayed += static_cast<std::int64_t>(reports.root().size());
    for (std::size_t i = 0; i < reports.root().size(); ++i) {
      CHECK(reports.root()[i]["changed"].Bool() == false);
    }
  }
  CHECK(replayed == stored);
  CHECK(Dump(running.database) == before);
}

TEST_CASE("a mapping makes a booking of a refused delivery, first as a dry run") {
  const RunningGateway running;
  REQUIRE(running.Post(kOddBody).status == 422);
  REQUIRE(Outcome(running) == "refused");
  running.gateway.folder().Write(
      "mapping.json",
      R"({"customer_email": "/who/mail", "start_time": "/from", "external_id": "/ref"})");
  running.gateway.JsonOf(
      {"mapping", "set", running.org.id, "--file", running.gateway.folder().Path("mapping.json")});
  const std::string id = running.gateway.JsonOf({"deliveries", "list", running.org.id})
                             .root()[0]["delivery_id"]
                             .Text()
                             .value();

  const json::Document dry = running.gateway.JsonOf({"deliveries", "replay", id, "--dry-run"});
  CHECK(dry.root()[0]["before"].Text() == "refused");
  CHECK(dry.root()[0]["outcome"].Text() == "stored");
  CHECK(dry.root()[0]["changed"].Bool() == true);
  CHECK(Outcome(running) == "refused");
  CHECK(running.database.Number("SELECT COUNT(*) FROM appointments") == 0);

  running.gateway.JsonOf({"deliveries", "replay", id});
  CHECK(running.database.Text("SELECT Outcome, Attempts FROM deliveries") == "stored | 2");
  CHECK(running.database.Text("SELECT ExternalID, StartTime FROM appointments") ==
        "r1 | 2026-12-01 10:00:00.000");
}

TEST_CASE("a dry run says which fields would change, and the replay changes them") {
  const RunningGateway running;
  REQUIRE(
      running.Post(R"({"email":"zoe@example.com","id":"1","type":"Cut","alt":"Colour"})").status ==
      200);
  running.gateway.folder().Write("mapping.json", R"({"appointment_type": "/alt"})");
  running.gateway.JsonOf(
      {"mapping", "set", running.org.id, "--file", running.gateway.folder().Path("mapping.json")});
  std::vector<std::string> replay = {"deliveries",   "replay",  "--org",
                                     running.org.id, "--since", "2020-01-01T00:00:00Z"};
  std::vector<std::string> dry_run = replay;
  dry_run.push_back("--dry-run");
  const json::Document dry = running.gateway.JsonOf(dry_run);
  const json::Value change = dry.root()[0]["appointments"][0]["changes"][0];
  CHECK(change["field"].Text() == "AppointmentType");
  CHECK(change["before"].Text() == "Cut");
  CHECK(change["after"].Text() == "Colour");
  CHECK(running.database.Text("SELECT AppointmentType FROM appointments") == "Cut");
  running.gateway.JsonOf(replay);
  CHECK(running.database.Text("SELECT AppointmentType FROM appointments") == "Colour");
  CHECK(running.database.Number("SELECT COUNT(*) FROM appointments") == 1);
}

TEST_CASE("what cannot be replayed says why") {
  const RunningGateway running;
  REQUIRE(running.Post(R"({"email":"zoe@example.com"})").status == 200);
  running.database.Execute("UPDATE deliveries SET Body = NULL");
  const json::Document reports = running.gateway.JsonOf(
      {"deliveries", "replay", "--org", running.org.id, "--since", "2020-01-01T00:00:00Z"});
  CHECK(reports.root()[0]["outcome"].Text() == "failed");
  CHECK(reports.root()[0]["reason"].Text() == "its body is no longer kept");
  CHECK(Outcome(running) == "stored");
}

TEST_CASE("wrong usage of replay is refused") {
  const RunningGateway running;
  const auto status = [&](std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), {"deliveries", "replay"});
    return running.gateway.Command(arguments).exit_status;
  };
  CHECK(status({}) == 2);
  CHECK(status({"no-id"}) == 2);
  CHECK(status({"--org", running.org.id}) == 2);
  CHECK(status({"--org", running.org.id, "--since", "yesterday"}) == 2);
  CHECK(status({"--since", "2020-01-01T00:00:00Z"}) == 2);
  CHECK(status({"--org", "nobodynobodynobo", "--since", "2020-01-01T00:00:00Z"}) == 1);
  CHECK(status({"00000000-0000-7000-8000-000000000000"}) == 1);
}

TEST_CASE("a mapping is checked when it is set, shown, tried and cleared") {
  const RunningGateway running;
  const auto set = [&](const std::string& mapping) {
    running.gateway.folder().Write("mapping.json", mapping);
    return running.gateway.Command({"mapping", "set", running.org.id, "--file",
                                    running.gateway.folder().Path("mapping.json")});
  };
  const ProgramResult unknown = set(R"({"customer_mail": "/who/mail"})");
  CHECK(unknown.exit_status == 2);
  CHECK(unknown.err.find("customer_mail") != std::string::npos);
  CHECK(set(R"({"customer_email": "who/mail"})").exit_status == 2);
  CHECK(set("[]").exit_status == 2);
  CHECK(set("").exit_status == 2);
  CHECK(set(R"({"customer_email": "/who/mail"})").exit_status == 0);
  CHECK(running.gateway.JsonOf({"mapping", "show", running.org.id})
            .root()["mapping"]["customer_email"]
            .Text() == "/who/mail");
  const json::Document tried = ParseJson(
      running.gateway
          .Command({"translate", "generic", "--org", running.org.id, "--json", "-"}, kOddBody)
          .out);
  CHECK(tried.root()["events"][0]["customer_email"].Text() == "zoe@example.com");
  CHECK(running.gateway.JsonOf({"mapping", "clear", running.org.id}).root()["mapping"].is_null());
}
