// What a wrong file is told: each kind of problem with its exact place, and all of them at once.
#include <doctest/doctest.h>

#include "workspace.hpp"

namespace {

using namespace bookgate::config;
using Texts = std::vector<std::string>;

/// The one problem of a line that stands in line 3, after what is required.
std::string OnlyProblem(const Workspace& workspace, const std::string& line) {
  const Texts problems = workspace.ProblemsOf(kRequired + line + "\n");
  CHECK_MESSAGE(problems.size() == 1, line);
  return problems.empty() ? "" : problems.front();
}

}  // namespace

TEST_CASE("a wrong type says what it is and what it must be") {
  const Workspace workspace;
  const std::vector<std::pair<std::string, std::string>> cases = {
      {"server.listen = 8080", "3:17: server.listen: is an integer; must be a string"},
      {"server.io_threads = \"2\"", "3:21: server.io_threads: is a string; must be an integer"},
      {"server.io_threads = 2.0",
       "3:21: server.io_threads: is a floating-point number; must be an integer"},
      {"server.trusted_proxies = \"::1\"",
       "3:26: server.trusted_proxies: is a string; must be an array of strings"},
      {"server.trusted_proxies = [\"::1\", 7]",
       "3:34: server.trusted_proxies: is an integer; must be a string"},
      {"database.auto_migrate = 1",
       "3:25: database.auto_migrate: is an integer; must be true or false"},
      {"database.tls = true", "3:16: database.tls: is a boolean; must be a string"},
      {"limits.org_burst = \"many\"", "3:20: limits.org_burst: is a string; must be a number"},
      {"deliveries.keep_bodies = 30",
       "3:26: deliveries.keep_bodies: is an integer; must be a string"},
      {"log.level = 2020-01-01", "3:13: log.level: is a date or time; must be a string"},
      {"log = \"info\"", "3:7: log: is a string; must be a table, [log]"},
      {"[[log]]", "3:1: log: is an array; must be a table, [log]"},
      {"plugins.x.config = []",
       "3:20: plugins.x.config: is an array; must be a table, [plugins.x.config]"},
      {"plugins.directory = {}", "3:21: plugins.directory: is a table; must be a string"},
  };
  for (const auto& [line, expected] : cases) CHECK(OnlyProblem(workspace, line) == expected);
}

TEST_CASE("a value out of range names the range") {
  const Workspace workspace;
  const std::vector<std::pair<std::string, std::string>> cases = {
      {"server.io_threads = 0", "is out of range; must be from 1 to 64"},
      {"server.io_threads = -1", "is out of range; must be from 1 to 64"},
      {"server.io_threads = 65", "is out of range; must be from 1 to 64"},
      {"server.max_body_bytes = 16777216", "is out of range; must be from 1 to 16777215"},
      {"database.writers = 0", "is out of range; must be from 1 to 64"},
      {"database.max_batch = 0", "is out of range; must be from 1 to 4096"},
      {"spool.max_bytes = 5", "is out of range; must be from 1048576 to 1125899906842624"},
      {"limits.org_requests_per_second = 0", "is out of range; must be from 0.01 to 1000000"},
      {"limits.org_burst = nan", "is out of range; must be from 1 to 10000000"},
      {"limits.auth_failures_per_minute = -inf", "is out of range; must be from 1 to 1000000"},
      {"server.request_timeout = \"1ms\"", "is out of range; must be from 100ms to 10m"},
      {"server.request_timeout = \"1h\"", "is out of range; must be from 100ms to 10m"},
      {"lookups.timeout = \"2m\"", "is out of range; must be from 100ms to 1m"},
      {"lookups.first_retry = \"0s\"", "is out of range; must be from 10ms to 7d"},
      {"lookups.longest_retry = \"4s\"", "is shorter than first_retry; must be at least as long"},
      {"lookups.give_up_after = \"1s\"",
       "is shorter than first_retry, so that nothing would ever be tried again; must be longer"},
      {"deliveries.keep_bodies = \"90m\"",
       "is out of range; must be from 1h to 3650d in whole steps of 1h"},
  };
  for (const auto& [line, expected] : cases) {
    const std::string key = line.substr(0, line.find(' '));
    const std::string place = "3:" + std::to_string(key.size() + 4) + ": ";
    CHECK(OnlyProblem(workspace, line) == place + key + ": " + expected);
  }
}

