#include <memory>
#include <utility>

#include "admin/api.hpp"
#include "admin/input.hpp"
#include "admin/provider_account.hpp"
#include "admin/provider_json.hpp"
#include "base/rfc3339.hpp"
#include "provider/backfill.hpp"

namespace bookgate::admin {
namespace {

constexpr std::string_view kOperation = "list_bookings";
constexpr std::size_t kLongestTime = 64;

http::Answer BackfillAnswer(const std::optional<store::Backfill>& backfill, int status) {
  base::JsonWriter json;
  json.Object().Key("backfill");
  WriteBackfill(json, backfill);
  json.EndObject();
  return JsonAnswer(json, status);
}

/// `otherwise` if it is left out, or wrong and complained of.
base::Instant ReadTime(Input& input, std::string_view member,
                       const std::optional<std::string>& text, base::Instant otherwise) {
  if (!text) return otherwise;
  if (const std::optional<base::Instant> time = base::ParseInstant(*text)) return *time;
  input.Complain(member, "bad_time", "must be a time with an offset, such as 2026-06-15T00:00:00Z");
  return otherwise;
}

/// The whole span if nothing is complained of.
intake::BackfillSpan ReadSpan(Input& input, base::Instant now) {
  const std::string since_text = input.Required("since", 1, kLongestTime);
  const std::optional<std::string> until_text = input.Optional("until", kLongestTime);
  const base::Instant until = ReadTime(input, "until", until_text, now);
  if (since_text.empty()) return {now, until};
  const base::Instant since = ReadTime(input, "since", since_text, until);
  if (since > until) input.Complain("since", "bad_time", "must not be after the end of the time");
  return {since, until};
}

/// A backfill with what it works on, for a thread of its own.
struct Task {
  Task(ProviderAccount provider_account, const intake::BackfillSpan& span, std::stop_token stop)
      : at(std::move(provider_account)), backfill(at.account, span, std::move(stop)) {}
  /// A queue that is full, or is dropped when the gateway stops, must not leave it running.
  ~Task() {
    if (backfill.state().state == "running") {
      backfill.Abandon("The gateway had too much to do, or was stopped: fetch again.");
    }
  }
  Task(const Task&) = delete;
  Task& operator=(const Task&) = delete;

  const ProviderAccount at;
  provider::Backfill backfill;
};

void Run(Services& services, Task& task) {
  const base::Status done = task.backfill.Run();
  if (done.ok()) return;
  const provider::Account& account = task.at.account;
  services.log.Warn(
      "backfill_failed", done.failure().operator_text,
      {{"org", account.org().public_id}, {"provider", account.plugin().manifest.provider}});
}

base::Result<http::Answer> Start(Services& services, const Call& call) {
  base::Result<std::optional<ProviderAccount>> found = FindAccount(services, call, kOperation);
  if (!found.ok()) return found.failure();
  if (!*found) return http::NotFound();
  Input input(call.request);
  const intake::BackfillSpan span = ReadSpan(input, services.clock());
  if (auto refusal = input.Refusal()) return *std::move(refusal);
  const auto task = std::make_shared<Task>(**std::move(found), span, services.stopping.get_token());
  if (const base::Status begun = task->backfill.Begin(call.actor()); !begun.ok()) {
    return begun.failure();
  }
  http::Answer answer = BackfillAnswer(task->backfill.state(), 202);
  WorkPool::Work work = [&services, task] { Run(services, *task); };
  if (services.backfills.Submit(work)) return answer;
  return http::Unavailable("Too much to do right now.", std::chrono::seconds(2));
}

base::Result<http::Answer> Show(Services& services, const Call& call) {
  const std::shared_ptr<const translate::Registry> registry = services.registry();
  const translate::Plugin* plugin = FindOffering(*registry, call, kOperation);
  if (plugin == nullptr) return http::NotFound();
  return services.pool.Run([&](store::Connection& connection) {
    return BackfillAnswer(store::FindBackfill(connection, {call.org.id, plugin->manifest.provider}),
                          200);
  });
}

}  // namespace

void AddBackfillRoutes(ApiRoutes& routes, Services& services) {
  constexpr const char* kPath = "/orgs/{org}/providers/{p}/backfill";
  routes.push_back({"POST", kPath, Access::kOrg,
                    [&services](const Call& call) { return Start(services, call); }});
  routes.push_back(
      {"GET", kPath, Access::kOrg, [&services](const Call& call) { return Show(services, call); }});
}

}  // namespace bookgate::admin
