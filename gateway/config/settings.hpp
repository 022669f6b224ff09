/// \file settings.hpp
/// bookgate.toml as typed values. The keys and defaults are the contract with admins.
#pragma once

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace bookgate::config {

struct HostPort {
  std::string host;
  std::uint16_t port = 0;  ///< 0: any free one; serve says which.
};

/// A range of addresses in CIDR notation, as written and as bytes (IPv4 mapped into IPv6).
struct AddressRange {
  std::string text;
  std::array<std::uint8_t, 16> address{};
  unsigned prefix_bits = 128;
};

struct TlsFiles {
  std::string certificate;
  std::string key;
};

struct ServerSettings {
  HostPort listen{"127.0.0.1", 8080};
  HostPort ops_listen{"127.0.0.1", 9090};
  std::string public_url;  ///< Without a slash at the end. Empty: made of `listen`.
  unsigned io_threads = 1;
  std::size_t max_body_bytes = 262'144;
  std::chrono::milliseconds request_timeout{15'000};
  std::vector<AddressRange> trusted_proxies;
  std::optional<TlsFiles> tls;
};

enum class DatabaseTls : std::uint8_t { kOff, kPreferred, kRequired };

/// One place to connect to: a Unix socket, or a host and port.
struct DatabaseHost {
  std::string host;
  std::uint16_t port = 3306;
  std::string socket;  ///< If not empty, host and port do not count.
};

struct DatabaseSettings {
  std::vector<DatabaseHost> hosts;  ///< The first that answers is used.
  std::string user;
  std::string database;
  std::string password_file;  ///< Empty: no password.
  std::string password;       ///< Read from password_file. Never printed.
  DatabaseTls tls = DatabaseTls::kPreferred;
  unsigned writers = 2;
  std::size_t max_batch = 256;
  bool auto_migrate = true;
};

struct SecuritySettings {
  std::string master_key_file;
  std::vector<std::uint8_t> master_key;  ///< Its 32 bytes.
};

struct SpoolSettings {
  std::string path = "/var/lib/bookgate/spool.sqlite3";
  std::uint64_t max_bytes = 1'073'741'824;
};

struct DeliveriesSettings {
  std::chrono::hours keep_bodies{24 * 30};
};

/// How providers' APIs are asked for what webhooks lack.
struct LookupsSettings {
  std::chrono::milliseconds timeout{10'000};  ///< Of one request.
  /// From one attempt to the next: at first, doubled with each failure, up to the longest.
  std::chrono::milliseconds first_retry{5'000};
  std::chrono::milliseconds longest_retry = std::chrono::minutes(30);
  std::chrono::milliseconds give_up_after = std::chrono::hours(24);
  /// How often providers are asked whether they still send what was registered.
  std::chrono::milliseconds check_subscriptions_every = std::chrono::minutes(15);
};

struct LimitsSettings {
  double org_requests_per_second = 1000;
  double org_burst = 5000;
  double auth_failures_per_minute = 60;  ///< Per address.
};

enum class LogLevel : std::uint8_t { kDebug, kInfo, kWarn, kError };
enum class LogFormat : std::uint8_t { kJson, kText };

struct LogSettings {
  LogLevel level = LogLevel::kInfo;
  LogFormat format = LogFormat::kJson;
};

enum class Isolation : std::uint8_t { kInProcess, kProcess };

struct PluginSettings {
  std::string provider;  ///< The key of its table.
  bool enabled = false;
  std::string library;  ///< Absolute: `directory` is already in front of it.
  Isolation isolation = Isolation::kProcess;
  std::string sha256;  ///< Lower-case hex; empty: not pinned.
  std::vector<std::string> lookup_hosts;
  std::string lookup_base_url;
  std::string config_json = "{}";  ///< The plugin's own table as a JSON object.
  /// How its senders sign, as a JSON object, where the plugin leaves that to the operator; empty:
  /// not said.
  std::string signature_json;
  /// How far a signed time may be off; nullopt: as far as the scheme says.
  std::optional<std::chrono::seconds> signature_tolerance;
};

struct PluginsSettings {
  std::string directory = "/usr/lib/bookgate/plugins";
  Isolation default_isolation = Isolation::kProcess;
  std::vector<PluginSettings> plugins;  ///< Ordered by provider; disabled ones included.
};

struct Settings {
  std::string file;
  ServerSettings server;
  DatabaseSettings database;
  SecuritySettings security;
  SpoolSettings spool;
  DeliveriesSettings deliveries;
  LookupsSettings lookups;
  LimitsSettings limits;
  LogSettings log;
  PluginsSettings plugins;
};

}  // namespace bookgate::config
