// What a right file becomes: the contract's example, nothing but what is required, and the example
// that is shipped.
#include <doctest/doctest.h>

#include <fstream>
#include <iterator>

#include "workspace.hpp"

namespace {

using namespace bookgate::config;
using std::chrono::hours;
using std::chrono::milliseconds;

Settings Right(const LoadResult& result, const std::string& file) {
  for (const std::string& problem : Workspace::Texts(result, file)) FAIL_CHECK(problem);
  REQUIRE(std::holds_alternative<Settings>(result));
  return std::get<Settings>(result);
}

Settings Right(const Workspace& workspace, const std::string& text) {
  return Right(workspace.Parse(text), workspace.Path("b.toml"));
}

std::string ReadAll(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  REQUIRE(file);
  return {std::istreambuf_iterator<char>(file), {}};
}

void Replace(std::string& text, const std::string& from, const std::string& to) {
  const std::size_t at = text.find(from);
  REQUIRE_MESSAGE(at != std::string::npos, from);
  text.replace(at, from.size(), to);
}

const char* const kEverything = R"(
[server]
listen = "0.0.0.0:80"
ops_listen = "[::1]:9191"
public_url = "https://Hooks.Example.com/book/"
io_threads = 3
max_body_bytes = 1000
request_timeout = "1500ms"
trusted_proxies = ["127.0.0.1/32", "fd00::/8"]
tls_certificate = "tls/certificate.pem"
tls_key = "tls/key.pem"

[database]
url = "mysql://b%40shop@one:3307,[::1],two.example.com/sh%C3%B6p"
password_file = "password"
tls = "required"
writers = 4
max_batch = 7
auto_migrate = false

[security]
master_key_file = "master.key"

[spool]
path = "/srv/spool.sqlite3"
max_bytes = 2000000

[deliveries]
keep_bodies = "7d"

[lookups]
timeout = "2s"
first_retry = "20ms"
check_subscriptions_every = "1h"
longest_retry = "1h"
give_up_after = "2d"

[limits]
org_requests_per_second = 0.5
org_burst = 2
auth_failures_per_minute = 10

[log]
level = "warn"
format = "text"

[plugins]
directory = "plugins"
default_isolation = "in-process"

[plugins.zeta]
library = "/elsewhere/zeta.so"
isolation = "process"

[plugins.calendly]
enabled = true
library = "mine.so"
sha256 = "E3B0C44298FC1C149AFBF4C8996FB92427AE41E4649B934CA495991B7852B855"
lookup_hosts = ["API.calendly.com", "other.example.com"]
lookup_base_url = "http://127.0.0.1:4000/"
[plugins.calendly.config]
referrer_questions = ["Who sent you?"]
strict = true
factor = 1.5
count = -3
nested.deeper = {quote = "say \"hi\""}

[plugins.generic]
signature_tolerance = "2m"
[plugins.generic.signature]
kind = "hmac"
signed = [{part = "id"}, {text = "."}, {part = "body"}]
)";

}  // namespace

TEST_CASE("every key of [server]") {
  const Workspace workspace;
  workspace.Write("tls/certificate.pem", "");
  workspace.Write("tls/key.pem", "", 0640);
  workspace.Write("plugins/mine.so", "");
  const ServerSettings server = Right(workspace, kEverything).server;
  CHECK(server.listen.host == "0.0.0.0");
  CHECK(server.listen.port == 80);
  CHECK(server.ops_listen.host == "::1");
  CHECK(server.ops_listen.port == 9191);
  CHECK(server.public_url == "https://hooks.example.com/book");
  CHECK(server.io_threads == 3);
  CHECK(server.max_body_bytes == 1000);
  CHECK(server.request_timeout == milliseconds(1500));
  REQUIRE(server.trusted_proxies.size() == 2);
  CHECK(server.trusted_proxies[0].text == "127.0.0.1/32");
  CHECK(server.trusted_proxies[0].prefix_bits == 128);
  CHECK(server.trusted_proxies[1].prefix_bits == 8);
  REQUIRE(server.tls.has_value());
  CHECK(server.tls->certificate == workspace.Path("tls/certificate.pem"));
  CHECK(server.tls->key == workspace.Path("tls/key.pem"));
}

