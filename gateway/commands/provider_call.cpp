#include "commands/provider_call.hpp"

#include <algorithm>
#include <utility>
#include <variant>

#include "commands/table.hpp"
#include "store/provider_secret_queries.hpp"

namespace bookgate::commands {
namespace {

using std::chrono::steady_clock;

/// Enough for eight rounds of requests with an API that is slow.
constexpr std::chrono::minutes kLongestAction{3};

/// What the requests met with, which is more exact than what the translator may say of it.
std::string ObstaclesOf(const lookup::ActionEnd& end) {
  return end.obstacles.empty() ? std::string() : end.obstacles.back().text;
}

/// The problem as a sentence without its full stop, with what can be done about it.
std::string Explain(const ProviderCall& call, const lookup::ActionEnd& end,
                    const model::Problem& problem) {
  const std::string met = ObstaclesOf(end);
  if (problem.code == "lookup_denied") {
    return (met.empty() ? problem.message : met) + " with bookgate credential set " +
           call.org().public_id + " " + call.plugin().manifest.provider;
  }
  if (problem.code == "provider_unavailable") {
    return (met.empty() ? problem.message : met) + "; try again later";
  }
  if (problem.code == "credential_refused") {
    return problem.message + "; set another one with bookgate credential set " +
           call.org().public_id + " " + call.plugin().manifest.provider;
  }
  if (problem.in != "parameters") return problem.message;
  return (problem.pointer.empty() ? std::string("the request") : problem.pointer.substr(1)) + " " +
         problem.message;
}

}  // namespace

ProviderCall::ProviderCall(const config::Settings& settings, const translate::Plugin& plugin,
                           model::Org org, std::string sealed_credential)
    : plugin_(plugin),
      org_(std::move(org)),
      sealer_(settings.security.master_key),
      caller_{org_.public_id, std::move(sealed_credential)},
      asker_(fetcher_, sealer_, no_metrics_),
      runner_(asker_, sealer_, settings.lookups.timeout) {}

lookup::ActionEnd ProviderCall::Run(std::string_view operation, std::string parameters) {
  return runner_.Run(plugin_, caller_, {operation, std::move(parameters), org_.field_mapping},
                     steady_clock::now() + kLongestAction);
}

bool IsUnavailable(const lookup::ActionEnd& end) {
  const auto* reject = std::get_if<translate::Reject>(&end.outcome.result);
  return reject != nullptr &&
         std::any_of(reject->problems.begin(), reject->problems.end(),
                     [](const model::Problem& one) { return one.code == "provider_unavailable"; });
}

int FailAction(const Session& session, const ProviderCall& call, const lookup::ActionEnd& end) {
  if (const auto* reject = std::get_if<translate::Reject>(&end.outcome.result)) {
    for (const model::Problem& problem : reject->problems) {
      session.Fail(Printable(Explain(call, end, problem)));
    }
    return kFailed;
  }
  const std::string plugin = "the plugin " + call.plugin().manifest.provider;
  if (const auto* failed = std::get_if<translate::Failed>(&end.outcome.result)) {
    return session.Fail(Printable(plugin + " failed (" + failed->reason + "): " + failed->detail));
  }
  return session.Fail(plugin + " ended the operation in a way that it does not have");
}

base::Result<std::string> ReadSealedCredential(store::Pool& pool, const model::Org& org,
                                               const std::string& provider) {
  return pool.Run([&](store::Connection& connection) {
    return store::ReadSealedSecret(connection,
                                   {org.id, provider, auth::ProviderSecretKind::kCredential});
  });
}

}  // namespace bookgate::commands
