// Plugins as an administrator and an integrator meet them: listed, refused with a reason, tried
// out.
#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "support/case_bodies.hpp"
#include "support/test_gateway.hpp"

namespace bookgate::tests {
namespace {

std::string CasePath(const std::string& provider, const std::string& name) {
  return BOOKGATE_SOURCE_DIR "/plugins/" + provider + "/cases/" + name;
}

TEST_CASE("plugins lists what the configuration names") {
  const TestDatabase database;
  TestGateway gateway(database, {{"plugins.square.enabled", "false"}});
  const json::Document listed = gateway.JsonOf({"plugins"});
  REQUIRE(listed.root().size() == 4);
  for (std::size_t i = 0; i < 4; ++i) {
    const json::Value plugin = listed.root()[i];
    const std::string provider = plugin["provider"].Text().value();
    CAPTURE(provider);
    CHECK(plugin["file"].Text() == BOOKGATE_BINARY_DIR "/plugins/libbookgate-" + provider + ".so");
    CHECK(plugin["isolation"].Text() == "in-process");
    CHECK(plugin["state"].Text() == (provider == "square" ? "disabled" : "loaded"));
    if (provider == "square") continue;
    CHECK(plugin["version"].Text() == "1.0.0");
    CHECK(plugin["abi"].Text().value().starts_with("1."));
    CHECK(plugin["sha256"].Text().value().size() == 64);
  }
  CHECK(gateway.Command({"plugins"}).out.find("calendly") != std::string::npos);
}

TEST_CASE("a plugin with a pinned hash loads, and with another one is refused everywhere") {
  const TestDatabase database;
  TestGateway gateway(database);
  const std::string right = gateway.JsonOf({"plugins"}).root()[0]["sha256"].Text().value();
  gateway.SetKey("plugins.calcom.sha256", "\"" + right + "\"");
  CHECK(gateway.JsonOf({"plugins"}).root()[0]["state"].Text() == "loaded");
  CHECK(gateway.Command({"check-config"}).exit_status == 0);

  gateway.SetKey("plugins.calcom.sha256", "\"" + std::string(64, '0') + "\"");
  const ProgramResult listed = gateway.Command({"plugins", "--json"});
  CHECK(listed.exit_status == 1);
  CHECK(ParseJson(listed.out).root()[0]["state"].Text().value().starts_with("refused"));
  CHECK(ParseJson(listed.out).root()[1]["state"].Text() == "loaded");
  const ProgramResult checked = gateway.Command({"check-config"});
  CHECK(checked.exit_status == 2);
  CHECK(checked.err.find("plugins.calcom") != std::string::npos);
  const ProgramResult served = gateway.Command({"serve"});
  CHECK(served.exit_status == 2);
  CHECK(served.err.find("plugins.calcom") != std::string::npos);
}

TEST_CASE("a library that is no plugin is refused with a reason, and the others still load") {
  const TestDatabase database;
  TestGateway gateway(database);
  for (const std::string fault : {"no_entry", "manifest_not_json", "future_major_only"}) {
    CAPTURE(fault);
    gateway.SetKey("plugins.bad.enabled", "true");
    gateway.SetKey("plugins.bad.library",
                   "\"" BOOKGATE_BINARY_DIR "/bad_plugins/" + fault + ".so\"");
    const ProgramResult listed = gateway.Command({"plugins", "--json"});
    CHECK(listed.exit_status == 1);
    const json::Document plugins = ParseJson(listed.out);
    REQUIRE(plugins.root().size() == 5);
    CHECK(plugins.root()[0]["provider"].Text() == "bad");
    CHECK(plugins.root()[0]["state"].Text().value().starts_with("refused: "));
    CHECK(plugins.root()[1]["state"].Text() == "loaded");
  }
}

TEST_CASE("translate prints the step result of a body and stores nothing") {
  RunningGateway running;
  const TestGateway& gateway = running.gateway;
  const std::string file = CasePath("calendly", "invitee-created-with-everything-inline");
  const std::string expected = ReadFile(file + "/expected.json");
  const json::Document wanted = ParseJson(expected);
  const json::Document translated = gateway.JsonOf({"translate", "calendly", file + "/body.json"});
  CHECK(*translated.root().raw() == *wanted.root().raw());

  const json::Document piped =
      gateway.JsonOf({"translate", "calendly", "-"}, ReadFile(file + "/body.json"));
  CHECK(*piped.root().raw() == *wanted.root().raw());
  CHECK(running.database.Number("SELECT COUNT(*) FROM deliveries") == 0);
  CHECK(running.database.Number("SELECT COUNT(*) FROM contacts") == 0);
}

TEST_CASE("translate: what a body is not, and what is not there") {
  const TestDatabase database;
  const TestGateway gateway(database, {{"plugins.square.enabled", "false"}});
  const ProgramResult rejected = gateway.Command(
      {"translate", "generic", "--json", CasePath("generic", "missing-email") + "/body.json"});
  CHECK(rejected.exit_status == 1);
  CHECK(ParseJson(rejected.out).root()["outcome"].Text() == "reject");
  const ProgramResult ignored = gateway.Command(
      {"translate", "generic", "--json", CasePath("generic", "ping") + "/body.json"});
  CHECK(ignored.exit_status == 0);
  CHECK(ParseJson(ignored.out).root()["outcome"].Text() == "ignore");

  CHECK(gateway.Command({"translate", "unheard-of", "-"}).exit_status == 2);
  CHECK(gateway.Command({"translate", "generic"}).exit_status == 2);
  CHECK(gateway.Command({"translate", "generic", "/nowhere/body.json"}).exit_status == 1);
  CHECK(gateway.Command({"translate", "generic", "--header", "nonsense", "-"}, "{}").exit_status ==
        2);
  // A dry run of a plugin that is not enabled is what one wants before enabling it.
  CHECK(ParseJson(gateway.Command({"translate", "square", "--json", "-"}, SquareBody()).out)
            .root()["outcome"]
            .Text() == "need_lookups");
}

TEST_CASE("translate answers look-ups out of a folder, and knows content types and headers") {
  const TestDatabase database;
  const TestGateway gateway(database);
  const std::string folder = CasePath("calendly", "old-shape-completed-by-the-api");
  const json::Document completed = gateway.JsonOf(
      {"translate", "calendly", "--replies", folder + "/replies", folder + "/body.json"});
  CHECK(completed.root()["outcome"].Text() == "bookings");
  CHECK(completed.root().At("/events/0/start_time").Text().has_value());
  const json::Document without = gateway.JsonOf({"translate", "calendly", folder + "/body.json"});
  CHECK(without.root()["outcome"].Text() == "need_lookups");

  const json::Document form =
      gateway.JsonOf({"translate", "generic", "--content-type", "application/x-www-form-urlencoded",
                      "--header", "User-Agent: x", "-"},
                     "customer_email=ann%40example.com");
  CHECK(form.root().At("/events/0/customer_email").Text() == "ann@example.com");
}

}  // namespace
}  // namespace bookgate::tests
