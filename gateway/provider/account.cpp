#include "provider/account.hpp"

#include <algorithm>
#include <utility>
#include <variant>

#include "store/provider_secret_queries.hpp"

namespace bookgate::provider {
namespace {

using base::Code;
using base::Failure;
using std::chrono::steady_clock;

/// Enough for eight rounds of requests with an API that is slow.
constexpr std::chrono::minutes kLongestAction{3};

/// What the requests met with, which is more exact than what the translator may say of it.
std::string ObstaclesOf(const lookup::ActionEnd& end) {
  return end.obstacles.empty() ? std::string() : end.obstacles.back().text;
}

/// A sentence without its full stop becomes one with it.
std::string Sentence(std::string text) {
  if (!text.ends_with('.')) text += '.';
  return text;
}

}  // namespace

Account::Account(const Means& means, const translate::Plugin& plugin, model::Org org,
                 std::string sealed_credential)
    : means_(means),
      plugin_(plugin),
      org_(std::move(org)),
      caller_{org_.public_id, std::move(sealed_credential)} {}

base::Status Account::Require(std::string_view operation) const {
  if (plugin_.manifest.Offers(operation)) return base::Done{};
  return Failure{
      Code::kNotFound,
      "the plugin " + plugin_.manifest.provider + " does not offer " + std::string(operation),
      {}};
}

lookup::ActionEnd Account::Ask(std::string_view operation, std::string parameters) const {
  return means_.actions.Run(plugin_, caller_,
                            {operation, std::move(parameters), org_.field_mapping},
                            steady_clock::now() + kLongestAction);
}

Failure Account::FailureOf(const lookup::ActionEnd& end) const {
  const std::string plugin = "the plugin " + plugin_.manifest.provider;
  if (const auto* failed = std::get_if<translate::Failed>(&end.outcome.result)) {
    const std::string text = plugin + " failed (" + failed->reason + "): " + failed->detail;
    if (failed->reason != "ungranted_host") return {Code::kInternal, text, {}};
    return {Code::kConflict, text,
            "This gateway may not ask " + plugin_.manifest.lookup_name +
                " for anything yet. Its operator grants that with lookup_hosts."};
  }
  const auto* reject = std::get_if<translate::Reject>(&end.outcome.result);
  if (reject == nullptr || reject->problems.empty()) {
    return {Code::kInternal, plugin + " ended the operation in a way that it does not have", {}};
  }
  const std::string set_credential =
      " with bookgate credential set " + org_.public_id + " " + plugin_.manifest.provider;
  // The first is what stood in the way; translators that give more say the same of other requests.
  const model::Problem& problem = reject->problems.front();
  const std::string met = ObstaclesOf(end);
  const std::string what = met.empty() ? problem.message : met;
  if (problem.code == "lookup_denied") {
    return {Code::kConflict, what + set_credential, Sentence(what)};
  }
  if (problem.code == "provider_unavailable") {
    return {Code::kProvider, what + "; try again later", Sentence(what) + " Try again later."};
  }
  if (problem.code == "credential_refused") {
    return {Code::kConflict, problem.message + "; set another one" + set_credential,
            Sentence(problem.message) + " Save another one."};
  }
  if (problem.in != "parameters") {
    return {Code::kConflict, problem.message, Sentence(problem.message)};
  }
  const std::string text =
      (problem.pointer.empty() ? std::string("the request") : problem.pointer.substr(1)) + " " +
      problem.message;
  return {Code::kInvalid, text, Sentence(text)};
}

base::Result<Account> OpenAccount(const Means& means, const translate::Plugin& plugin,
                                  model::Org org) {
  base::Result<std::string> credential = means.pool.Run([&](store::Connection& connection) {
    return store::ReadSealedSecret(
        connection, {org.id, plugin.manifest.provider, auth::ProviderSecretKind::kCredential});
  });
  if (!credential.ok()) return credential.failure();
  return Account(means, plugin, std::move(org), std::move(credential).value());
}

bool IsUnavailable(const lookup::ActionEnd& end) {
  const auto* reject = std::get_if<translate::Reject>(&end.outcome.result);
  return reject != nullptr &&
         std::any_of(reject->problems.begin(), reject->problems.end(),
                     [](const model::Problem& one) { return one.code == "provider_unavailable"; });
}

}  // namespace bookgate::provider