TEST_CASE("text that means nothing says what would be right") {
  const Workspace workspace;
  const std::vector<std::pair<std::string, std::string>> cases = {
      {"server.listen = \"8080\"",
       "must be host:port, such as \"127.0.0.1:8080\" or \"[::1]:8080\""},
      {"server.public_url = \"hooks.example.com\"",
       "must be an http or https URL, such as \"https://hooks.example.com\""},
      {"server.request_timeout = \"15\"",
       "is no duration; must be a whole number with ms, s, m, h or d, such as \"15s\" or \"30d\""},
      {"database.tls = \"on\"", "must be one of \"off\", \"preferred\", \"required\""},
      {"log.level = \"INFO\"", "must be one of \"debug\", \"info\", \"warn\", \"error\""},
      {"log.format = \"xml\"", "must be one of \"json\", \"text\""},
      {"plugins.default_isolation = \"none\"", "must be one of \"in-process\", \"process\""},
      {"plugins.x.isolation = \"none\"", "must be one of \"in-process\", \"process\""},
      {"plugins.x.sha256 = \"abc\"",
       "must be a SHA-256 in 64 hex digits, as sha256sum prints it, or empty"},
      {"plugins.x.lookup_base_url = \"ftp://a\"",
       "must be an http or https URL, such as \"https://hooks.example.com\""},
      {"plugins.x.library = \"\"",
       "is empty; must be a file, or leave it out for libbookgate-x.so"},
      {"spool.path = \"\"", "is no file name; must be one, such as \"/etc/bookgate/file\""},
  };
  for (const auto& [line, expected] : cases) {
    const std::string key = line.substr(0, line.find(' '));
    const std::string place = "3:" + std::to_string(key.size() + 4) + ": ";
    CHECK(OnlyProblem(workspace, line) == place + key + ": " + expected);
  }
}

TEST_CASE("an element of a list is named by its own place") {
  const Workspace workspace;
  CHECK(
      workspace.ProblemsOf(kRequired + "[server]\ntrusted_proxies = [\n  \"10.0.0.0/8\",\n"
                                       "  \"10.0.0.1/8\", \"nowhere\",\n]\n") ==
      Texts{"6:3: server.trusted_proxies: has bits set beyond its prefix, so that it is unclear "
            "what range is meant; those must be 0, as in \"10.0.0.0/8\"",
            "6:17: server.trusted_proxies: must be a range of addresses in CIDR notation, such as "
            "\"10.0.0.0/8\" or \"fd00::/8\""});
  CHECK(OnlyProblem(workspace, "plugins.x.lookup_hosts = [\"https://api.example.com\"]") ==
        "3:27: plugins.x.lookup_hosts: must be a host name without scheme, port and path, such as "
        "\"api.example.com\"");
}

TEST_CASE("an unknown key is told which known one is near") {
  const Workspace workspace;
  const std::vector<std::pair<std::string, std::string>> cases = {
      {"server.lisen = \"a:1\"", "3:8: server.lisen: is unknown; did you mean \"listen\"?"},
      {"server.ioThreads = 1", "3:8: server.ioThreads: is unknown; did you mean \"io_threads\"?"},
      {"server.max-body-bytes = 1",
       "3:8: server.max-body-bytes: is unknown; did you mean \"max_body_bytes\"?"},
      {"[sevrer]", "3:2: sevrer: is unknown; did you mean \"server\"?"},
      {"plugins.x.enable = true", "3:11: plugins.x.enable: is unknown; did you mean \"enabled\"?"},
      {"plugins.default_isolatoin = 1",
       "3:9: plugins.default_isolatoin: is unknown; did you mean \"default_isolation\"?"},
      {"log.colour = 1", "3:5: log.colour: is unknown; known here: level, format"},
      {"zzz = 1",
       "3:1: zzz: is unknown; known here: server, database, security, spool, deliveries, lookups, "
       "limits, log, plugins"},
  };
  for (const auto& [line, expected] : cases) CHECK(OnlyProblem(workspace, line) == expected);
}