TEST_CASE("every key of the other sections") {
  const Workspace workspace;
  workspace.Write("tls/certificate.pem", "");
  workspace.Write("tls/key.pem", "", 0600);
  workspace.Write("plugins/mine.so", "");
  const Settings settings = Right(workspace, kEverything);
  CHECK(settings.file == workspace.Path("b.toml"));

  const DatabaseSettings& database = settings.database;
  REQUIRE(database.hosts.size() == 3);
  CHECK(database.hosts[0].host == "one");
  CHECK(database.hosts[0].port == 3307);
  CHECK(database.hosts[1].host == "::1");
  CHECK(database.hosts[1].port == 3306);
  CHECK(database.hosts[2].host == "two.example.com");
  CHECK(database.user == "b@shop");
  CHECK(database.database == "sh\xC3\xB6p");
  CHECK(database.password_file == workspace.Path("password"));
  CHECK(database.password == "open sesame");
  CHECK(database.tls == DatabaseTls::kRequired);
  CHECK(database.writers == 4);
  CHECK(database.max_batch == 7);
  CHECK_FALSE(database.auto_migrate);

  CHECK(settings.security.master_key == std::vector<std::uint8_t>(32, 'k'));
  CHECK(settings.spool.path == "/srv/spool.sqlite3");
  CHECK(settings.spool.max_bytes == 2'000'000);
  CHECK(settings.deliveries.keep_bodies == hours(24 * 7));
  CHECK(settings.lookups.timeout == milliseconds(2000));
  CHECK(settings.lookups.first_retry == milliseconds(20));
  CHECK(settings.lookups.check_subscriptions_every == std::chrono::hours(1));
  CHECK(settings.lookups.longest_retry == hours(1));
  CHECK(settings.lookups.give_up_after == hours(48));
  CHECK(settings.limits.org_requests_per_second == 0.5);
  CHECK(settings.limits.org_burst == 2);
  CHECK(settings.limits.auth_failures_per_minute == 10);
  CHECK(settings.log.level == LogLevel::kWarn);
  CHECK(settings.log.format == LogFormat::kText);
}

TEST_CASE("every key of [plugins], in the order of their names") {
  const Workspace workspace;
  workspace.Write("tls/certificate.pem", "");
  workspace.Write("tls/key.pem", "", 0600);
  workspace.Write("plugins/mine.so", "");
  const PluginsSettings plugins = Right(workspace, kEverything).plugins;
  CHECK(plugins.directory == workspace.Path("plugins"));
  CHECK(plugins.default_isolation == Isolation::kInProcess);
  REQUIRE(plugins.plugins.size() == 3);

  const PluginSettings& calendly = plugins.plugins[0];
  CHECK(calendly.provider == "calendly");
  CHECK(calendly.enabled);
  CHECK(calendly.library == workspace.Path("plugins/mine.so"));
  CHECK(calendly.isolation == Isolation::kInProcess);
  CHECK(calendly.sha256 == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  CHECK(calendly.lookup_hosts == std::vector<std::string>{"api.calendly.com", "other.example.com"});
  CHECK(calendly.lookup_base_url == "http://127.0.0.1:4000");
  CHECK(calendly.config_json ==
        R"({"referrer_questions":["Who sent you?"],"strict":true,"factor":1.5,"count":-3,)"
        R"("nested":{"deeper":{"quote":"say \"hi\""}}})");

  CHECK(calendly.signature_json.empty());
  CHECK_FALSE(calendly.signature_tolerance);

  const PluginSettings& generic = plugins.plugins[1];
  CHECK(generic.signature_json ==
        R"({"kind":"hmac","signed":[{"part":"id"},{"text":"."},{"part":"body"}]})");
  CHECK(generic.signature_tolerance == std::chrono::seconds(120));

  const PluginSettings& zeta = plugins.plugins[2];
  CHECK(zeta.provider == "zeta");
  CHECK_FALSE(zeta.enabled);
  CHECK(zeta.library == "/elsewhere/zeta.so");
  CHECK(zeta.isolation == Isolation::kProcess);
  CHECK(zeta.config_json == "{}");
}

