#include "commands/gateway.hpp"

#include <chrono>
#include <mutex>
#include <utility>
#include <variant>
#include <vector>

#include "admin/site.hpp"
#include "auth/directory.hpp"
#include "auth/limits.hpp"
#include "auth/secret.hpp"
#include "commands/telemetry.hpp"
#include "commands/watcher.hpp"
#include "config/load.hpp"
#include "config/public_url.hpp"
#include "http/endpoint.hpp"
#include "http/problem.hpp"
#include "http/routes.hpp"
#include "intake/finisher.hpp"
#include "intake/intake.hpp"
#include "lookup/asker.hpp"
#include "lookup/curl_fetcher.hpp"
#include "observe/health.hpp"
#include "observe/plugin_health.hpp"
#include "provider/subscription_keeper.hpp"
#include "store/batch_writer.hpp"
#include "translate/plugin_report.hpp"
#include "translate/registry.hpp"

namespace bookgate::commands {
namespace {

using std::chrono::steady_clock;

/// SIGTERM to exit: what was read is answered by then, or given up.
constexpr std::chrono::seconds kDrain{7};
constexpr std::chrono::seconds kWriters{9};

std::vector<std::string> ProvidersOf(const translate::Registry& registry) {
  std::vector<std::string> providers;
  for (const translate::Plugin& plugin : registry.plugins()) {
    providers.push_back(plugin.manifest.provider);
  }
  return providers;
}

http::EndpointOptions OptionsOf(const config::ServerSettings& server, observe::Log& log) {
  http::EndpointOptions options;
  options.listen = server.listen;
  options.threads = server.io_threads;
  options.max_body_bytes = server.max_body_bytes;
  options.request_timeout = server.request_timeout;
  options.tls = server.tls;
  options.trusted_proxies = server.trusted_proxies;
  options.report_fault = [&log](const std::string& text) { log.Error("http_fault", text, {}); };
  return options;
}

http::EndpointOptions OpsOptionsOf(const config::ServerSettings& server, observe::Log& log) {
  http::EndpointOptions options = OptionsOf(server, log);
  options.listen = server.ops_listen;
  options.threads = 1;
  options.tls.reset();
  return options;
}

/// What the settings page says of the plugins. Thread-safe.
class PluginReports {
 public:
  void Loaded(const config::PluginsSettings& sections) {
    const std::lock_guard lock(mutex_);
    sections_ = sections;
    problems_.clear();
  }
  /// Those that were loaded before are kept.
  void Refused(std::vector<translate::LoadProblem> problems) {
    const std::lock_guard lock(mutex_);
    problems_ = std::move(problems);
  }
  std::vector<translate::PluginReport> Of(const translate::Registry& registry) const {
    const std::lock_guard lock(mutex_);
    return translate::ReportPlugins(sections_, registry, problems_);
  }

 private:
  mutable std::mutex mutex_;
  config::PluginsSettings sections_;
  std::vector<translate::LoadProblem> problems_;
};

}  // namespace

/// Members are made in this order and unmade in the opposite one: what is below uses what is above.
class Gateway::Impl {
 public:
  explicit Impl(config::Settings settings)
      : settings_(std::move(settings)),
        log_(settings_.log),
        metrics_(BOOKGATE_VERSION),
        telemetry_(log_, metrics_, plugin_health_),
        hasher_(settings_.security.master_key),
        sealer_(settings_.security.master_key),
        org_limit_(settings_.limits.org_requests_per_second, settings_.limits.org_burst),
        auth_failure_limit_(settings_.limits.auth_failures_per_minute / 60.0,
                            settings_.limits.auth_failures_per_minute),
        watcher_(settings_, sealer_, directory_, log_, metrics_),
        pool_(settings_.database),
        unfinished_(pool_),
        writer_(settings_.database, telemetry_),
        asker_(fetcher_, sealer_, telemetry_),
        intake_({directory_, hasher_, org_limit_, auth_failure_limit_, asker_, writer_, telemetry_,
                 base::SystemNow, PublicUrl(settings_.server), settings_.lookups,
                 [this] { finisher_.Wake(); }},
                std::make_shared<translate::Registry>(std::vector<translate::Plugin>())),
        finisher_({unfinished_, asker_, writer_, telemetry_, [this] { return intake_.registry(); },
                   settings_.lookups}),
        keeper_({pool_, asker_, sealer_, log_, metrics_, [this] { return intake_.registry(); },
                 settings_.lookups}),
        site_({settings_, directory_, hasher_, sealer_, asker_, log_, plugin_health_,
               [this] { return intake_.registry(); },
               [this] { return plugin_reports_.Of(*intake_.registry()); }}),
        endpoint_(OptionsOf(settings_.server, log_), routes_.AsHandler()),
        ops_endpoint_(OpsOptionsOf(settings_.server, log_), ops_routes_.AsHandler()) {}

  ~Impl() { Stop(); }

  base::Status Start() {
    translate::LoadedRegistry loaded = translate::LoadRegistry(settings_.plugins);
    if (!loaded.problems.empty()) return PluginFailure(loaded.problems);
    UseRegistry(std::move(loaded.registry));
    plugin_reports_.Loaded(settings_.plugins);
    base::Status database = watcher_.BringUp();
    if (!database.ok()) {
      if (database.failure().code != base::Code::kUnavailable) return database;
      log_.Warn("database_down", database.failure().operator_text, {});
    }
    AddRoutes();
    for (http::Endpoint* endpoint : {&ops_endpoint_, &endpoint_}) {
      base::Status started = endpoint->Start();
      if (!started.ok()) return started;
    }
    watcher_.Start();
    finisher_.Start();
    keeper_.Start();
    log_.Info("ready", "serving",
              {{"port", std::int64_t{endpoint_.port()}},
               {"ops_port", std::int64_t{ops_endpoint_.port()}},
               {"database", watcher_.database_up() ? "up" : "down"}});
    return base::Done{};
  }