TEST_CASE("what must be set is missed where it should stand") {
  const Workspace workspace;
  const std::string url =
      "database.url: is missing; must be set, such as url = "
      "\"mysql://bookgate@127.0.0.1:3306/bookgate\"";
  const std::string key =
      "security.master_key_file: is missing; must be set, such as master_key_file = "
      "\"/etc/bookgate/master.key\"";
  CHECK(workspace.ProblemsOf("") == Texts{"1:1: " + url, "1:1: " + key});
  CHECK(workspace.ProblemsOf("\n[security]\n\n  [database]\nwriters = 1\n") ==
        Texts{"2:1: " + key, "4:3: " + url});
  // A section that is none is one problem, not two.
  CHECK(workspace.ProblemsOf("database = 1\nsecurity.master_key_file = \"master.key\"\n") ==
        Texts{"1:12: database: is an integer; must be a table, [database]"});
}

TEST_CASE("a database URL is judged without being shown") {
  const Workspace workspace;
  const Texts problems = workspace.ProblemsOf(
      "database.url = \"mysql://b:hunter2@h/d\"\nsecurity.master_key_file = \"master.key\"\n");
  CHECK(problems == Texts{"1:16: database.url: holds a password; put it into password_file"});
}

TEST_CASE("both listeners on one port, and half of a TLS pair") {
  const Workspace workspace;
  workspace.Write("c.pem", "");
  CHECK(OnlyProblem(workspace, "server.ops_listen = \"127.0.0.1:8080\"") ==
        "3:21: server.ops_listen: is the same as listen; must be another host or port");
  CHECK(OnlyProblem(workspace, "server.tls_certificate = \"c.pem\"") ==
        "3:26: server.tls_certificate: needs tls_key; set both or none");
  workspace.Write("k.pem", "", 0600);
  CHECK(OnlyProblem(workspace, "server.tls_key = \"k.pem\"") ==
        "3:18: server.tls_key: needs tls_certificate; set both or none");
}

TEST_CASE("files that are missing or open to others") {
  const Workspace workspace;
  const std::string password = workspace.Path("password");
  const std::string line = "database.password_file = \"password\"";
  const std::string place = "3:26: database.password_file: ";
  workspace.Write("password", "x", 0644);
  CHECK(OnlyProblem(workspace, line) ==
        place + "others may read " + password + " (mode 0644); run: chmod o-r " + password);
  workspace.Write("password", "x", 0620);
  CHECK(OnlyProblem(workspace, line) ==
        place + "others may write to " + password + " (mode 0620); run: chmod go-w " + password);
  workspace.Write("password", "x", 0666);
  CHECK(
      workspace.ProblemsOf(kRequired + line) ==
      Texts{place + "others may write to " + password + " (mode 0666); run: chmod go-w " + password,
            place + "others may read " + password + " (mode 0666); run: chmod o-r " + password});
  CHECK(
      OnlyProblem(workspace, "database.password_file = \"none\"") ==
      place + workspace.Path("none") +
          " cannot be read: No such file or directory; must be a file that the gateway's user may "
          "read");
  CHECK(
      OnlyProblem(workspace, "database.password_file = \".\"").ends_with("must be a regular file"));
}

TEST_CASE("a password file must hold one line, and not too long a one") {
  const Workspace workspace;
  const std::string line = "database.password_file = \"password\"";
  workspace.Write("password", "\n", 0600);
  CHECK(OnlyProblem(workspace, line).find("is empty; must hold the password") != std::string::npos);
  workspace.Write("password", "one\ntwo\n", 0600);
  CHECK(OnlyProblem(workspace, line) ==
        "3:26: database.password_file: has more than one line; must hold the password alone");
  workspace.Write("password", std::string(4097, 'x'), 0600);
  CHECK(OnlyProblem(workspace, line).ends_with("is too long; must be at most 4096 bytes"));
}

TEST_CASE("a master key has 32 bytes and is nobody else's to read") {
  const Workspace workspace;
  const std::string text = kRequired;
  const std::string key = workspace.Write("master.key", std::string(33, 'k'), 0600);
  CHECK(workspace.ProblemsOf(text) ==
        Texts{"2:28: security.master_key_file: " + key +
              " holds 33 bytes; must hold exactly 32 random ones, without a line break: head -c 32 "
              "/dev/urandom"});
  workspace.Write("master.key", std::string(32, 'k'), 0604);
  CHECK(workspace.ProblemsOf(text) == Texts{"2:28: security.master_key_file: others may read " +
                                            key + " (mode 0604); run: chmod o-r " + key});
}