TEST_CASE("what is left out has the contract's defaults") {
  const Workspace workspace;
  const Settings settings = Right(workspace, kRequired);
  CHECK(settings.server.listen.host == "127.0.0.1");
  CHECK(settings.server.listen.port == 8080);
  CHECK(settings.server.ops_listen.port == 9090);
  CHECK(settings.server.public_url.empty());
  CHECK(settings.server.io_threads == 1);
  CHECK(settings.server.max_body_bytes == 262'144);
  CHECK(settings.server.request_timeout == milliseconds(15'000));
  CHECK(settings.server.trusted_proxies.empty());
  CHECK_FALSE(settings.server.tls.has_value());
  CHECK(settings.database.password.empty());
  CHECK(settings.database.tls == DatabaseTls::kPreferred);
  CHECK(settings.database.writers == 2);
  CHECK(settings.database.max_batch == 256);
  CHECK(settings.database.auto_migrate);
  CHECK(settings.spool.path == "/var/lib/bookgate/spool.sqlite3");
  CHECK(settings.spool.max_bytes == 1'073'741'824);
  CHECK(settings.deliveries.keep_bodies == hours(24 * 30));
  CHECK(settings.lookups.timeout == milliseconds(10'000));
  CHECK(settings.lookups.first_retry == milliseconds(5000));
  CHECK(settings.lookups.check_subscriptions_every == std::chrono::minutes(15));
  CHECK(settings.lookups.longest_retry == std::chrono::minutes(30));
  CHECK(settings.lookups.give_up_after == hours(24));
  CHECK(settings.limits.org_requests_per_second == 1000);
  CHECK(settings.limits.org_burst == 5000);
  CHECK(settings.limits.auth_failures_per_minute == 60);
  CHECK(settings.log.level == LogLevel::kInfo);
  CHECK(settings.log.format == LogFormat::kJson);
  CHECK(settings.plugins.directory == "/usr/lib/bookgate/plugins");
  CHECK(settings.plugins.default_isolation == Isolation::kProcess);
  CHECK(settings.plugins.plugins.empty());
}

TEST_CASE("a plugin's defaults: its library's name, and the isolation of all") {
  const Workspace workspace;
  const Settings settings =
      Right(workspace, kRequired + "[plugins]\ndirectory = \"/opt/p\"\n[plugins.my-tool]\n");
  REQUIRE(settings.plugins.plugins.size() == 1);
  const PluginSettings& plugin = settings.plugins.plugins[0];
  CHECK_FALSE(plugin.enabled);
  CHECK(plugin.library == "/opt/p/libbookgate-my-tool.so");
  CHECK(plugin.isolation == Isolation::kProcess);
  CHECK(plugin.sha256.empty());
  CHECK(plugin.lookup_hosts.empty());
  CHECK(plugin.lookup_base_url.empty());
  CHECK(plugin.config_json == "{}");
}

TEST_CASE("the shipped example is right once its files are there, and holds the defaults") {
  const Workspace workspace;
  for (const char* provider : {"acuity", "calcom", "calendly", "generic", "square"}) {
    workspace.Write("plugins/libbookgate-" + std::string(provider) + ".so", "");
  }
  std::string text = ReadAll(BOOKGATE_SOURCE_DIR "/packaging/bookgate.toml");
  Replace(text, "\"/etc/bookgate/database.password\"", "\"password\"");
  Replace(text, "\"/etc/bookgate/master.key\"", "\"master.key\"");
  Replace(text, "\"/usr/lib/bookgate/plugins\"", "\"plugins\"");
  const std::string file = workspace.Write("bookgate.toml", text);
  const Settings example = Right(Load(file), file);
  const Settings defaults = Right(workspace, kRequired);

  CHECK(example.file == file);
  CHECK(example.server.listen.port == defaults.server.listen.port);
  CHECK(example.server.ops_listen.port == defaults.server.ops_listen.port);
  CHECK(example.server.public_url == defaults.server.public_url);
  CHECK(example.server.io_threads == defaults.server.io_threads);
  CHECK(example.server.max_body_bytes == defaults.server.max_body_bytes);
  CHECK(example.server.request_timeout == defaults.server.request_timeout);
  CHECK(example.server.trusted_proxies.empty());
  CHECK(example.database.user == "bookgate");
  CHECK(example.database.tls == defaults.database.tls);
  CHECK(example.database.writers == defaults.database.writers);
  CHECK(example.database.max_batch == defaults.database.max_batch);
  CHECK(example.database.auto_migrate == defaults.database.auto_migrate);
  CHECK(example.spool.path == defaults.spool.path);
  CHECK(example.spool.max_bytes == defaults.spool.max_bytes);
  CHECK(example.deliveries.keep_bodies == defaults.deliveries.keep_bodies);
  CHECK(example.lookups.timeout == defaults.lookups.timeout);
  CHECK(example.lookups.first_retry == defaults.lookups.first_retry);
  CHECK(example.lookups.check_subscriptions_every == defaults.lookups.check_subscriptions_every);
  CHECK(example.lookups.longest_retry == defaults.lookups.longest_retry);
  CHECK(example.lookups.give_up_after == defaults.lookups.give_up_after);
  CHECK(example.limits.org_requests_per_second == defaults.limits.org_requests_per_second);
  CHECK(example.limits.org_burst == defaults.limits.org_burst);
  CHECK(example.limits.auth_failures_per_minute == defaults.limits.auth_failures_per_minute);
  CHECK(example.log.level == defaults.log.level);
  CHECK(example.log.format == defaults.log.format);
  CHECK(example.plugins.default_isolation == defaults.plugins.default_isolation);
  REQUIRE(example.plugins.plugins.size() == 5);
  using Hosts = std::vector<std::string>;
  CHECK(example.plugins.plugins[0].lookup_hosts == Hosts{"acuityscheduling.com"});
  CHECK(example.plugins.plugins[1].lookup_hosts == Hosts{"api.cal.com"});
  CHECK(example.plugins.plugins[2].lookup_hosts == Hosts{"api.calendly.com"});
  CHECK(example.plugins.plugins[3].lookup_hosts == Hosts{});
  CHECK(example.plugins.plugins[4].lookup_hosts == Hosts{"connect.squareup.com"});
}

TEST_CASE("a password without a line break at its end is taken as it is") {
  const Workspace workspace;
  for (const auto& [content, password] : std::vector<std::pair<std::string, std::string>>{
           {"secret", "secret"}, {"secret\r\n", "secret"}, {" with blanks \n", " with blanks "}}) {
    workspace.Write("other", content, 0600);
    CHECK(Right(workspace, kRequired + "database.password_file = \"other\"\n").database.password ==
          password);
  }
  CHECK(Right(workspace, kRequired + "database.password_file = \"\"\n")
            .database.password_file.empty());
}