  void Reload() {
    config::LoadResult read = config::Load(settings_.file);
    if (const auto* problems = std::get_if<std::vector<config::ConfigProblem>>(&read)) {
      for (const config::ConfigProblem& problem : *problems) {
        log_.Error("reload_refused", problem.ToString(), {});
      }
      return;
    }
    const config::Settings& fresh = std::get<config::Settings>(read);
    translate::LoadedRegistry loaded = translate::LoadRegistry(fresh.plugins);
    if (!loaded.problems.empty()) {
      log_.Error("reload_refused", PluginFailure(loaded.problems).operator_text, {});
      plugin_reports_.Refused(std::move(loaded.problems));
      return;
    }
    UseRegistry(std::move(loaded.registry));
    plugin_reports_.Loaded(fresh.plugins);
    log_.SetLevel(fresh.log.level);
    org_limit_.SetRate(fresh.limits.org_requests_per_second, fresh.limits.org_burst);
    auth_failure_limit_.SetRate(fresh.limits.auth_failures_per_minute / 60.0,
                                fresh.limits.auth_failures_per_minute);
    log_.Info("reloaded", "plugins, limits and log level are those of the file now", {});
  }

  void Stop() {
    if (std::exchange(stopped_, true)) return;
    const steady_clock::time_point now = steady_clock::now();
    log_.Info("stopping", "finishing what was read", {});
    endpoint_.StopAccepting();
    finisher_.Stop();
    if (!endpoint_.Drain(now + kDrain)) {
      log_.Warn("drain_cut_short", "some requests were not answered in time", {});
    }
    fetcher_.Stop();
    keeper_.Stop();
    site_.Stop();
    writer_.Stop(now + kWriters);
    endpoint_.Stop();
    ops_endpoint_.Stop();
    watcher_.Stop();
    log_.Flush();
  }

 private:
  static base::Failure PluginFailure(const std::vector<translate::LoadProblem>& problems) {
    std::string text = "plugins were refused:";
    for (const translate::LoadProblem& problem : problems) {
      text += "\n  plugins." + problem.provider + ": " + problem.message;
    }
    return {base::Code::kInvalid, std::move(text), {}};
  }

  void UseRegistry(std::shared_ptr<const translate::Registry> registry) {
    metrics_.AddProviders(ProvidersOf(*registry));
    intake_.SetRegistry(std::move(registry));
  }

  void AddRoutes() {
    const auto webhook = [this](http::Request request, const http::PathParameters& path,
                                http::Responder respond, bool names_provider) {
      intake::WebhookPath to{path.Get("org"), std::nullopt};
      if (names_provider) to.provider = path.Get("provider");
      intake_.Receive(std::move(request), to, std::move(respond));
    };
    routes_.Add("POST", "/api/webhooks/appointment/{org}",
                [webhook](http::Request request, const http::PathParameters& path,
                          http::Responder respond) {
                  webhook(std::move(request), path, std::move(respond), false);
                });
    routes_.Add("POST", "/api/webhooks/appointment/{org}/{provider}",
                [webhook](http::Request request, const http::PathParameters& path,
                          http::Responder respond) {
                  webhook(std::move(request), path, std::move(respond), true);
                });
    site_.AddTo(routes_);
    AddHealthRoutes(routes_);
    AddHealthRoutes(ops_routes_);
    ops_routes_.Add(
        "GET", "/metrics",
        [this](const http::Request&, const http::PathParameters&, http::Responder respond) {
          metrics_.SetQueueDepth(writer_.queue_depth());
          respond({200, std::string(observe::Metrics::kContentType), metrics_.Render(), {}});
        });
  }

  void AddHealthRoutes(http::Routes& routes) {
    routes.Add("GET", "/healthz",
               [](const http::Request&, const http::PathParameters&, http::Responder respond) {
                 http::Answer answer;
                 answer.body = R"({"alive":true})";
                 respond(std::move(answer));
               });
    routes.Add("GET", "/readyz",
               [this](const http::Request&, const http::PathParameters&, http::Responder respond) {
                 const observe::Health health{watcher_.database_up(), true};
                 http::Answer answer;
                 answer.status = health.ready() ? 200 : 503;
                 answer.body = health.ToJson();
                 respond(std::move(answer));
               });
  }

  const config::Settings settings_;
  observe::Log log_;
  observe::Metrics metrics_;
  observe::PluginHealth plugin_health_;
  PluginReports plugin_reports_;
  Telemetry telemetry_;
  const auth::SecretHasher hasher_;
  const auth::Sealer sealer_;
  auth::Directory directory_;
  auth::RateLimiter org_limit_;
  auth::RateLimiter auth_failure_limit_;
  Watcher watcher_;
  store::Pool pool_;
  store::UnfinishedDeliveriesTable unfinished_;
  store::BatchWriter writer_;
  lookup::CurlFetcher fetcher_;
  lookup::Asker asker_;
  intake::Intake intake_;
  intake::Finisher finisher_;
  provider::SubscriptionKeeper keeper_;
  admin::Site site_;
  http::Routes routes_;
  http::Routes ops_routes_;
  http::Endpoint endpoint_;
  http::Endpoint ops_endpoint_;
  bool stopped_ = false;
};

Gateway::Gateway(config::Settings settings) : impl_(std::make_unique<Impl>(std::move(settings))) {}
Gateway::~Gateway() = default;
base::Status Gateway::Start() {
  return impl_->Start();
}
void Gateway::Reload() {
  impl_->Reload();
}
void Gateway::Stop() {
  impl_->Stop();
}

}  // namespace bookgate::commands