TEST_CASE("libraries are looked for only if their plugin is enabled") {
  const Workspace workspace;
  const std::string header = kRequired + "plugins.directory = \"p\"\n";
  CHECK(workspace.ProblemsOf(header + "[plugins.x]\nlibrary = \"no.so\"\n").empty());
  CHECK(workspace.ProblemsOf(header + "[plugins.x]\nenabled = true\n") ==
        Texts{"4:1: plugins.x.library: " + workspace.Path("p/libbookgate-x.so") +
              " cannot be read: No such file or directory; must be a file that the gateway's user "
              "may read"});
  const std::string library = workspace.Write("p/w.so", "", 0666);
  CHECK(workspace.ProblemsOf(header + "[plugins.x]\nenabled = true\nlibrary = \"w.so\"\n") ==
        Texts{"6:11: plugins.x.library: others may write to " + library +
              " (mode 0666); run: chmod go-w " + library});
}

TEST_CASE("a plugin's name is a provider's, and its own table is fit for JSON") {
  const Workspace workspace;
  CHECK(
      OnlyProblem(workspace, "[plugins.Cal_Com]") ==
      "3:10: plugins.Cal_Com: is no provider's name; must be at most 32 lower-case letters, digits "
      "and -");
  CHECK(OnlyProblem(workspace, "plugins.x.config.since = 2024-01-01T00:00:00Z") ==
        "3:26: plugins.x.config.since: is a date or time, which a plugin cannot take; put it in "
        "quotes");
  CHECK(OnlyProblem(workspace, "plugins.x.config.a = [{b = inf}]") ==
        "3:28: plugins.x.config.a.b: is infinite or no number; must be a finite number");
}

TEST_CASE("all problems are said at once, in the file's order") {
  const Workspace workspace;
  const Texts problems = workspace.ProblemsOf(R"([plugins.x]
isolation = "none"
[server]
listen = 1
lisen = "a:1"
io_threads = 99
listen = "b:2"
[log]
level = "loud"
[database]
password_file = "none"
)");
  REQUIRE(problems.size() == 9);
  const Texts begin = {"1:1: security.master_key_file: is missing",
                       "2:13: plugins.x.isolation: ",
                       "4:10: server.listen: is an integer",
                       "5:1: server.lisen: is unknown",
                       "6:14: server.io_threads: is out of range",
                       "7:1: server.listen: this key is",
                       "9:9: log.level: must be one of",
                       "10:1: database.url: is missing",
                       "11:17: database.password_file: "};
  for (std::size_t i = 0; i < begin.size(); ++i) {
    CHECK_MESSAGE(problems[i].starts_with(begin[i]), problems[i]);
  }
}

TEST_CASE("an error of syntax is named with its place") {
  const Workspace workspace;
  const std::vector<std::pair<std::string, std::string>> cases = {
      {"log.level = ", "3:13: not valid TOML: "},
      {"log.level = \"info\" x", "3:20: not valid TOML: "},
      {"[log", "3:5: not valid TOML: "},
      {"log.level = \"in\nfo\"", "3:16: not valid TOML: "},
  };
  for (const auto& [line, expected] : cases) {
    const std::string problem = OnlyProblem(workspace, line);
    CHECK_MESSAGE(problem.starts_with(expected), problem);
  }
}

TEST_CASE("the configuration file itself: missing, a folder, open to others") {
  const Workspace workspace;
  const std::string missing = workspace.Path("none.toml");
  CHECK(Workspace::Texts(Load(missing), missing) ==
        Texts{"1:1: configuration: " + missing +
              " cannot be read: No such file or directory; must be a file that the gateway's user "
              "may read"});
  const std::string folder = workspace.Path(".");
  CHECK(Workspace::Texts(Load(folder), folder) ==
        Texts{"1:1: configuration: " + folder + " is no file; must be a regular file"});
  const std::string open = workspace.Write("open.toml", kRequired + "zzz = 1\n", 0664);
  const Texts problems = Workspace::Texts(Load(open), open);
  REQUIRE(problems.size() == 2);
  CHECK(problems[0] == "1:1: configuration: others may write to " + open +
                           " (mode 0664); run: chmod go-w " + open);
  CHECK(problems[1].starts_with("3:1: zzz: is unknown"));
}
