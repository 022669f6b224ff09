// The table of routes is what schemas/openapi.yaml says that it is.
#include <doctest/doctest.h>

#include <algorithm>

#include "admin/api.hpp"
#include "admin/static_files.hpp"
#include "support/described_routes.hpp"
#include "support/fake_fetcher.hpp"
#include "support/temporary_folder.hpp"

namespace bookgate::admin {
namespace {

/// Services that nothing is asked of.
struct Idle {
  config::Settings settings;
  auth::Directory directory;
  auth::SecretHasher hasher{std::vector<std::uint8_t>(32)};
  auth::Sealer sealer{std::vector<std::uint8_t>(32)};
  struct NoMetrics final : lookup::LookupObserver {
    void OnLookup(const std::string&, std::string_view, double) override {}
  } metrics;
  tests::FakeFetcher fetcher;
  lookup::Asker asker{fetcher, sealer, metrics};
  observe::Log log{{}, 2};
  observe::PluginHealth plugin_health;
  Services services{{settings, directory, hasher, sealer, asker, log, plugin_health, {}, {}}};
};

}  // namespace

TEST_CASE("the server has the routes that are described, and no others") {
  Idle idle;
  std::vector<tests::DescribedRoute> routes;
  for (const ApiRoute& route : AllRoutes(idle.services)) {
    routes.push_back({route.method, route.pattern});
  }
  std::vector<tests::DescribedRoute> described =
      tests::DescribedRoutes(BOOKGATE_SOURCE_DIR "/schemas/openapi.yaml");
  std::sort(routes.begin(), routes.end());
  std::sort(described.begin(), described.end());
  for (const tests::DescribedRoute& route : described) {
    CAPTURE(route.method + " " + route.path);
    CHECK(std::binary_search(routes.begin(), routes.end(), route));
  }
  for (const tests::DescribedRoute& route : routes) {
    CAPTURE(route.method + " " + route.path);
    CHECK(std::binary_search(described.begin(), described.end(), route));
  }
}

TEST_CASE("a route about an org lets in that org's admins alone, and only signing in anybody") {
  Idle idle;
  for (const ApiRoute& route : AllRoutes(idle.services)) {
    CAPTURE(route.method + " " + route.pattern);
    const bool is_of_org = route.pattern.find("{org}") != std::string::npos;
    CHECK((route.access == Access::kOrg) == is_of_org);
    const bool is_signing_in = route.method == "POST" && route.pattern == "/session";
    CHECK((route.access == Access::kAnybody) == is_signing_in);
  }
}

TEST_CASE("every file of the page is in the program, byte for byte") {
  CHECK(StaticFiles().size() > 20);
  for (const StaticFile& file : StaticFiles()) {
    CAPTURE(file.path);
    CHECK(file.content == tests::ReadFile(BOOKGATE_SOURCE_DIR "/gateway/admin/web/" + file.path));
    CHECK(file.content_type != "application/octet-stream");
  }
}

TEST_CASE("a file that the browser has already is not sent again") {
  const StaticFile& file = StaticFiles().front();
  http::Request request;
  CHECK(AnswerFile(file, request).status == 200);
  for (const std::string& known :
       {file.etag, "W/" + file.etag, "\"x\", " + file.etag, std::string("*")}) {
    CAPTURE(known);
    request.headers = {{"if-none-match", known}};
    CHECK(AnswerFile(file, request).status == 304);
  }
  request.headers = {{"if-none-match", "\"x\""}};
  CHECK(AnswerFile(file, request).status == 200);
}

}  // namespace bookgate::admin
